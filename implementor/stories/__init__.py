"""User stories: what somebody will be able to do, what it is worth, what it costs and how far it is."""
