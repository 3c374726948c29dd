"""What can happen to templates and rules, by noun."""
