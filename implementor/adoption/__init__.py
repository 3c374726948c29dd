"""Who really uses the CRM, read from the records: daily facts, the adoption index, and where help is needed."""
