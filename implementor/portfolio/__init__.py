"""Every rollout at once: where each stands, what loads whom and when, what waits for what, and how it was on a day."""
