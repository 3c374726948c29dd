"""The people at accounts: where they work and in which role, and how they are reached."""
