"""Addresses of governance in the walks, and with them those of direction, money and reports; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.security import audience_cells as audiences
from tests.security import committee_cells as committees
from tests.security import direction_cells as direction
from tests.security import finance_cells as finance
from tests.security import retrospective_cells as looking_back
from tests.security import status_cells as status

Sent = Callable[..., dict[str, Any]]
named_by = audiences.named_by
TITLES = {
    "risk": "title", "decision": "question", "action_item": "title", "change_request": "title", **direction.TITLES,
    **finance.TITLES,
    **audiences.TITLES,
    **committees.TITLES,
    **looking_back.TITLES,
}  # fmt: skip
REQUIRED: dict[str, dict[str, Any]] = {
    "risk": {"title": "Written", "category": "data", "probability": "2", "impact": "3"},
    "decision": {"question": "Written"},
    "action_item": {"title": "Written"},
    "change_request": {"title": "Written", "subject": "scope"},
    **direction.REQUIRED,
    **finance.REQUIRED,
    **audiences.REQUIRED,
    **committees.REQUIRED,
    **looking_back.REQUIRED,
}
KINDS = {"governance.convert_page": "risk", "governance.convert_record": "risk", **looking_back.KINDS}
ARGUMENTS: dict[str, Sent] = {
    "to_kind": lambda r, w: {"to_kind": "obstacle"},
    "item_id": lambda r, w: {"item_id": r.matrix_item},
    "delegation_id": lambda r, w: {"delegation_id": r.delegation},
    **direction.ARGUMENTS,
    **finance.ARGUMENTS,
    **committees.ARGUMENTS,
    **looking_back.ARGUMENTS,
    **status.ARGUMENTS,
}


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _number(name: str) -> Sent:
    return lambda r, w: {"number": getattr(r, f"{name}_number")}


EXCEPTIONS: dict[str, Sent] = {
    **direction.EXCEPTIONS,
    **finance.EXCEPTIONS,
    **audiences.EXCEPTIONS,
    **committees.EXCEPTIONS,
    **looking_back.EXCEPTIONS,
    **status.EXCEPTIONS,
    "governance.reopen": lambda r, w: {"number": r.obstacle_resolved_number},
    "governance.risk": _number("risk"),
    "governance.close_risk": _number("risk"),
    "governance.reopen_risk": _number("closed_risk"),
    "governance.convert_page": _number("risk"),
    "governance.convert_record": _number("risk"),
    "governance.decision": _number("decision"),
    "governance.take_decision": _number("decision"),
    "governance.ask_votes": _number("decision"),
    "governance.vote": _number("voted_decision"),
    "governance.reverse_decision": _number("taken_decision"),
    "governance.action": _number("action_item"),
    "governance.finish_action": _number("action_item"),
    "governance.resume_action": _number("done_action"),
    "governance.change": _number("change_request"),
    "governance.answer_change": _number("change_request"),
}
BODIES: dict[str, Sent] = {
    **direction.BODIES,
    **finance.BODIES,
    **audiences.BODIES,
    **committees.BODIES,
    **looking_back.BODIES,
    **status.BODIES,
    "governance.resolve": lambda p, r, w: {"resolution": "Written"},
    "governance.close_risk": lambda p, r, w: {"reason": "Written"},
    "governance.convert_record": lambda p, r, w: {
        "title": "Written", "kind": "policy", "severity": "low", "owner_id": "",
    },
    "governance.take_decision": lambda p, r, w: {"outcome": "Written", "reason": "Written"},
    "governance.vote": lambda p, r, w: {"choice": "for"},
    "governance.reverse_decision": lambda p, r, w: {"outcome": "Written", "reason": "Written"},
    "governance.finish_action": lambda p, r, w: {"result": "Written"},
    "governance.answer_change": lambda p, r, w: {"answer": "approved", "reason": "Written"},
    "governance.add_matrix_item": lambda p, r, w: {"title": "Written", "kind": "other"},
    "governance.save_matrix": lambda p, r, w: {f"mark_{r.matrix_item}_sponsor": "A"},
    "governance.appoint": lambda p, r, w: {"ends_on": "2027-03-02", "deputy_id": ""},
    "governance.hand_over": lambda p, r, w: {
        "role": "project_lead", "to_id": w.people["viewer"].id, "starts_on": _today(),
        "ends_on": _today(), "reason": "Written",
    },
    "succession.name": lambda p, r, w: {"successor_id": w.people["pmo"].id},
    "governance.set_silence": lambda p, r, w: {"risk": "12"},
    "governance.set_obstacle_clocks": lambda p, r, w: {"process-high": "4"},
    "governance.remind_one": lambda p, r, w: {"chased": "milestone", "matter": r.milestone},
    "governance.escalate": lambda p, r, w: {"reason": "Written"},
}  # fmt: skip
