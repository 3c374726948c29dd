"""Money of a rollout: its budget by line and month, what the work done is worth against it, and contracts."""
