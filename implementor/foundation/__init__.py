"""Ground floor: what every package needs and no web framework is in."""
