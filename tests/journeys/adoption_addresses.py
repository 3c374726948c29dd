"""Addresses of adoption with the ids they need, for the walk over every page; see `addresses`."""

from __future__ import annotations

EXAMPLES: dict[str, dict[str, str]] = {
    "adoption.appointment_page": {"user_id": "seller"},
    "adoption.benefits": {},
    "adoption.first_records": {},
    "adoption.formula": {},
    "adoption.index": {},
    "adoption.intervention": {"intervention_id": "intervention"},
    "adoption.interventions": {},
    "adoption.no_team": {},
    "adoption.people_to_help": {},
    "adoption.person": {"user_id": "seller"},
    "adoption.team": {"team_id": "team_of_sellers"},
    "adoption.release": {"release_number": "release"},
    "adoption.releases": {},
    "own_use.mine": {},
    "own_use.person": {"user_id": "seller"},
    "own_use.team": {"team_id": "team_of_sellers"},
    "own_use.teams": {},
}
NO_PAGES = {"adoption.export_benefits": "a file", "adoption.meeting_file": "a file"}
