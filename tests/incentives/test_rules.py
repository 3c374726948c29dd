"""What rules give: quality never costs points, bulk never gains, and awards go to all who are due them."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from implementor.incentives.announcing import tell
from implementor.incentives.reading import is_placeholder, judged
from implementor.incentives.rules import (
    AWAY,
    BULK,
    COUNTS,
    DUPLICATE,
    FIGURES,
    PLACEHOLDER,
    REPEATED,
    SHARES,
    Entry,
    Person,
    Rule,
    all_earned,
    awarded,
    earned,
)

DAY = date(2026, 3, 2)
RULE = Rule(1, "Rule", "records", 2, cap=30, complete=80, valid=90)
percents = st.none() | st.integers(1, 100)
rules = st.builds(
    Rule, id=st.just(1), name=st.just("Rule"), figure=st.sampled_from(FIGURES), points=st.integers(1, 50),
    target=percents, cap=st.none() | st.integers(1, 100), complete=percents, valid=percents,
)  # fmt: skip
shares = st.integers(0, 40).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
entries = st.lists(
    st.builds(Entry, kind=st.just("lead"), record_id=st.integers(1, 99), on=st.dates(DAY, date(2026, 3, 20)),
              left_out=st.sampled_from([None, None, BULK, PLACEHOLDER])),
    max_size=14,
)  # fmt: skip
people = st.builds(
    Person, user_id=st.just(1), shares=st.fixed_dictionaries(dict.fromkeys(SHARES, shares)), entries=entries,
    changed_on=st.frozensets(st.dates(DAY, date(2026, 3, 20)), max_size=3), trained=shares,
)  # fmt: skip


def points(rule: Rule, person: Person) -> int:
    """What a rule gives."""
    return earned(rule, person).points


@given(rules, people, st.sampled_from(SHARES))
def test_more_quality_never_loses_points(rule: Rule, person: Person, name: str) -> None:
    part, whole = person.shares[name]
    better = replace(person, shares={**person.shares, name: (min(part + 1, whole), whole)})
    assert points(rule, better) >= points(rule, person)


@given(rules, people, entries)
def test_bulk_entries_never_gain_and_single_ones_never_cost(rule: Rule, person: Person, more: list[Entry]) -> None:
    bulk = [replace(one, left_out=BULK) for one in more]
    assert points(rule, replace(person, entries=[*person.entries, *bulk])) == points(rule, person)
    assert points(rule, replace(person, entries=[*person.entries, *more])) >= points(rule, person)


@given(rules, people)
def test_counts_give_nothing_below_a_floor_and_nothing_goes_over_its_cap(rule: Rule, person: Person) -> None:
    found = earned(rule, person)
    part, whole = person.shares["complete"]
    if rule.complete is not None and part * 100 < rule.complete * max(whole, 1):
        assert (found.points, found.why) == (0, "floor")
    assert 0 <= found.points <= max(rule.cap or 10**6, rule.points)
    assert sum(one.points for one in all_earned([rule, rule], person)) == 2 * found.points


def test_each_figure_gives_what_it_says() -> None:
    many = [Entry("lead", number, DAY) for number in range(12)]
    here = Person(1, shares={"complete": (8, 10), "valid": (9, 10), "prompt": (4, 4)}, entries=many, trained=(2, 2))
    expected = {"records": 24, "days": 2, "first_ten": 2, "trained": 2, "complete": 2, "valid": 2, "prompt": 0}
    assert {one: points(replace(RULE, figure=one, target=80), here) for one in expected} == expected
    assert earned(replace(RULE, figure="prompt", target=80), here).why == "few"
    assert points(replace(RULE, complete=81), here) == 0
    assert points(replace(RULE, cap=5), here) == 5
    nine = replace(here, entries=[*many[:9], *(replace(one, left_out=DUPLICATE) for one in many)])
    assert [points(replace(RULE, figure=one), nine) for one in COUNTS] == [18, 2, 0]
    assert nine.left_out == {DUPLICATE: 12}


def test_every_entry_is_judged_by_what_it_says() -> None:
    said = {
        1: [("name", "Acme"), ("phone", "+57 300 1112233")], 2: [("name", " TEST ")], 3: [("phone", "000-0000")],
        5: [("name", "Acme"), ("phone", "+57 300 1112233")], 6: [("phone", "+57 300 1112233")], 7: [("name", "Acme")],
    }  # fmt: skip
    made = [Entry("lead", number, DAY, BULK if number == 8 else None) for number in range(1, 9)]
    found = judged(made, {("lead", number): texts for number, texts in said.items()}, {("lead", 7)})
    assert [one.left_out for one in found] == [None, PLACEHOLDER, PLACEHOLDER, AWAY, None, REPEATED, DUPLICATE, BULK]
    assert not any(map(is_placeholder, ("", "  ", "+57 300 1112233", "Testa", "11", "Ánimo")))


def test_awards_go_to_all_who_reach_them_and_to_equals_of_the_last() -> None:
    count = {"ana": 30, "bea": 20, "carl": 20, "dan": 0}
    assert awarded(count, "points", 20) == {"ana", "bea", "carl"}
    assert awarded(count, "first", 2) == {"ana", "bea", "carl"}
    assert awarded(count, "first", 1) == {"ana"}
    assert awarded(count, "first", 9) == {"ana", "bea", "carl"}
    assert awarded({"dan": 0}, "first", 1) == awarded({}, "first", 1) == set()


def test_only_who_agreed_is_named_and_few_others_are_not_counted() -> None:
    class Row:
        """An award as it is read."""

        def __init__(self, agreed: bool, team: str | None = None) -> None:
            self.IncentiveAward: Any = type(
                "Award", (), {"user_id": None if team else 1, "team_id": 1 if team else None}
            )
            self.name, self.team, self.agreed_at = "Ana", team, DAY if agreed else None

    found = tell([Row(True), *[Row(False)] * 3], unnamed=9)
    assert (found.names, found.others, found.some) == (["Ana"], None, True)
    assert tell([Row(False)] * 6, unnamed=9).others == 6
    few = tell([Row(False)] * 3, unnamed=4)
    assert (few.names, few.others, few.some) == ([], None, False), "with so few, even that there are some says too much"
    assert tell([Row(False, "North")], unnamed=9).teams == ["North"]
