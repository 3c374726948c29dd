"""Addresses of training with the ids they need, for the walk over every page; see `addresses`."""

from __future__ import annotations

KINDS = ("training_session", "enrolment")
FOUND = {kind: "SELECT min(id) FROM " + kind + " WHERE project_id = :project" for kind in KINDS}  # noqa: S608  # our own names
"""How the ids are found in the world."""
EXAMPLES: dict[str, dict[str, str]] = {
    "adoption.cohorts": {},
    "certificates.mine": {},
    "training_results.certificates": {},
    "training_results.index": {},
    "training_results.people": {},
    "training_results.scores": {"session_id": "training_session"},
    "training_results.sessions": {},
    "training_results.trainers": {},
}
NO_PAGES = {
    "certificates.own_paper": "a file",
    "certificates.opinion_form": "opens only for who was in a session of these days; see training/test_scores",
    "training_results.certificate": "a file",
    "training_results.export": "a file",
}
