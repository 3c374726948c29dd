"""Audiences: who is affected by a rollout, how much and when, who stands by them, and who tells them what."""
