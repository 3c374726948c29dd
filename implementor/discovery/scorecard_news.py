"""Telling the people of areas that a scorecard was published for them, and once more who has not taken note of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.discovery.scorecard_models import ScorecardEdition
from implementor.discovery.scorecard_services import AreaReaders, readers_of
from implementor.foundation.permissions import SIGNED_IN
from implementor.foundation.records import RecordRef
from implementor.foundation.words import Phrase, say
from implementor.notifications.news import News, NewsKind, news_kind
from implementor.notifications.notices import tell_people
from implementor.projects.models import Project

NEWS = "scorecard.published"


def declare_news() -> None:
    """What people can hear of it."""
    news_kind(NewsKind(NEWS, say("scorecards that were published for my area"), SIGNED_IN, by_mail=True, order=60))


def tell_of_scorecard(session: Session, edition: ScorecardEdition, *, by_id: int | None, at: datetime) -> int:
    """Tell everybody of its areas who can open the project; returns how many. Whoever published it knows."""
    people = _inside(readers_of(session, edition)) - {by_id or 0}
    sentence = say("The scorecard was published for your area: read it and take note of it.")
    return tell_people(session, people, _news(session, edition, sentence, "published", at))


def remind_of_scorecard(session: Session, edition: ScorecardEdition, *, at: datetime) -> int:
    """Tell the people of areas where nobody took note yet, once; returns how many."""
    edition.reminded_at = at
    waiting = [area for area in readers_of(session, edition) if not area.has_taken_note]
    sentence = say("Nobody of your area took note of the scorecard yet.")
    return tell_people(session, _inside(waiting), _news(session, edition, sentence, "reminded", at))


def _inside(areas: list[AreaReaders]) -> set[int]:
    return {one.user_id for area in areas for one in area.readers if one.is_inside}


def _news(session: Session, edition: ScorecardEdition, sentence: Phrase, what: str, at: datetime) -> News:
    project = session.get_one(Project, edition.project_id)
    return News(
        kind=NEWS, key=f"{NEWS}-{edition.id}-{what}", sentence=sentence,
        record=RecordRef("scorecard_edition", edition.id), title=f"{project.key} {edition.number}",
        page=f"/projects/{project.key}/scorecard/{edition.number}", at=at,
    )  # fmt: skip
