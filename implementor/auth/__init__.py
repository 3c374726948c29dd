"""Who people are, where they stand in the company, and how they prove it when they sign in."""
