"""The grid of a wave's capacity as people fill it in: what each cell shows, and what was typed, read and checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from implementor.foundation.numbers import read_number, typed_number
from implementor.foundation.text import clean_line, whole_number
from implementor.foundation.words import Phrase, say, speech
from implementor.waves.capacity_models import MOST_HOURS, MOST_PEOPLE
from implementor.waves.capacity_services import USUAL_HOURS, AbsenceWanted, Kept, ShareWanted

LONGEST, MOST_PACE, MOST_DAYS, SPARE = 80, 1000, 366, 2
PERSON, PLACEHOLDER, ABSENCE = "u", "p", "a"
NEW = "new"
"""What stands for the id in the keys of rows that are not kept yet."""
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class GridRow:
    """A row with the texts of its inputs by name; `key` ends those names."""

    key: str
    name: str
    texts: Mapping[str, str]


@dataclass
class Typed:
    """What was typed, as wanted, and what is wrong beside the name of its input."""

    shares: list[ShareWanted] = field(default_factory=list)
    absences: list[AbsenceWanted] = field(default_factory=list)
    rate: Decimal | None = None
    faults: dict[str, Phrase] = field(default_factory=dict)


@dataclass(frozen=True)
class CapacityGrid:
    """The rows of members, of placeholders and of days off, and the stated rate; spare rows wait for more."""

    people: list[GridRow]
    placeholders: list[GridRow]
    absences: list[GridRow]
    rate: str


def grid_of(kept: Kept, members: Sequence[Any]) -> CapacityGrid:
    """What stands, every member of the project with a row; `members` are rows (id, name)."""
    named = {row.id: row.name for row in members}
    of_user = {one.user_id: one for one, _ in kept.shares if one.user_id is not None}
    named |= {one.user_id: name or "" for one, name in kept.shares if one.user_id is not None}
    people = [GridRow(f"u{user_id}", name, _share_texts(of_user.get(user_id))) for user_id, name in named.items()]
    placeholders = [
        GridRow(
            f"p{one.id}", one.label or "", {"label": one.label or "", "people": str(one.people), **_share_texts(one)}
        )
        for one, _ in kept.shares
        if one.user_id is None
    ]
    absences = [
        GridRow(f"a{one.id}", "", {"who": str(one.user_id), "from": one.starts_on.isoformat(),
                                   "to": one.ends_on.isoformat(), "reason": one.reason})
        for one in kept.absences
    ]  # fmt: skip
    rate = kept.rate.points_per_day if kept.rate is not None else None
    return CapacityGrid(
        people,
        placeholders + [GridRow(f"p{NEW}{place}", "", {}) for place in range(SPARE)],
        absences + [GridRow(f"a{NEW}{place}", "", {}) for place in range(SPARE)],
        "" if rate is None else typed_number(rate, speech().language),
    )


def read_grid(sent: Mapping[str, str], grid: CapacityGrid) -> Typed:
    """What was typed into the rows of a grid; rows that are empty are none, and cells that were not sent stay."""
    made = Typed()
    known = {int(row.key[1:]) for row in grid.people}
    for row in (*grid.people, *grid.placeholders):
        _read_share(made, row, sent)
    for row in grid.absences:
        _read_absence(made, row, sent, known)
    made.rate = _number(made, "rate", sent.get("rate", grid.rate), Decimal(0), Decimal(MOST_PACE))
    return made


def _share_texts(one: Any) -> dict[str, str]:
    if one is None:
        return {}
    hours = typed_number(one.hours_per_day, speech().language)
    return {"share": str(one.share), "profile": one.profile, "hours": hours}


def _text_of(row: GridRow, sent: Mapping[str, str]) -> Callable[[str], str]:
    return lambda name: clean_line(sent.get(f"{name}_{row.key}", row.texts.get(name, "")))[:LONGEST]


def _read_share(made: Typed, row: GridRow, sent: Mapping[str, str]) -> None:
    text = _text_of(row, sent)
    is_person = row.key.startswith(PERSON)
    label = "" if is_person else text("label")
    if not text("share") and not label:
        return
    if not is_person and not label:
        made.faults[f"label_{row.key}"] = say("Say what these people do, such as trainer.")
    share = _whole(made, f"share_{row.key}", text("share"), 0, 100)
    people = 1 if is_person or not text("people") else _whole(made, f"people_{row.key}", text("people"), 1, MOST_PEOPLE)
    hours = _number(made, f"hours_{row.key}", text("hours"), Decimal(0), Decimal(MOST_HOURS))
    made.shares.append(
        ShareWanted(
            share=share, profile=text("profile"), hours_per_day=USUAL_HOURS if hours is None else hours,
            user_id=int(row.key[1:]) if is_person else None, label=None if is_person else label, people=people,
            id=None if is_person or NEW in row.key else int(row.key[1:]),
        )
    )  # fmt: skip


def _read_absence(made: Typed, row: GridRow, sent: Mapping[str, str], known: set[int]) -> None:
    text = _text_of(row, sent)
    if not (text("from") or text("to") or text("reason")):
        return
    who = whole_number(text("who"))
    # whoever has left the project keeps the days off that stand already
    if who is None or (who not in known and text("who") != row.texts.get("who")):
        made.faults[f"who_{row.key}"] = say("Choose whose days off these are.")
    first = _day(made, f"from_{row.key}", text("from"))
    last = _day(made, f"to_{row.key}", text("to")) if text("to") else first
    if first is None or last is None:
        return
    if last < first or (last - first).days > MOST_DAYS:
        made.faults[f"to_{row.key}"] = say("The last day comes after the first one, within a year.")
    ident = None if NEW in row.key else int(row.key[1:])
    made.absences.append(AbsenceWanted(who or 0, first, last, text("reason"), ident))


def _whole(made: Typed, name: str, text: str, least: int, most: int) -> int:
    number = whole_number(text)
    if number is None or not least <= number <= most:
        made.faults[name] = say("Write a whole number from %(least)s to %(most)s.", least=least, most=most)
        return least
    return number


def _number(made: Typed, name: str, text: str, least: Decimal, most: Decimal) -> Decimal | None:
    if not text.strip():
        return None
    try:
        number = read_number(text.strip()[:LONGEST], speech().language)
    except (ValueError, ArithmeticError):
        number = Decimal(-1)
    if not number.is_finite() or not least <= number <= most:
        made.faults[name] = say("Write a number from %(least)s to %(most)s.", least=least, most=most)
        return None
    return number


def _day(made: Typed, name: str, text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if EARLIEST <= day <= LATEST:
        return day
    made.faults[name] = say("This is not a day.")
    return None
