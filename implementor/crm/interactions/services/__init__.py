"""What can happen to interactions and appointments, by noun."""
