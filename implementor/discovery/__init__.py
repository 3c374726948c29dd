"""What a rollout is for: objectives in figures, their benefits, wanted reports, and the agreement."""
