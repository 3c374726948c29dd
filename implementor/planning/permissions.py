"""What may be done with plans beyond seeing and filling waves, and by whom."""
