"""Records that mean the same person or company: finding them, joining them, and taking that apart again."""
