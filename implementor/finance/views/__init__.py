"""Pages of money: how it stands, the grid of the budget, its lines, approvals, and contracts."""

from implementor.finance.views import approval, contracts, grid, lines, money
from implementor.finance.views.routing import blueprint

__all__ = ["approval", "blueprint", "contracts", "grid", "lines", "money"]
