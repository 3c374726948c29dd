"""What the pieces of one page ask of the database, put into one statement: each asks little, and asking takes time."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import BigInteger, Enum, Integer, Result, Select, String, Text, cast, literal, null, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType, TypeEngine

from implementor.foundation.model import Asked, Rows
from implementor.foundation.statements import kept

MOST_ASKED = 5_000
"""The limit of statements that have no smaller one; without any, a database need not keep their order."""
Made = TypeVar("Made", covariant=True)
Answers = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Asking(Generic[Made]):
    """Statements that are kept (`kept`), each with an order and a limit, and what is made of the rows of each.

    A name that stands in several of them as `bindparam` has one value in all.
    """

    asked: tuple[Asked, ...]
    made: Callable[[Answers], Made]


def ask(session: Session, statement: Select[Any], values: Mapping[str, Any] | None = None) -> Result[*tuple[Any, ...]]:
    """What a statement that asks for columns alone answers, by the connection itself.

    The session's own way is made for objects and takes 50 µs longer each time, a twentieth of what a page takes.
    """
    if session.autoflush:
        session.flush()
    return session.connection().execute(statement, values or {})


def gathered(askings: Sequence[Asking[Made]]) -> Asking[list[Made]]:
    """Several askings as one; makes what each makes, in their order."""

    def made(answers: Answers) -> list[Made]:
        left = iter(answers)
        return [one.made(list(islice(left, len(one.asked)))) for one in askings]

    return Asking(tuple(asked for one in askings for asked in one.asked), made)


def answered(session: Session, asking: Asking[Made]) -> Made:
    """What is made of the answers, read in one statement however many are asked, and in none where nothing is."""
    if len(asking.asked) < 2:
        return asking.made([ask(session, *asked).all() for asked in asking.asked])
    values: dict[str, Any] = {}
    for _statement, given in asking.asked:
        assert all(values.get(name, value) == value for name, value in given.items()), "one name, two values"
        values.update(given)
    together = _together(tuple(statement for statement, _values in asking.asked))
    answers: list[list[Any]] = [[] for _ in together.shapes]
    for row in ask(session, together.statement, values):
        make, pick = together.shapes[row[0]]
        answers[row[0]].append(make(pick(row)))
    return asking.made(answers)


class _Together(NamedTuple):
    """One statement of several; for each the maker of its rows and what picks them out of the common ones."""

    statement: Any
    shapes: Sequence[tuple[Callable[[Any], Any], Callable[[Any], Any]]]


@kept
def _together(statements: tuple[Rows, ...]) -> _Together:
    """Rows of one width: which statement, then the columns, those of like types shared.

    What comes of each is in its order, since one with a limit is worked off by one process; only whole ones may mix.
    """
    asked = [statement.subquery(f"asked_{number}") for number, statement in enumerate(statements)]
    slots: list[tuple[str, TypeEngine[Any]]] = []
    filled: list[dict[int, Any]] = []
    for one in asked:
        places: dict[int, Any] = {}
        for column in one.c:
            places[_free_slot(slots, column.type, places)] = column
        filled.append(places)
    shapes = []
    for one, places in zip(asked, filled, strict=True):
        row = namedtuple("Row", list(one.c.keys()), rename=True)  # type: ignore[misc]  # each statement has its own
        at = [place + 1 for place in places]
        shapes.append((row._make, itemgetter(*at) if len(at) > 1 else itemgetter(slice(at[0], at[0] + 1))))
    parts = (
        select(
            literal(number, Integer()).label("asked"),
            *(places.get(slot, _nothing(shape)).label(f"slot_{slot}") for slot, (_name, shape) in enumerate(slots)),
        ).select_from(one)
        for number, (one, places) in enumerate(zip(asked, filled, strict=True))
    )
    return _Together(union_all(*parts), shapes)


def _free_slot(slots: list[tuple[str, TypeEngine[Any]]], shape: TypeEngine[Any], taken: dict[int, Any]) -> int:
    """The first slot of this shape that the statement has not filled; a new one where there is none."""
    name, common = _common(shape)
    for slot, (other, _shape) in enumerate(slots):
        if other == name and slot not in taken:
            return slot
    slots.append((name, common))
    return len(slots) - 1


def _common(shape: TypeEngine[Any]) -> tuple[str, TypeEngine[Any]]:
    if isinstance(shape, String) and not isinstance(shape, Enum):
        return "text", Text()
    return ("number", BigInteger()) if isinstance(shape, Integer) else (repr(shape), shape)


def _nothing(shape: TypeEngine[Any]) -> Any:
    return null() if isinstance(shape, NullType) else cast(null(), shape)
