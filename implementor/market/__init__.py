"""Marketing and sales together, for the Release stage: from lead to sale, hand-overs, the agreement, the goals."""
