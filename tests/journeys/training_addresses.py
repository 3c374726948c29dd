"""Addresses of training with the ids they need, for the walk over every page; see `addresses`."""

from __future__ import annotations

KINDS = (
    "course",
    "training_session",
    "course_topic",
    "path_step",
    "enrolment",
    "support_request",
    "survey",
    "survey_question",
)
FOUND = {kind: "SELECT min(id) FROM " + kind + " WHERE project_id = :project" for kind in KINDS}  # noqa: S608  # our own names
"""How the ids are found in the world."""
EXAMPLES: dict[str, dict[str, str]] = {
    "adoption.cohorts": {},
    "adoption.say_do": {},
    "certificates.mine": {},
    "own_requests.mine": {},
    "own_requests.new": {},
    "own_training.mine": {},
    "support.hypercare": {},
    "support.inbox": {},
    "support.one": {"record_id": "support_request"},
    "own_surveys.mine": {},
    "surveys.question": {"record_id": "survey_question"},
    "surveys.questions": {},
    "surveys.survey": {"record_id": "survey"},
    "surveys.surveys": {},
    "training.code": {"record_id": "training_session"},
    "training.course": {"record_id": "course"},
    "training.courses": {},
    "training.paths": {},
    "training.session": {"record_id": "training_session"},
    "training.sessions": {},
    "training.step": {"record_id": "path_step"},
    "training.topic": {"record_id": "course_topic"},
    "training.topics": {},
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
    "own_training.calendar": "a file",
    "training.calendar": "a file",
    "training_results.certificate": "a file",
    "training_results.export": "a file",
    "support.hypercare_file": "a file",
    "surveys.results_file": "a file",
    "own_surveys.form": "opens only for who is asked; see surveys/test_surveys",
    "own_surveys.open_link": "opens only with a ticket; see surveys/test_surveys",
    "own_surveys.by_link": "the same",
}
