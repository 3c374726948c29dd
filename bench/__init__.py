"""`make bench`: how fast the real application answers, beside what this machine could do at best in the same run."""
