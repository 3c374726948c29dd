"""Formulas and definitions as text: what is read, what is refused, and that nothing of Python gets in."""

from datetime import date
from decimal import Decimal

import pytest

from implementor.foundation.errors import Refusal
from implementor.metrics.definition_json import as_json, definition_from
from implementor.metrics.definitions import BadDefinition, Formula, Manual, Named, Query, Ratio, Window
from implementor.metrics.expressions import cycle_of, in_order, read_expression
from implementor.metrics.windows import days_of, said_from

KNOWN = {"won": Decimal(3), "lost": Decimal(1), "none": None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("won / (won + lost) * 100", Decimal(75)),
        ("-won + +lost", Decimal(-2)),
        ("0.1 + 0.2", Decimal("0.3")),
        ("2 * won - 10 / 4", Decimal("3.5")),
    ],
)
def test_a_formula_is_computed_exactly(text: str, value: Decimal) -> None:
    assert read_expression(text).value(KNOWN) == value


@pytest.mark.parametrize(
    "text",
    [
        "", "won won", "won ** 2", "won // 2", "won % 2", "f(won)", "won.value", "won[0]", "[won]", "won if won else 1",
        "won < lost", "'a'", "1e400", "0x10", "1_000", "True", "lambda: won", "won := 1", "won, lost", "0,5",
        "(" * 300 + "won" + ")" * 300, "1j", "...", "{}", "__import__('os').system('true')", "won\nlost",
    ],
)  # fmt: skip
def test_nothing_else_is_a_formula(text: str) -> None:
    with pytest.raises(Refusal):
        read_expression(text)


@pytest.mark.parametrize(
    ("text", "why"), [("won / (lost - 1)", "is zero"), ("won + none", "none has no value"), ("won + gone", "gone has")]
)
def test_a_formula_without_a_value_says_why(text: str, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_expression(text).value(KNOWN)
    assert why in str(refused.value.reason)


def test_rings_are_named_and_the_rest_put_in_order() -> None:
    assert cycle_of({"a": ("b",), "b": ("c",), "c": ()}) == ()
    ring = cycle_of({"a": ("b",), "b": ("c",), "c": ("a",), "d": ("a",)})
    assert set(ring) == {"a", "b", "c"}
    assert ring[0] == ring[-1]
    assert cycle_of({"a": ("a",)}) == ("a", "a")
    assert in_order({"a": ("b",), "b": ("c",)}) == ["c", "b", "a"]


ROLLING, LAST = Window("rolling", "closed_at", 90), Window("last_quarter", "closed_at")
SINCE = Window("since", "opened_at", since=date(2026, 1, 1))
KEPT = [
    Manual(), Formula("won / lost"), Named("win_rate", ROLLING, {"owner": ("3",)}),
    Query("case", "median", between=("opened_at", "resolved_at"), window=SINCE),
    Ratio(Query("order", "sum", "total"), Query("lead", "distinct", "source", filters={"stage": ("sql", "none")})),
    Query("opportunity", "percentile", "amount", percentile=90, group_by="owner", window=LAST),
]  # fmt: skip


@pytest.mark.parametrize("definition", KEPT)
def test_a_definition_is_read_back_as_it_was(definition: object) -> None:
    assert definition_from(as_json(definition)) == definition  # type: ignore[arg-type]  # one of the kinds above


@pytest.mark.parametrize(
    "kept",
    [
        {}, {"schema": 2, "how": "manual"}, {"schema": 1, "how": "sql"}, {"schema": 1, "how": "manual", "sql": "x"}, [],
        {"schema": 1, "how": "query", "query": {"entity": "case", "where": "1=1"}},
        {"schema": 1, "how": "query", "query": {"entity": "case", "aggregate": "sum"}},
        {"schema": 1, "how": "query", "query": {"entity": "case", "aggregate": "share"}},
        {"schema": 1, "how": "query", "query": {"entity": "case", "aggregate": "percentile", "field": "x"}},
        {"schema": 1, "how": "query", "query": {"entity": "case", "window": {"kind": "rolling", "by": "x", "days": 0}}},
        {"schema": 1, "how": "query", "query": {"entity": "case", "filters": {"a": "b"}}},
        {"schema": 1, "how": "formula", "expression": " "},
    ],
)  # fmt: skip
def test_nothing_unknown_and_nothing_half_is_read(kept: object) -> None:
    with pytest.raises(BadDefinition):
        definition_from(kept)


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        ("month", date(2026, 2, 1), date(2026, 2, 28)), ("last_month", date(2026, 1, 1), date(2026, 1, 31)),
        ("quarter", date(2026, 1, 1), date(2026, 3, 31)), ("last_quarter", date(2025, 10, 1), date(2025, 12, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)), ("last_year", date(2025, 1, 1), date(2025, 12, 31)),
        ("all", None, None),
    ],
)  # fmt: skip
def test_periods_are_whole(kind: str, first: date | None, last: date | None) -> None:
    assert days_of(Window(kind, "at"), date(2026, 2, 10)) == (first, last)


def test_days_are_said_from_the_day_of_measuring_on() -> None:
    on = date(2026, 3, 2)
    assert said_from("today-7..today", on) == "2026-02-23..2026-03-02"
    assert said_from("..today+1", on) == "..2026-03-03"
    assert said_from("todays news", on) == "todays news"
    assert days_of(Window("rolling", "at", 7), on) == (date(2026, 2, 24), on)


@pytest.mark.parametrize("text", ["1+" * 700 + "1", "-" * 700 + "1", "(" * 150 + "1" + ")" * 150 + "+1" * 400])
def test_a_formula_too_long_to_compute_is_refused_when_it_is_read(text: str) -> None:
    with pytest.raises(Refusal, match="formula"):
        read_expression(text)


def test_the_longest_formula_is_computed() -> None:
    assert read_expression("1+" * 150 + "1").value({}) == 151
