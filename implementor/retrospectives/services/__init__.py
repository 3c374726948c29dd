"""What can happen to retrospectives and lessons, by what it is about."""
