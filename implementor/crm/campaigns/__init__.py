"""Campaigns: what marketing undertakes, whom it reaches, what they answer, what it costs and what it brings in."""
