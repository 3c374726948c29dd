"""The money of the world: a line of the budget with amounts, and a contract that nobody decided."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.finance.services import amounts, contracts, lines
from implementor.foundation.permissions import Actor

if TYPE_CHECKING:
    from tests.security.world import Place


def add_money(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """One of each."""
    here: dict[str, Any] = {"project_id": place.project_id, "by": by, "at": datetime.now(UTC)}
    said = {"title": f"Line {text}", "category": "licence", "note": f"About {text}"}
    line = lines.create_line(session, values=said, **here)
    cells = {amounts.Cell(line.id, kind, date(2026, 1, 1)): 1234 for kind in ("planned", "actual")}
    amounts.write_amounts(session, cells=cells, **here)
    deal = {"title": f"Contract {text}", "supplier": f"Supplier {text}", "purpose": f"For {text}"}
    contract = contracts.create_contract(session, values=deal, **here)
    counted = {"used": 3, "on": date(2026, 1, 5), "evidence": f"Report {text}", "by": by, "at": here["at"]}
    contracts.count_licences(session, contract, **counted)
    place.ids |= {"budget_line": line.id, "contract": contract.id}
