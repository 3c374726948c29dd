"""What pages show of how people begin: groups that share nobody, small ones together, and one person's records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from implementor.adoption import first_queries
from implementor.adoption.firsts import Beginning, Pace, by_group, pace
from implementor.foundation.permissions import Actor
from implementor.foundation.records import kinds
from implementor.foundation.small_groups import FEWEST_PEOPLE, told


@dataclass(frozen=True)
class Paced:
    """A group with the middle of its days; `ids` are its audiences, several where they are told only together."""

    ids: tuple[int, ...]
    to_first: Pace
    to_tenth: Pace


@dataclass(frozen=True)
class Beginners:
    """Everybody and each audience; `whole` is None where too few people are known to tell anything of them."""

    whole: Paced | None
    groups: Sequence[Paced]
    names: Mapping[int, str]
    people: Mapping[int, Sequence[tuple[Beginning, str]]]
    """By audience, with their names, for those entitled; empty for others."""


def beginners_of(session: Session, project_id: int, day: date, *, named: bool) -> Beginners:
    """How the people of the company begin, by the audiences of a project; nobody counts twice."""
    rows = session.execute(first_queries.beginnings_on(day)).all()
    names: dict[int, str] = {}
    members: dict[int, list[int]] = defaultdict(list)
    for row in session.execute(first_queries.audience_people(project_id=project_id)):
        names[row.id] = row.name
        members[row.id].append(row.user_id)
    groups = by_group(map(beginning_of, rows), members)
    who = {row.user_id: row.name for row in rows}
    sizes = {one: len(groups[one]) for one in (*names, 0) if one in groups}
    fewest = 1 if named else FEWEST_PEOPLE
    shares = told(sizes, fewest)
    if len(rows) < fewest or not shares.is_whole:
        return Beginners(None, (), names, {})
    lines = [_paced((one,), groups[one]) for one in shares.shown]
    if shares.merged:
        lines.append(_paced(shares.merged, [one for key in shares.merged for one in groups[key]]))
    people = {key: [(one, who[one.user_id]) for one in found] for key, found in groups.items()} if named else {}
    return Beginners(_paced((), [one for found in groups.values() for one in found]), lines, names, people)


def beginning_of(row: Any) -> Beginning:
    """The facts of one person on a day."""
    return Beginning(row.user_id, row.started_on, row.correct or 0, row.first_on, row.tenth_on)


def _paced(ids: tuple[int, ...], people: Sequence[Beginning]) -> Paced:
    return Paced(ids, pace([one.to_first for one in people]), pace([one.to_tenth for one in people]))


@dataclass(frozen=True)
class First:
    """One of the first correct records of somebody; `record` has its title and page where the reader may see it."""

    kind: str
    correct_on: date
    record: Any


def first_records(session: Session, user_id: int, actor: Actor) -> list[First]:
    """The first ten correct records of somebody, as the reader may see them."""
    rows = session.execute(first_queries.correct_records_of(user_id)).all()
    seen = _seen(session, ((row.kind, row.record_id) for row in rows), actor)
    return [First(row.kind, row.correct_on, seen.get((row.kind, row.record_id))) for row in rows]


def _seen(session: Session, named: Iterable[tuple[str, int]], actor: Actor) -> dict[tuple[str, int], Any]:
    ids: dict[str, list[int]] = defaultdict(list)
    for kind, record_id in named:
        ids[kind].append(record_id)
    return {
        (kind, row.id): row for kind, some in ids.items()
        for row in session.execute(kinds[kind].visible(actor, some))
    }  # fmt: skip
