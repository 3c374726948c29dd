"""What is known of people in a period, by facts and history; of each entry also why it is left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Text
from sqlalchemy.orm import Session

from implementor.adoption.counting import CREATED, MANY_RECORDS
from implementor.adoption.days import Day
from implementor.adoption.services import first_change_of
from implementor.crm.measures.completeness import PLACEHOLDERS, WANTED
from implementor.crm.records.kinds import crm_kinds
from implementor.foundation.fields import Entity, Kind
from implementor.foundation.model import Rows
from implementor.incentives import work_queries
from implementor.incentives.models import IncentivePeriod
from implementor.incentives.rules import (
    AWAY,
    BULK,
    COMPLETE,
    DUPLICATE,
    HEALTHY,
    PLACEHOLDER,
    PROMPT,
    REPEATED,
    VALID,
    Entry,
    Person,
)

AT_ONCE = 500
SAME_AT_MOST = 2
"""Records of one person that may share a telephone or an address; those after them are left out."""
LONE_DIGIT = 6
"""Digits of a number from which on it says nothing when all are the same."""
Texts = Mapping[tuple[str, int], Sequence[tuple[str, str]]]
"""Kind and id -> (field, text) of the texts that are looked at."""


def people_of(session: Session, period: IncentivePeriod, zone: ZoneInfo) -> list[Person]:
    """Everybody who takes part, with what is known of them; nobody while the facts of no day are known."""
    day = session.scalar(work_queries.fact_day_until(period.ends_on))
    if day is None:
        return []
    rows = session.execute(work_queries.takers(period.incentive, day)).all()
    first, last = period.starts_on, period.ends_on
    kept = {
        row[0]: [int(one or 0) for one in row[1:]] for row in session.execute(work_queries.shares_kept(first, last))
    }
    talks = {
        row[0]: (int(row[1] or 0), int(row[2] or 0)) for row in session.execute(work_queries.talks_of(first, last))
    }
    asked = work_queries.courses_of(
        project_id=period.project_id, first=first, last=last, until=Day(last, zone).ends
    )  # fmt: skip
    courses = _sums(session, asked)
    entries, changed = _written(session, period, zone, [row.user_id for row in rows])
    found = []
    for row in rows:
        filled, wanted, valid, checked = kept.get(row.user_id, (0, 0, 0, 0))
        shares = {
            COMPLETE: (filled, wanted), VALID: (valid, checked), PROMPT: _pair(talks, row.user_id),
            HEALTHY: (row.healthy, row.open_sales) if day >= first else (0, 0),
        }  # fmt: skip
        found.append(
            Person(
                row.user_id, row.team_id, shares, entries.get(row.user_id, []), frozenset(changed[row.user_id]),
                _pair(courses, row.user_id),
            )
        )  # fmt: skip
    return found


def _sums(session: Session, asked: Rows) -> dict[int, list[int]]:
    return {row[0]: [int(one or 0) for one in row[1:]] for row in session.execute(asked)}


def _pair(found: Mapping[int, Sequence[int]], user_id: int) -> tuple[int, int]:
    part, whole = found.get(user_id, (0, 0))
    return part, whole


def _written(
    session: Session, period: IncentivePeriod, zone: ZoneInfo, people: Collection[int]
) -> tuple[dict[int, list[Entry]], dict[int, set[date]]]:
    """By person: the records that they made, and the days on which they changed some one by one."""
    begins, ends = Day(period.starts_on, zone), Day(period.ends_on, zone).ends
    made: dict[int, list[Entry]] = defaultdict(list)
    changed: dict[int, set[date]] = defaultdict(set)
    asked = work_queries.written_between(first_change_of(session, begins), ends, list(crm_kinds), people)
    for row in session.execute(asked):
        if row.at < begins.begins:
            continue
        on = row.at.astimezone(zone).date()
        is_many = row.source != "web" or row.record_count > MANY_RECORDS
        if row.verb == CREATED:
            made[row.actor_id].append(Entry(row.record_kind, row.record_id, on, BULK if is_many else None))
        elif not is_many:
            changed[row.actor_id].add(on)
    texts, copies = _looked_up(session, [one for entries in made.values() for one in entries])
    return {user_id: judged(entries, texts, copies) for user_id, entries in made.items()}, changed


def judged(entries: Sequence[Entry], texts: Texts, copies: Collection[tuple[str, int]]) -> list[Entry]:
    """The entries of one person, each with the first reason for which it does not count.

    `texts` has nothing of records that are gone; `copies` are those that are a second one of the same author.
    """
    found = []
    seen: Counter[tuple[str, str]] = Counter()
    for one in entries:
        key = (one.kind, one.record_id)
        said = texts.get(key)
        reason = one.left_out
        if reason is None and key in copies:
            reason = DUPLICATE
        elif reason is None and said is None:
            reason = AWAY
        elif reason is None and any(is_placeholder(text) for _field, text in said or ()):
            reason = PLACEHOLDER
        elif reason is None:
            same = [(name, text.strip().lower()) for name, text in said or () if name in ("phone", "email")]
            seen.update(same)
            reason = REPEATED if any(seen[value] > SAME_AT_MOST for value in same) else None
        found.append(replace(one, left_out=reason))
    return found


def is_placeholder(text: str) -> bool:
    """Whether a text only looks filled: a word such as “test”, or a number of one digit, as 000-0000."""
    short = text.strip().lower()
    if not short:
        return False
    digits = [sign for sign in short if sign.isdigit()]
    is_number = not any(sign.isalpha() for sign in short)
    return short in PLACEHOLDERS or (is_number and len(digits) >= LONE_DIGIT and len(set(digits)) == 1)


def _looked_up(session: Session, entries: Sequence[Entry]) -> tuple[Texts, set[tuple[str, int]]]:
    by_kind: dict[str, list[int]] = defaultdict(list)
    for one in entries:
        if one.left_out is None:
            by_kind[one.kind].append(one.record_id)
    texts: dict[tuple[str, int], Sequence[tuple[str, str]]] = {}
    copies: set[tuple[str, int]] = set()
    for kind, ids in by_kind.items():
        model, columns = crm_kinds[kind].entity.model, text_columns(crm_kinds[kind].entity)
        for begin in range(0, len(ids), AT_ONCE):
            part = ids[begin : begin + AT_ONCE]
            for record_id, *values in session.execute(work_queries.still_there(model, part, columns)):
                pairs = zip((column.key for column in columns), values, strict=True)
                texts[kind, record_id] = [(name, value) for name, value in pairs if isinstance(value, str)]
            copies.update((kind, one) for one in session.scalars(work_queries.copies_of_own(kind, model, part)))
    return texts, copies


def text_columns(entity: Entity) -> list[Any]:
    """The texts of a kind that are looked at: its title, telephone and address, and the wanted ones."""
    table = entity.model.__table__.c
    wanted = [column.key for column in WANTED[entity.kind][2]] if entity.kind in WANTED else []
    kinds = {name: field.kind for name, field in entity.fields.items()}
    names = dict.fromkeys([entity.title_field, "phone", "email", *wanted])
    return [
        table[name] for name in names
        if name in table and isinstance(table[name].type, Text) and kinds.get(name) is not Kind.CHOICE
    ]  # fmt: skip
