"""What customers ordered, line by line, and the facts of its way: placed, approved, dispatched, invoiced, paid."""
