"""Planning: what a wave could carry, beside what it may: the plan page, suggestions, scenarios and comparisons."""
