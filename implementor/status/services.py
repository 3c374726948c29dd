"""What can happen to status reports: begun, changed, issued, followed by a newer edition; and colours set by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean, clean_line
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action
from implementor.status import report_queries as queries
from implementor.status.health import AMBER, DIMENSIONS, GREEN, RED, dimension_choice
from implementor.status.models import ColourOverride, StatusReport

LONGEST_COMMENT = 900
LONGEST_REASON = 200
LONGEST_PERIOD = timedelta(days=366)
LONGEST_OVERRIDE = timedelta(days=92)
USUAL_PERIOD = timedelta(days=13)


class Frozen(Refusal):
    """The report was issued; only a newer edition replaces it."""


class DraftIsOpen(Refusal):
    """A project writes one report at a time."""


class NotToBeReplaced(Refusal):
    """Only an issued report that stands gets a newer edition."""


def begin_report(
    session: Session, *, project_id: int, language: str, by: Actor, at: datetime, on: date
) -> StatusReport:
    """Begin the report of the days since the last one until `on`. Raises DraftIsOpen."""
    _refuse_second_draft(session, project_id)
    last = session.scalars(queries.issued_before(project_id=project_id).limit(1)).one_or_none()
    starts_on = min(last.ends_on + timedelta(days=1), on) if last is not None else on - USUAL_PERIOD
    report = StatusReport(
        project_id=project_id, number=_number(session, project_id), starts_on=starts_on, ends_on=on, language=language
    )
    session.add(report)
    _name(session, report, "report.begin", say("Began status report %(number)s", number=report.number))
    session.flush()
    return report


def change_report(
    session: Session, report: StatusReport, values: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Change period, language or comment of a draft. Raises Frozen and InvalidInput."""
    refuse_issued(report)
    starts_on, ends_on = values.get("starts_on", report.starts_on), values.get("ends_on", report.ends_on)
    faults: dict[str, Phrase] = {}
    for name, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        if day is None:
            faults[name] = say("Choose a day.")
    if not faults and ends_on < starts_on:
        faults["ends_on"] = say("The period ends after it begins.")
    if not faults and ends_on - starts_on > LONGEST_PERIOD:
        faults["ends_on"] = say("A period is a year at most.")
    comment = clean(str(values.get("comment", report.comment))).strip()
    if len(comment) > LONGEST_COMMENT:
        faults["comment"] = say("Up to %(longest)s characters, so that it fits on one sheet.", longest=LONGEST_COMMENT)
    if faults:
        raise InvalidInput(faults)
    report.starts_on, report.ends_on, report.comment = starts_on, ends_on, comment
    report.language = str(values.get("language") or report.language)
    _name(session, report, "report.edit", say("Changed status report %(number)s", number=report.number))
    session.flush()


def discard_report(session: Session, report: StatusReport, *, by: Actor, at: datetime) -> None:
    """Throw a draft away. Raises Frozen."""
    refuse_issued(report)
    _name(
        session, report, "report.discard", say("Discarded the draft of status report %(number)s", number=report.number)
    )
    session.delete(report)
    session.flush()


def issue_report(
    session: Session, report: StatusReport, content: Mapping[str, Any], colours: Mapping[str, str],
    *, last_change_id: int | None, by: Actor, at: datetime,
) -> bool:  # fmt: skip
    """Freeze a draft with all that stands on it; False, and no change, for a report that was issued already."""
    if report.is_issued:
        return False
    report.issued_at, report.issued_by_id = at, by.user_id
    report.content, report.colours, report.last_change_id = dict(content), dict(colours), last_change_id
    if report.replaces_id is not None:
        session.get_one(StatusReport, report.replaces_id).replaced_at = at
    _name(session, report, "report.issue", say("Issued status report %(number)s", number=report.number))
    session.flush()
    return True


def begin_edition(session: Session, report: StatusReport, *, by: Actor, at: datetime) -> StatusReport:
    """Begin the edition that withdraws an issued report once it is issued. Raises NotToBeReplaced and DraftIsOpen."""
    if not report.is_issued or report.replaced_at is not None:
        raise NotToBeReplaced(say("Only an issued report that still stands gets a newer edition."))
    _refuse_second_draft(session, report.project_id)
    made = StatusReport(
        project_id=report.project_id, number=_number(session, report.project_id), starts_on=report.starts_on,
        ends_on=report.ends_on, language=report.language, comment=report.comment, replaces_id=report.id,
    )  # fmt: skip
    session.add(made)
    words = say("Began status report %(number)s in the place of %(former)s", number=made.number, former=report.number)
    _name(session, made, "report.begin_edition", words)
    session.flush()
    return made


def set_colour(
    session: Session, *, project_id: int, dimension: str, colour: str, reason: str, expires_on: date | None,
    by: Actor, at: datetime, on: date,
) -> ColourOverride:  # fmt: skip
    """Set a colour by hand until a day; the one that was set before ends. Raises InvalidInput."""
    faults: dict[str, Phrase] = {}
    if dimension not in {choice.key for choice in DIMENSIONS}:
        faults["dimension"] = say("Choose a dimension.")
    if colour not in (GREEN, AMBER, RED):
        faults["colour"] = say("Choose a colour.")
    said = clean_line(reason)
    if not said or len(said) > LONGEST_REASON:
        faults["reason"] = say("Say why in a sentence of up to %(longest)s characters.", longest=LONGEST_REASON)
    if expires_on is None or not on <= expires_on <= on + LONGEST_OVERRIDE:
        faults["expires_on"] = say("Choose a day within the next three months.")
    if faults or expires_on is None:
        raise InvalidInput(faults)
    before = session.scalars(queries.override_standing(project_id=project_id, dimension=dimension)).one_or_none()
    if before is not None:
        before.ended_at, before.ended_by_id = at, by.user_id
        session.flush()
    made = ColourOverride(project_id=project_id, dimension=dimension, colour=colour, reason=said, expires_on=expires_on)
    session.add(made)
    label = dimension_choice(dimension).label
    name_action(session, say("Set the colour of %(dimension)s by hand", dimension=label), verb="colour.set",
                project_id=project_id)  # fmt: skip
    session.flush()
    return made


def end_override(session: Session, override: ColourOverride, *, by: Actor, at: datetime) -> None:
    """Let the computed colour stand again."""
    if override.ended_at is None:
        override.ended_at, override.ended_by_id = at, by.user_id
    label = dimension_choice(override.dimension).label
    name_action(session, say("Let the computed colour of %(dimension)s stand again", dimension=label),
                verb="colour.end", project_id=override.project_id)  # fmt: skip
    session.flush()


def _refuse_second_draft(session: Session, project_id: int) -> None:
    draft = session.scalars(queries.draft_of_project(project_id=project_id)).one_or_none()
    if draft is not None:
        raise DraftIsOpen(say("Status report %(number)s is still a draft. Issue or discard it first.",
                              number=draft.number))  # fmt: skip


def refuse_issued(report: StatusReport) -> None:
    """Stop what would change a report that stands as it is. Raises Frozen."""
    if report.is_issued:
        raise Frozen(say("Status report %(number)s is issued and stays as it is. Begin a newer edition.",
                         number=report.number))  # fmt: skip


def _number(session: Session, project_id: int) -> int:
    return session.scalars(queries.next_number(project_id=project_id)).one()


def _name(session: Session, report: StatusReport, verb: str, summary: Phrase) -> None:
    name_action(session, summary, verb=verb, project_id=report.project_id)
