"""What can happen to rates, opening hours, service levels and clocks, one module each."""
