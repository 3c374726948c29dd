"""The adoption index by hand and by its properties, and what the history counts for."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from implementor.adoption.counting import MANY_RECORDS, Work, Written, counted
from implementor.adoption.formula import BOUNDS, PARTS, WHOLE, Facts, Terms, faults_of, judged

MADRID = ZoneInfo("Europe/Madrid")
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
COUNTS = st.integers(0, 500)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    people = draw(st.integers(1, 30))
    pairs = [sorted((draw(COUNTS), draw(COUNTS))) for _ in range(4)]
    days = [draw(st.integers(0, 28 * people)) for _ in range(2)]
    (on_time, entered), (filled, wanted), (valid, checked), (healthy, sales) = pairs
    return Facts(people, days[0], days[1], entered, on_time, wanted, filled, checked, valid, sales, healthy)


def by_hand(known: Facts, terms: Terms) -> Fraction | None:
    """The same in fractions, written from the description of the formula."""

    def mean(*values: Fraction | None) -> Fraction | None:
        some = [value for value in values if value is not None]
        return sum(some, Fraction(0)) / len(some) if some else None

    def of(part: int, whole: int, target: int) -> Fraction | None:
        return min(Fraction(100 * part, whole * target), Fraction(1)) if whole else None

    def days(count: int, target: int) -> Fraction:
        return min(Fraction(count, known.people * target), Fraction(1))

    kept = (of(known.filled, known.wanted, terms.complete), of(known.valid, known.checked, terms.valid))
    written = (days(known.writing, terms.writing_days), of(known.on_time, known.entered, terms.prompt))
    parts = [
        (terms.access, days(known.present, terms.present_days)), (terms.process, mean(*written)),
        (terms.quality, mean(*kept)),
        (terms.outcome, of(known.healthy, known.open_sales, terms.healthy)),
    ]  # fmt: skip
    some = [(weight, value) for weight, value in parts if value is not None]
    total = sum(weight for weight, _ in some)
    return sum((weight * value for weight, value in some), Fraction(0)) / total if total else None


@settings(deadline=None)
@given(facts())
def test_the_index_is_what_its_description_says(known: Facts) -> None:
    expected = by_hand(known, Terms())
    found = judged(known, Terms())
    assert set(found.parts) == set(PARTS)
    assert (found.index is None) == (expected is None)
    assert expected is None or abs(Fraction(found.index or 0, WHOLE) - expected) <= Fraction(1, WHOLE)
    assert all(part is None or 0 <= part <= WHOLE for part in (*found.parts.values(), found.index))


@settings(deadline=None)
@given(facts(), st.sampled_from(["writing", "on_time", "filled", "valid", "healthy"]))
def test_nobody_falls_by_doing_better(known: Facts, what: str) -> None:
    wholes = {"writing": 28 * known.people, "on_time": known.entered, "filled": known.wanted, "valid": known.checked,
              "healthy": known.open_sales}  # fmt: skip
    better = replace(known, **{what: min(getattr(known, what) + 1, wholes[what])})
    assert (judged(better, Terms()).index or 0) >= (judged(known, Terms()).index or 0)


@pytest.mark.parametrize("name", [one.name for one in fields(Terms)])
def test_numbers_out_of_their_bounds_are_refused_by_name(name: str) -> None:
    for value in (BOUNDS[name][0] - 1, BOUNDS[name][1] + 1):
        assert name in faults_of(replace(Terms(), **{name: value}))


def test_weights_make_a_hundred() -> None:
    assert faults_of(Terms()) == {}
    assert "95 %" in str(faults_of(Terms(access=10))["access"])


def change(**given: object) -> Written:
    usual = {"action_id": 1, "user_id": 7, "records": 1, "kind": "account", "verb": "created", "at": NOON}
    return Written(**{**usual, **given})  # type: ignore[arg-type]


def test_what_is_written_counts_by_person_day_and_kind() -> None:
    late, night = NOON - timedelta(days=3), datetime(2026, 5, 4, 22, 30, tzinfo=UTC)
    found = counted(
        [change(), change(verb="changed"), change(at=night), change(kind="interaction", about=NOON),
         change(kind="interaction", about=late)], MADRID, 2,
    )  # fmt: skip
    today = date(2026, 5, 4)
    assert found[7, today, "account"] == Work(created=1, changed=1)
    assert found[7, date(2026, 5, 5), "account"] == Work(created=1)
    assert found[7, today, "interaction"] == Work(created=2, entered=2, on_time=1)


def test_many_records_at_once_count_as_one_write() -> None:
    bulk = [change(action_id=9, records=MANY_RECORDS + 1, verb="changed") for _ in range(MANY_RECORDS + 1)]
    assert counted(bulk, MADRID, 2) == {(7, date(2026, 5, 4), "account"): Work(changed=1)}
    few = [change(action_id=9, records=MANY_RECORDS, verb="changed") for _ in range(MANY_RECORDS)]
    assert counted(few, MADRID, 2) == {(7, date(2026, 5, 4), "account"): Work(changed=MANY_RECORDS)}
