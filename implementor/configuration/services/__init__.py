"""What can happen to the configuration, by what it is about."""
