"""What is measured of customers: measures that no form puts together, and the standard set of metrics."""
