"""How committees and meetings are found, and what waits for their decision."""
