"""Where a rollout stands: colours that are computed, reports that are frozen, and the pack made of them."""
