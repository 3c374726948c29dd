"""Addresses of audiences in the walks: people affected, impacts, stakeholders, steps, messages; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Sent = Callable[..., dict[str, Any]]
TITLES = dict.fromkeys(
    ("audience", "affected_person", "stakeholder", "change_impact", "blackout_period", "transition_step",
     "planned_message"),
    "name",
)  # fmt: skip
REQUIRED: dict[str, dict[str, Any]] = {
    "audience": {"name": "Written", "kind": "group", "people_per_champion": "15"},
    "affected_person": {"name": "Written"},
    "stakeholder": {"name": "Written", "impact": "3", "influence": "3", "reaction": "neutral"},
    "change_impact": {"name": "Written"},
    "blackout_period": {"name": "Written", "starts_on": "2026-03-02", "ends_on": "2026-03-03"},
    "transition_step": {"name": "Written", "kind": "training", "planned_on": "2026-03-02"},
    "planned_message": {"name": "Written", "channel": "mail", "due_on": "2026-03-02"},
}


def _at(kind: str) -> Sent:
    return lambda r, w: {"record_id": getattr(r, kind)}


ARGUMENTS: dict[str, Sent] = {
    "champion_id": lambda r, w: {"champion_id": r.champion},
    "member_id": lambda r, w: {"member_id": r.audience_member},
    "audience_id": lambda r, w: {"audience_id": r.audience},
}
EXCEPTIONS: dict[str, Sent] = {
    **{f"audiences.{kind}": _at(kind) for kind in TITLES},
    "audiences.list_person": _at("audience"),
    "audiences.name_champion": _at("audience"),
    "audiences.unlist_person": lambda r, w: {"record_id": r.audience, "member_id": r.audience_member},
    "audiences.end_champion": lambda r, w: {"record_id": r.audience, "champion_id": r.champion},
    "audiences.erase": _at("affected_person"),
    "audiences.impact_cell": lambda r, w: {"audience_id": r.audience, "number": 0},
    "audiences.send": _at("planned_message"),
}
BODIES: dict[str, Sent] = {
    "audiences.list_person": lambda p, r, w: {"person_id": str(r.spare_person)},
    "audiences.name_champion": lambda p, r, w: {"person_id": str(r.spare_person)},
    "audiences.settle": lambda p, r, w: {"weeks_before": "2", "weeks_after": "4", "limit": "3"},
    "audiences.send": lambda p, r, w: {"reached": "3"},
}
