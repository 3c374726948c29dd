"""The glue to Flask: one request, one transaction, one page or the block of it that htmx asks for."""
