"""Where a project stands in its method: the stages it passes, and the facts of every passage."""
