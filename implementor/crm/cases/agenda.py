"""Cases as they wait for people, are told in timelines, and how far their clocks are, beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from implementor.calendars import queries as clock_queries
from implementor.calendars.clock_times import CLOCK_STATES, remaining_at
from implementor.calendars.clocked_kinds import clocked
from implementor.calendars.durations import write_duration
from implementor.calendars.models import SlaClock
from implementor.calendars.permissions import MANAGE_SERVICE_LEVELS
from implementor.crm.cases import permissions, queries
from implementor.crm.cases.models import Case
from implementor.crm.records.agenda import AgendaEntry, Asked
from implementor.foundation.choices import Choice
from implementor.foundation.panels import Place
from implementor.foundation.words import Phrase, say
from implementor.history import timeline

MINUTE = timedelta(minutes=1)


def near_their_limit(session: Session, asked: Asked) -> list[AgendaEntry]:
    """Cases whose next limit is up, or nearly so."""
    return [_entry(row, asked) for row in session.execute(queries.up_first(asked))]


def _entry(row: Any, asked: Asked) -> AgendaEntry:
    return AgendaEntry(
        key=f"case-{row.id}",
        title=f"{row.code} {row.subject}",
        url=url_for("cases.show", record_id=row.id),
        on=row.due_at.astimezone(asked.zone).date(),
        at=row.due_at,
        who=row.who,
        beside=row.contact or row.account,
        icon="clock",
        is_late=row.due_at < asked.at,
    )


@dataclass(frozen=True)
class ShownClock:
    """One promise as the page of its case shows it; `left` is open time, None where nothing is left to do."""

    label: Phrase | str
    state: Choice
    target: str
    due_at: datetime | None
    left: str | None
    is_over: bool
    met_at: datetime | None


def panel_of(session: Session, place: Place) -> Mapping[str, Any] | None:
    """The clocks of the case on whose page we are, in two statements."""
    statement = clock_queries.clocks_of_records(record_kind=Case.__record_kind__, record_ids=[place.record.id])
    shown = [_shown(clock, place.at) for clock in session.scalars(statement)]
    return {"clocks": shown, "may_promise": place.actor.may(MANAGE_SERVICE_LEVELS)}


def _shown(clock: SlaClock, at: datetime) -> ShownClock:
    declared = clocked[Case.__record_kind__].clock(clock.name)
    left = remaining_at(clock, at)
    return ShownClock(
        label=declared.label if declared is not None else clock.name,
        state=next(one for one in CLOCK_STATES if one.key == clock.state),
        target=write_duration(clock.target_seconds // 60),
        due_at=clock.due_at if clock.is_open else None,
        left=write_duration(abs(left) // MINUTE) if clock.is_open else None,
        is_over=left < timedelta(0),
        met_at=clock.met_at,
    )


# --- timelines --------------------------------------------------------------------------------------------------------


def as_entries(session: Session, asked: timeline.Asked) -> list[timeline.Entry]:
    """Notes on the way of a case, and on the page of its customer when it was opened and resolved."""
    kind, record_id, actor = asked.record.kind, asked.record.id, asked.scope.actor
    if not actor.may(permissions.VIEW):
        return []
    if kind == Case.__record_kind__:
        rows = session.execute(queries.noted_events(record_id, before=asked.before, limit=asked.limit))
        return [_noted(row) for row in rows]
    if kind in ("account", "contact"):
        found = queries.ends_with(f"{kind}_id", record_id, actor, before=asked.before, limit=asked.limit)
        return [_ended(row) for row in session.execute(found)]
    return []


def _noted(row: Any) -> timeline.Entry:
    event = row.CaseEvent
    return timeline.Entry(
        at=event.at,
        key=f"case-event-{event.id}",
        who=row.who,
        text=_handed(event) if event.aspect == "area" else say("noted"),
        icon="arrow-right" if event.aspect == "area" else "comment",
        template="crm/cases/_timeline_note.html",
        data={"note": event.note},
    )


def _handed(event: Any) -> Phrase:
    if event.from_label:
        return say("handed over from %(before)s to %(after)s", before=event.from_label, after=event.to_label or "")
    return say("handed over to %(after)s", after=event.to_label or "")


def _ended(row: Any) -> timeline.Entry:
    event, words = row.CaseEvent, {"code": row.code, "subject": row.subject}
    is_new = event.from_key is None
    return timeline.Entry(
        at=event.at,
        key=f"case-event-{event.id}",
        who=row.who,
        text=say("opened %(code)s: %(subject)s", **words) if is_new else say("resolved %(code)s: %(subject)s", **words),
        icon="plus" if is_new else "ok",
    )
