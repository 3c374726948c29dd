"""What people say about any record and the files they put beside it."""
