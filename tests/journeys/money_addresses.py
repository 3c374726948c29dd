"""Addresses of money with the ids they need, for the walk over every page; see `addresses`."""

from __future__ import annotations

EXAMPLES: dict[str, dict[str, str]] = {
    "finance.contract": {"contract_id": "contract"},
    "finance.contracts": {},
    "finance.grid": {},
    "finance.line": {"line_id": "budget_line"},
    "finance.lines": {},
    "finance.money": {},
    "finance.stories": {},
}
NO_PAGES = {
    "finance.export_grid": "a file",
    "finance.new_contract": "leads on to the form of lists.new",
    "finance.new_line": "the same",
}
