"""How money is found: lines and amounts, approved budgets, sums of many projects, contracts."""
