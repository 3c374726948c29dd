"""Waves: small segments of stories planned, built, released and learned from together."""
