"""Finding records of any kind by their words or their key, and jumping to any page or action."""
