"""What was promised to customers, by whom and until when, and whether it was kept."""
