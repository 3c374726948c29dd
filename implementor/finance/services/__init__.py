"""What can happen to money: lines, amounts, approvals, limits and contracts."""
