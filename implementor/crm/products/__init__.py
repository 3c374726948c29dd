"""What the company sells: products in a tree of codes, and the lists of prices they are sold at."""
