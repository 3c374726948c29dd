"""What can happen to audiences and the people in them, one module for each noun."""
