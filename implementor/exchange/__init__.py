"""Takes records in from files and gives them out again: reading, mapping, checking, undoing."""
