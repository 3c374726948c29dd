"""How retrospectives and lessons are found, by what they are about."""
