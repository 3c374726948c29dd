"""Surveys of the world: one that is written, one that is open, one that is closed, with somebody who is asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.audiences.models import AffectedPerson
from implementor.foundation.permissions import Actor
from implementor.surveys.models import Survey, SurveyInvitation, SurveyQuestion

if TYPE_CHECKING:
    from tests.security.world import Place

PEOPLE = 5


def add_surveys(session: Session, _app: Flask, place: Place, text: str, by: Actor) -> None:
    """One of each state; enough people are affected for one to be opened."""
    mine: dict[str, Any] = {"project_id": place.project_id}
    now = datetime.now(UTC)
    session.add_all(AffectedPerson(**mine, name=f"Asked {number} {text}"[:160]) for number in range(PEOPLE))
    states: dict[str, dict[str, Any]] = {
        "survey": {"closes_on": now.date() + timedelta(days=30)},
        "open_survey": {"state": "open", "salt": "00", "opened_at": now, "asked": 1, "closes_on": now.date()},
        "closed_survey": {"state": "closed", "opened_at": now, "closed_at": now, "asked": 5, "answered": 0},
    }
    for name, values in states.items():
        made = Survey(**mine, name=f"Survey {text}"[:160], **values)
        session.add(made)
        session.flush()
        place.ids[name] = made.id
    question = SurveyQuestion(**mine, survey_id=place.ids["survey"], name=f"Question {text}"[:160])
    asked = SurveyInvitation(**mine, survey_id=place.ids["open_survey"], person_id=place.ids["affected_person"])
    session.add_all((question, asked))
    session.flush()
    place.ids |= {"survey_question": question.id, "survey_invitation": asked.id}
