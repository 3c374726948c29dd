"""Addresses of audiences and of training in the walks: people affected, impacts, courses, sessions; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

Sent = Callable[..., dict[str, Any]]
TITLES = dict.fromkeys(
    ("audience", "affected_person", "stakeholder", "change_impact", "blackout_period", "transition_step",
     "planned_message", "course", "training_session", "course_topic", "path_step", "support_request",
     "survey", "survey_question", "incentive", "incentive_rule", "incentive_period",
     "cutover_step", "cutover_rehearsal", "support_shift"),
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
    "course": {"name": "Written", "kind": "use", "minutes": "60", "pass_mark": "70"},
    "training_session": {"name": "Written", "starts_at": "2026-03-02T09:00", "zone": "UTC", "seats": "12"},
    "course_topic": {"name": "Written"},
    "path_step": {"name": "Written", "position": "2"},
    "support_request": {"name": "Written", "kind": "wish", "priority": "low"},
    "survey": {"name": "Written", "kind": "own", "grouping": "team", "remind_days": "3"},
    "survey_question": {"name": "Written", "kind": "scale", "place": "9"},
    "incentive": {"name": "Written", "award": "A day", "award_to": "people", "award_by": "points", "award_from": "9"},
    "incentive_rule": {"name": "Written", "figure": "complete", "points": "5", "target": "90"},
    "incentive_period": {"name": "Written", "starts_on": "2026-03-02", "ends_on": "2026-03-03"},
    "cutover_step": {"name": "Written", "number": "9", "minutes": "5"},
    "support_shift": {
        "name": "Written",
        "channel": "Chat",
        "starts_at": "2026-03-02T09:00",
        "ends_at": "2026-03-02T12:00",
    },
    "cutover_rehearsal": {"name": "Written", "held_on": "2026-03-02"},
}


OF_TRAINING = {"course": "course", "training_session": "session", "course_topic": "topic", "path_step": "step"}
OF_INCENTIVES = {"incentive": "incentive", "incentive_rule": "rule", "incentive_period": "period"}
OTHERS = (
    "support_request",
    "survey",
    "survey_question",
    "cutover_step",
    "cutover_rehearsal",
    "support_shift",
    *OF_INCENTIVES,
)
AT = {
    **{f"audiences.{kind}": kind for kind in TITLES if kind not in OF_TRAINING and kind not in OTHERS},
    **{f"support.{deed}": "support_request" for deed in ("one", "answer", "mark_known", "settle")},
    "support.become_story": "support_request", "support.open_again": "settled_request",
    "surveys.survey": "survey", "surveys.question": "survey_question", "surveys.open_survey": "survey",
    "surveys.close_survey": "open_survey", "surveys.ask_again": "closed_survey",
    "surveys.results_file": "closed_survey",
    "support.shift": "support_shift",
    "cutover.step": "cutover_step", "cutover.rehearsal": "cutover_rehearsal", "cutover.measure": "cutover_rehearsal",
    **{f"cutover.{deed}": "cutover_step" for deed in ("begin", "skip")},
    **{f"cutover.{deed}": "running_step" for deed in ("finish", "fail", "reopen")},
    **{f"training.{page}": kind for kind, page in OF_TRAINING.items()},
    **{f"incentives.{page}": kind for kind, page in OF_INCENTIVES.items()},
    **dict.fromkeys([f"incentives.{deed}" for deed in ("count", "close")], "incentive_period"),
    **dict.fromkeys([f"incentives.{deed}" for deed in ("correct", "announce", "standing_file")], "closed_period"),
    "training.invite": "course", "training.withdraw": "course",
    **dict.fromkeys([f"training.{one}" for one in ("book", "give_back", "call_off")], "coming_session"),
    **dict.fromkeys([f"training.{one}" for one in ("mark", "code", "calendar")], "training_session"),
    "audiences.list_person": "audience", "audiences.name_champion": "audience", "audiences.unlist_person": "audience",
    "audiences.end_champion": "audience", "audiences.erase": "affected_person", "audiences.send": "planned_message",
}  # fmt: skip
"""Endpoint -> what its address names, by the name under which a place keeps it."""


def named_by(endpoint: str, place: Any) -> dict[str, int]:
    """The record of a place that an address of audiences names; nothing for other addresses."""
    return {"record_id": getattr(place, AT[endpoint])} if endpoint in AT else {}


ARGUMENTS: dict[str, Sent] = {
    "invitation_id": lambda r, w: {"invitation_id": r.survey_invitation},
    "request_id": lambda r, w: {"request_id": r.support_request},
    "champion_id": lambda r, w: {"champion_id": r.champion},
    "member_id": lambda r, w: {"member_id": r.audience_member},
    "audience_id": lambda r, w: {"audience_id": r.audience},
}
EXCEPTIONS: dict[str, Sent] = {
    "audiences.impact_cell": lambda r, w: {"audience_id": r.audience, "number": r.planning_number},
}
BODIES: dict[str, Sent] = {
    "support.answer": lambda p, r, w: {"answer": "Written"},
    "support.mark_known": lambda p, r, w: {"earlier_id": str(r.earlier_request)},
    "support.pass_on_requests": lambda p, r, w: {
        "owner_id": str(w.people["member"].id),
        "handed_on": datetime.now(UTC).date().isoformat(),
    },
    "own_requests.send": lambda p, r, w: {"name": "Written", "kind": "wish"},
    **{f"cutover.{deed}": lambda p, r, w: {"reason": "Written"} for deed in ("skip", "fail")},
    "cutover.measure": lambda p, r, w: {"minutes_1": "5"},
    "audiences.list_person": lambda p, r, w: {"person_id": str(r.spare_person)},
    "audiences.name_champion": lambda p, r, w: {"person_id": str(r.spare_person)},
    "audiences.settle": lambda p, r, w: {"weeks_before": "2", "weeks_after": "4", "limit": "3"},
    "audiences.send": lambda p, r, w: {"reached": "3"},
}
