"""What can happen to committees and in their meetings, one module for each noun."""
