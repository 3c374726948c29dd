"""Incentives of a rollout: points by rules on figures of use, periods that are closed once, and awards."""
