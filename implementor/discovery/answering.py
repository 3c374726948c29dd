"""How far a wanted report is: wanted, built and on its way with a release, or live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from implementor.discovery.models import ReportRequirement
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Label, Phrase, say
from implementor.reports.models import MINE, SavedReport
from implementor.reports.permissions import VIEW
from implementor.reports.queries import report_of_uid, report_seen, reports_shared


@dataclass(frozen=True)
class Answer:
    """The state in words and its tone; the report if it is live, with its id where the reader may open it.

    `offered` are the reports (identity, name) that may be chosen.
    """

    state: Phrase
    tone: str
    uid: str | None
    report: SavedReport | None
    opens: int | None
    offered: Sequence[tuple[str, Label]]


def answer_of(session: Session, requirement: ReportRequirement, actor: Actor) -> Answer:
    """What answers a wanted report by now."""
    uid = requirement.report_uid
    found = session.scalars(report_of_uid(uid)).one_or_none() if uid is not None else None
    live = found if found is not None and not found.is_archived and found.shared != MINE else None
    offered = [(one.uid, one.label) for one in session.scalars(reports_shared())]
    if live is None:
        state = (say("Wanted"), "neutral") if uid is None else (say("Built, not live"), "review")
        return Answer(*state, uid, None, None, offered)
    seen = session.scalars(report_seen(Scope(None, actor), live.id)).one_or_none() if actor.may(VIEW) else None
    return Answer(say("Live"), "ok", uid, live, seen.id if seen is not None else None, offered)
