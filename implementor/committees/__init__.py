"""Committees that decide: who sits on them, when they meet, what waits for them, and what they decided."""
