"""Statements of the pieces of a page are asked as one, and each piece gets the rows that it would get alone."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import BigInteger, Boolean, Text, bindparam, cast, false, literal, null, select, true, union_all
from sqlalchemy.dialects import postgresql, sqlite

from implementor.foundation.asking import Answers, Asking, answered, gathered
from implementor.foundation.model import Asked, Json, Rows, Scaled, UtcMoment
from implementor.foundation.statements import at_most, kept
from implementor.web.database import db
from tests.machinery.statements import counting

MOMENT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
FIRST: Any = bindparam("first", type_=BigInteger())


@kept
def numbers(step: int) -> Rows:
    """Three rows counting down from `first` in steps; the order is against that of the ways they come."""
    counted = [select((FIRST - step * place).label("number")) for place in (2, 0, 1)]
    rows = union_all(*counted).subquery()
    return select(rows.c.number).order_by(rows.c.number.desc()).limit(at_most(3))


@kept
def everything() -> Rows:
    """One row with a value of each type, an empty one among them, and a name twice."""
    columns: dict[str, Any] = {
        "text": literal("á", Text()), "on": literal(date(2026, 3, 2)), "at": literal(MOMENT, UtcMoment()),
        "hours": literal(Decimal("1.25"), Scaled(2)), "share": literal(Decimal("0.1234"), Scaled(4)),
        "yes": true(), "no": false(), "tags": literal(["a", "b"], Json), "none": cast(null(), UtcMoment()),
        "maybe": cast(null(), Boolean()),
    }  # fmt: skip
    return select(*(column.label(name) for name, column in columns.items())).limit(at_most(1))


@kept
def none_at_all() -> Rows:
    """No row."""
    return select(literal("x", Text()).label("text"), literal(1).label("id")).where(false()).limit(at_most(1))


def as_they_are(answers: Answers) -> list[list[tuple[Any, ...]]]:
    """The rows of each statement."""
    return [[tuple(row) for row in rows] for rows in answers]


def asking(*asked: Asked) -> Asking[list[list[tuple[Any, ...]]]]:
    """An asking that makes nothing of the rows."""
    return Asking(asked, as_they_are)


def test_each_gets_its_rows_in_its_order_and_of_its_types_from_one_statement(app: Flask) -> None:
    asked: list[Asked] = [
        (numbers(1), {"first": 9}),
        (everything(), {}),
        (none_at_all(), {}),
        (numbers(3), {"first": 9}),
    ]
    with app.app_context():
        alone = [answered(db.session(), asking(one))[0] for one in asked]
        with counting() as seen:
            together = answered(db.session(), asking(*asked))
        row = answered(db.session(), Asking((asked[1], asked[2]), lambda answers: answers[0][0]))
    assert together == alone
    assert together[0] == [(9,), (8,), (7,)]
    assert together[3] == [(9,), (6,), (3,)]
    assert len([one for one in seen if one != "BEGIN"]) == 1
    assert (row.at, row.hours, row.share, row.yes, row.no) == (MOMENT, Decimal("1.25"), Decimal("0.1234"), True, False)
    assert (row.tags, row.none, row.maybe, row.on) == (["a", "b"], None, None, date(2026, 3, 2))


def test_askings_gathered_make_what_each_makes(app: Flask) -> None:
    one = asking((numbers(1), {"first": 3}))
    two = asking((none_at_all(), {}), (numbers(2), {"first": 3}))
    nothing = asking()
    with app.app_context(), counting() as seen:
        made = answered(db.session(), gathered([one, nothing, two, one]))
    assert made == [[[(3,), (2,), (1,)]], [], [[], [(3,), (1,), (-1,)]], [[(3,), (2,), (1,)]]]
    assert len([one for one in seen if one != "BEGIN"]) == 1


def test_nothing_asked_is_no_statement(app: Flask) -> None:
    with app.app_context(), counting() as seen:
        assert answered(db.session(), gathered([asking(), asking()])) == [[], []]
    assert list(seen) == []


def test_one_name_with_two_values_is_a_mistake_of_the_program(app: Flask) -> None:
    both = asking((numbers(1), {"first": 1}), (numbers(2), {"first": 2}))
    with app.app_context(), pytest.raises(AssertionError, match="two values"):
        answered(db.session(), both)


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=["sqlite", "postgresql"])  # type: ignore[no-untyped-call]
def test_a_limit_is_written_into_its_statement(dialect: Any) -> None:
    written = str(select(literal(1)).limit(at_most(7)).compile(dialect=dialect))
    assert written.splitlines()[1].strip().startswith("LIMIT 7")
