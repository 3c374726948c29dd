"""Addresses of audiences with the ids they need, for the walk over every page; see `addresses`."""

from __future__ import annotations

KINDS = ("audience", "affected_person", "stakeholder", "change_impact", "blackout_period", "transition_step",
         "planned_message")  # fmt: skip
FOUND = {kind: "SELECT min(id) FROM " + kind + " WHERE project_id = :project" for kind in KINDS}  # noqa: S608  # our own names
"""How the ids are found in the world."""
EXAMPLES: dict[str, dict[str, str]] = {
    **{f"audiences.{kind}": {"record_id": kind} for kind in KINDS},
    "audiences.affected_people": {},
    "audiences.audiences": {},
    "audiences.blackout_periods": {},
    "audiences.change_impacts": {},
    "audiences.impact_cell": {"audience_id": "audience", "number": "planned"},
    "audiences.unplanned_cell": {"audience_id": "audience"},
    "audiences.impact_grid": {},
    "audiences.load": {},
    "audiences.planned_messages": {},
    "audiences.stakeholder_map": {},
    "audiences.stakeholders": {},
    "audiences.transition": {},
    "audiences.transition_steps": {},
}
