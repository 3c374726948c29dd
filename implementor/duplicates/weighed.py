"""How records of a kind are weighed now, and what another weighing would make of the candidates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from implementor.duplicates import queries
from implementor.duplicates.match_keys import exact_bearers, portraits_of
from implementor.duplicates.own_roles import own_roles
from implementor.duplicates.sameness import Sameness, samenesses
from implementor.duplicates.scoring import SMALL, score_of
from implementor.duplicates.weights import SHIPPED, SMALL_BASE, WEIGHTS, Weighing, is_own

MOST_KNOWN, NEWEST = 5000, 200
Pair = tuple[int, int]


def weighing_of(session: Session, kind: str) -> Weighing:
    """The weighing of a kind that is live, without withdrawn fields; the program's own where nobody changed it."""
    row = session.scalars(queries.weighing_of_kind(kind)).one_or_none()
    if row is None:
        return SHIPPED
    known = own_roles(samenesses[kind]) if kind in samenesses else {}
    factors = {role: percent for role, percent in row.factors.items() if not is_own(role) or role in known}
    return Weighing(factors, row.possible, row.sure)


def roles_of(declared: Sameness) -> list[str]:
    """The roles that tell records of a kind apart, in the order of the table of weights, then one's own fields."""
    told = {role for source in declared.sources for role in source.roles}
    return [*(role for role in WEIGHTS if role in told), *own_roles(declared)]


@dataclass(frozen=True)
class Foreseen:
    """What a weighing would make of `known` candidates (of the likeliest), and of pairs among the `newest` records."""

    known: int
    more: int
    fewer: int
    newest: int
    beyond: int

    @property
    def changes(self) -> int:
        return self.more + self.fewer + self.beyond


def foreseen(session: Session, declared: Sameness, wanted: Weighing) -> Foreseen:
    """What of the candidates known now would be shown, and who of the newest records would come to them.

    Reads at most 5,000 candidates and compares 200 records with those that bear one value exactly; the search that
    follows compares all.
    """
    present = weighing_of(session, declared.kind)
    rows = session.execute(queries.open_scores(declared.kind, limit=MOST_KNOWN)).all()
    known = {(row.left_id, row.right_id) for row in rows}
    was = {(row.left_id, row.right_id) for row in rows if row.score >= present.possible}
    becomes = {(row.left_id, row.right_id) for row in rows if _weighed(wanted, row.parts) >= wanted.possible}
    newest = session.scalars(queries.newest_ids(declared, limit=NEWEST)).all()
    met = _met(session, declared, newest, {*wanted.table, *present.table}) if wanted != present else {}
    is_small = (session.scalar(queries.sample_in_use(declared, limit=SMALL_BASE + 1)) or 0) <= SMALL_BASE
    beyond = [
        pair
        for pair, (one, other) in met.items()
        if pair not in known and score_of(one, other, is_small_base=is_small, weighing=wanted).is_possible
        and not score_of(one, other, is_small_base=is_small, weighing=present).is_possible
    ]  # fmt: skip
    return Foreseen(len(was), len(becomes - was), len(was - becomes), len(newest), len(beyond))


def _weighed(wanted: Weighing, parts: Iterable[Sequence[Any]]) -> int:
    """What a stored score would come to."""
    points = 0
    for role, level, stored in parts:
        points += stored if role == SMALL.role else wanted.table.get(role, {}).get(level, 0)
    return points


def _met(
    session: Session, declared: Sameness, ids: Sequence[int], roles: Iterable[str]
) -> Mapping[Pair, tuple[Any, Any]]:
    """The portraits of pairs that bear a value exactly, one of them among these records."""
    portraits = portraits_of(session, declared, ids, roles=roles)
    bearers = exact_bearers(session, declared.kind, portraits)
    others = {other for found in bearers.values() for other in found} - portraits.keys()
    every = {**portraits, **(portraits_of(session, declared, others, roles=roles) if others else {})}
    return {
        (min(one, other), max(one, other)): (every[min(one, other)], every[max(one, other)])
        for one, found in bearers.items()
        for other in found
    }
