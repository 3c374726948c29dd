"""What a team looks back on together, what it does about it, and what later projects learn from it."""
