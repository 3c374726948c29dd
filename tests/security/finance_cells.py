"""Addresses of money in the walks; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Sent = Callable[..., dict[str, Any]]
TITLES = {"budget_line": "title", "contract": "title"}
REQUIRED: dict[str, dict[str, Any]] = {
    "budget_line": {"title": "Written", "category": "licence", "currency": "EUR"},
    "contract": {"title": "Written", "supplier": "Written", "warn_days": "60"},
}
ARGUMENTS: dict[str, Sent] = {
    "line_id": lambda r, w: {"line_id": r.budget_line},
    "contract_id": lambda r, w: {"contract_id": r.contract},
}
EXCEPTIONS: dict[str, Sent] = {}
BODIES: dict[str, Sent] = {
    "finance.choose_counter": lambda p, r, w: {"source": "crm"},
    "finance.save_grid": lambda p, r, w: {"kind": "planned", "year": "2026", f"a_{r.budget_line}_2026_05": "12"},
    "finance.approve": lambda p, r, w: {"reason": "Written"},
    "finance.limit": lambda p, r, w: {"ratio": "12", "amount": ""},
    "finance.decide": lambda p, r, w: {"verdict": "no_go", "reason": "Written"},
    "finance.count": lambda p, r, w: {"on": "2026-01-05", "used": "3", "evidence": "Written"},
}
