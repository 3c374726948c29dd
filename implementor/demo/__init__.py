"""The demo world: an invented company in the middle of its rollout, so that every page has something to show."""
