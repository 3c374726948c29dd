"""What to read of audiences and the people in them, one module for each noun."""
