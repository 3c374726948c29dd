"""Writing down which correct records people entered first, and what a day's facts say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from implementor.adoption import first_queries, work_queries
from implementor.adoption.days import Day
from implementor.adoption.firsts import ENOUGH, Correct, Named, first_ten
from implementor.adoption.formula import Terms
from implementor.adoption.models import CorrectRecord
from implementor.crm.measures.completeness import WANTED

AT_ONCE = 500
Tens = Mapping[int, Sequence[Correct]]
"""The first ten of each person, in their order."""


def looked_on(session: Session, newest: date | None) -> date | None:
    """The day of the last look at which records are correct; `newest` is the last one with facts."""
    if newest is None or session.scalars(first_queries.was_looked_on(newest)).one_or_none() is None:
        return None
    return newest


def correct_since(session: Session, first: Day, today: Day, terms: Terms, last_look: date | None) -> Tens:
    """The first ten correct records of everybody who is to use the CRM today.

    What was found correct before the first day stays as it was found; later ones are looked at again, because
    something may have been taken back since.
    """
    starts = starts_of(session, today)
    known = tens_known(session)
    stands = {
        user_id: [one for one in known.get(user_id, ()) if one.correct_on < first.on and one.entered_on >= start]
        for user_id, start in starts.items()
    }  # fmt: skip
    lacking = [user_id for user_id, ten in stands.items() if len(ten) < ENOUGH]
    entered = _entered(session, lacking, today, terms)
    for user_id in lacking:
        dated = {(one.kind, one.record_id): one.correct_on for one in known.get(user_id, ())}
        kept = {(one.kind, one.record_id) for one in stands[user_id]}
        new = [pair for pair in entered.get(user_id, ()) if pair[1] not in kept]
        found = first_ten(new, starts[user_id], dated, last_look)
        stands[user_id] = sorted([*stands[user_id], *found])[:ENOUGH]
    return stands


def write_correct(session: Session, tens: Tens) -> None:
    """Put these in place of what was known of the same people; what is known of others stays."""
    known = tens_known(session)
    changed = [user_id for user_id, ten in tens.items() if list(ten) != list(known.get(user_id, ()))]
    for begin in range(0, len(changed), AT_ONCE):
        some = changed[begin : begin + AT_ONCE]
        session.execute(delete(CorrectRecord).where(CorrectRecord.user_id.in_(some)))
        rows = [
            {"user_id": user_id, "kind": one.kind, "record_id": one.record_id, "entered_on": one.entered_on,
             "correct_on": one.correct_on}
            for user_id in some for one in tens[user_id]
        ]  # fmt: skip
        if rows:
            session.execute(insert(CorrectRecord), rows)


def tens_known(session: Session) -> Tens:
    """What was written down of everybody."""
    found: dict[int, list[Correct]] = defaultdict(list)
    for row in session.execute(first_queries.correct_records()):
        found[row.user_id].append(Correct(row.correct_on, row.entered_on, row.kind, row.record_id))
    return found


def starts_of(session: Session, day: Day) -> dict[int, date]:
    """From when on correct records of each person count who is to use the CRM on a day."""
    live = live_days(session, day)
    since = session.execute(work_queries.people_on(day.begins, day.ends))
    return {user_id: start_of(granted, live.get(user_id), day) for user_id, granted in since}


def live_days(session: Session, day: Day) -> dict[int, date]:
    """The day on which the first wave went live for each person that some rollout affects."""
    return {user_id: _on(at, day) for user_id, at in session.execute(first_queries.live_for_people())}


def start_of(granted: datetime, live_on: date | None, day: Day) -> date:
    """The first day of access, or the going live if that came later."""
    access = _on(granted, day)
    return max(access, live_on) if live_on is not None else access


def columns_of(ten: Sequence[Correct], start: date, on: date) -> dict[str, Any]:
    """What the facts of a day say: of a day before the start nothing is known."""
    if start > on:
        return {"started_on": None, "correct": None, "first_on": None, "tenth_on": None}
    days = [one.correct_on for one in ten if one.correct_on <= on]
    first, tenth = days[:1], days[ENOUGH - 1 :]
    return {"started_on": start, "correct": len(days), "first_on": first[0] if first else None,
            "tenth_on": tenth[0] if tenth else None}  # fmt: skip


def _entered(session: Session, user_ids: Sequence[int], day: Day, terms: Terms) -> dict[int, list[tuple[date, Named]]]:
    found: dict[int, list[tuple[date, Named]]] = defaultdict(list)
    for kind in WANTED if user_ids else ():
        for user_id, record_id, at in session.execute(first_queries.entered_correctly(kind, user_ids, terms)):
            found[user_id].append((_on(at, day), (kind, record_id)))
    return found


def _on(at: datetime, day: Day) -> date:
    return at.astimezone(day.zone).date()
