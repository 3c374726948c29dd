"""Metrics of a rollout: what is measured, from where to where by when, and the measurements with their evidence."""
