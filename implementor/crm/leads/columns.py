"""What lists ask of leads beyond their own columns: stages they came into on days, and how soon after qualification."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from implementor.crm.leads.lifecycle import ALL, MQL, WAY, place
from implementor.crm.leads.models import Lead, LeadEvent
from implementor.foundation.errors import BadValue
from implementor.foundation.fields import Scope, entities
from implementor.foundation.lookup import begins_with
from implementor.foundation.permissions import Actor
from implementor.foundation.text import whole_number
from implementor.foundation.words import say, speech

DAY = 86_400
"""Seconds."""
MOST_DAYS = 3650


def lead_like(words: str, actor: Actor) -> ColumnElement[bool]:
    """Leads whose name or company begins with these words; with an @, whose mail address does; as far as it is seen."""
    shows = entities["lead"].shows
    if "@" in words:
        return begins_with(Lead.email_key, words) if shows("email", actor) else false()
    named = begins_with(Lead.name_key, words)
    return or_(named, begins_with(Lead.company_key, words)) if shows("company", actor) else named


def is_counted(event: Any) -> ColumnElement[bool]:
    """Facts that funnels count: the first of its stage in its cycle, not taken back."""
    return and_(event.is_first, event.undone_at.is_(None))


def entered(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """The filter for leads that came into a stage on days in a range: "mql:2026-01-01..2026-03-31"."""
    return or_(*(_entered(text) for text in values))


def _entered(text: str) -> ColumnElement[bool]:
    stage, _colon, days = text.partition(":")
    start, end = moments_of(days)
    return exists().where(
        LeadEvent.lead_id == Lead.id, LeadEvent.to_stage == _stage(stage), LeadEvent.at >= start, LeadEvent.at < end,
        is_counted(LeadEvent),
    )  # fmt: skip


def reached(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """The filter for cohorts: "2026-01-01..2026-01-31:sql:90" are leads that became MQL on these days and SQL, or what
    comes after, within 90 days."""
    return or_(*(_reached(text) for text in values))


def _reached(text: str) -> ColumnElement[bool]:
    days, _colon, rest = text.partition(":")
    stage, _colon, within = rest.partition(":")
    number = whole_number(within)
    if number is None or number > MOST_DAYS:
        raise BadValue(say("Write days, a stage and a number of days like 2026-01-01..2026-01-31:sql:90."))
    start, end = moments_of(days)
    began, later = aliased(LeadEvent), aliased(LeadEvent)
    came = select(later.id).where(
        later.lead_id == began.lead_id, later.cycle == began.cycle, later.to_stage.in_(or_beyond(_stage(stage))),
        later.mql_seconds <= number * DAY, is_counted(later),
    )  # fmt: skip
    return exists().where(
        began.lead_id == Lead.id, began.to_stage == MQL, began.at >= start, began.at < end, is_counted(began),
        came.exists(),
    )  # fmt: skip


def or_beyond(stage: str) -> list[str]:
    """A stage and those after it on the way; an end stands alone."""
    return [stage] if place(stage) < 0 else list(WAY[place(stage) :])


def handed_over(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """The filter for hand-overs: "mql-sal:2026-01-01..2026-01-31" are leads that sales accepted on these days, and
    "new-mql@case:..." those that came out of a case."""
    return or_(*(_handed_over(text) for text in values))


def _handed_over(text: str) -> ColumnElement[bool]:
    steps, _colon, days = text.partition(":")
    steps, _at, kind = steps.partition("@")
    first, _dash, second = steps.partition("-")
    start, end = moments_of(days)
    one, other = aliased(LeadEvent), aliased(LeadEvent)
    before = select(one.id).where(
        one.lead_id == other.lead_id, one.cycle == other.cycle, one.to_stage == _stage(first), is_counted(one)
    )
    return exists().where(
        other.lead_id == Lead.id, other.to_stage == _stage(second), other.at >= start, other.at < end,
        is_counted(other), before.exists(), Lead.about_kind == kind if kind else true(),
    )  # fmt: skip


def moments_of(days: str) -> tuple[datetime, datetime]:
    """The moment at which a range of days begins in the reader's zone, and the one at which it is over."""
    first, _dots, last = days.partition("..")
    try:
        begin = datetime.combine(datetime.fromisoformat(first).date(), time(), speech().zone)
        end = datetime.combine(datetime.fromisoformat(last).date() + timedelta(days=1), time(), speech().zone)
        return begin.astimezone(UTC), end.astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise BadValue(say("Write a stage and its days like mql:2026-01-01..2026-03-31.")) from fault


def _stage(text: str) -> str:
    if text not in ALL:
        raise BadValue(say("Choose a stage from the list."))
    return text


def out_of(values: list[str], _scope: Scope) -> ColumnElement[bool]:
    """The filter for leads that came out of records of a kind, such as cases."""
    return Lead.about_kind.in_(values)
