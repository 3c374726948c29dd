"""Addresses of adoption and training in the walks: teams, people who are helped, sessions; see `cells`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from implementor.adoption.formula import Terms
from tests.security import audience_cells as audiences

Sent = Callable[..., dict[str, Any]]
SOON = datetime.now(UTC) + timedelta(days=9)
ARGUMENTS: dict[str, Sent] = {
    **audiences.ARGUMENTS,
    "intervention_id": lambda r, w: {"intervention_id": r.intervention},
    "enrolment_id": lambda r, w: {"enrolment_id": r.enrolment},
}
EXCEPTIONS: dict[str, Sent] = {
    "training_results.scores": lambda r, w: {"session_id": r.training_session},
    "training_results.keep_scores": lambda r, w: {"session_id": r.training_session},
    "training.give_back": lambda r, w: {"enrolment_id": r.coming_seat},
    "training.withdraw": lambda r, w: {"enrolment_id": r.invited},
    "adoption.person": lambda r, w: {"user_id": w.people["seller"].id},
    **dict.fromkeys(
        ("adoption.offer", "adoption.appointment_page", "adoption.meet_person"),
        lambda r, w: {"user_id": w.people["seller"].id},
    ),
    "own_use.person": lambda r, w: {"user_id": w.people["seller"].id},
    "adoption.resume_intervention": lambda r, w: {"intervention_id": r.finished_intervention},
}
BODIES: dict[str, Sent] = {
    "adoption.finish_intervention": lambda p, r, w: {"result": "Written"},
    "adoption.offer": lambda p, r, w: {"text": "Written"},
    **dict.fromkeys(
        ("adoption.meet", "adoption.meet_person"),
        lambda p, r, w: {"meets_at": f"{SOON:%Y-%m-%dT%H:%M}", "meets_minutes": "30", "meets_place": "Written"},
    ),
    "certificates.keep_opinion": lambda p, r, w: {"stars": "4", "said": "Written"},
    "training.invite": lambda p, r, w: {"audience_id": str(r.audience)},
    "training.book": lambda p, r, w: {"person_id": str(r.affected_person)},
    "training.mark": lambda p, r, w: {f"part_{r.enrolment}": "yes"},
    "own_training.here": lambda p, r, w: {"code": "Written"},
    "training_results.keep_scores": lambda p, r, w: {f"after_{r.enrolment}": "90"},
    "adoption.settle": lambda p, r, w: {**asdict(Terms()), "why": "Written"},
}
