"""Counting answers: groups share nobody, have five people or more, and add up to what was answered."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implementor.surveys.models import ELEMENTS
from implementor.surveys.tallying import Reply, barrier_of, tallied

units = st.lists(st.tuples(st.integers(0, 4), st.lists(st.integers(1, 5), min_size=5, max_size=5)), max_size=40)


@given(units)
def test_groups_share_nobody_have_five_and_add_up(answers: list[tuple[int, list[int]]]) -> None:
    elements = {name: number for number, name in enumerate(ELEMENTS)}
    replies = [Reply(unit, dict(enumerate(values))) for unit, values in answers]
    found = tallied(replies, {}, elements)
    if len(replies) < 5:
        assert found == []
        return
    assert all(one.answered >= 5 for one in found)
    assert sum(one.answered for one in found) == len(replies)
    named = [unit for one in found for unit in one.units]
    assert len(named) == len(set(named))
    for question in range(5):
        counted = sum(people * value for one in found for (asked, value), people in one.counts.items()
                      if asked == question)  # fmt: skip
        assert counted == sum(values[question] for _unit, values in answers)
    barriers: Mapping[str, int] = {}
    for one in found:
        barriers = {name: barriers.get(name, 0) + one.barriers.get(name, 0) for name in (*ELEMENTS, "none")}
    assert sum(barriers.values()) == len(replies)


@pytest.mark.parametrize(
    ("values", "expected"),
    [((4, 4, 3, 1, 5), "knowledge"), ((5, 5, 5, 5, 5), "none"), ((3, 1, 1, 1, 1), "awareness"),
     ((4, 4, 4, 4, 2), "reinforcement")],
)  # fmt: skip
def test_the_first_element_at_three_or_below_holds_back(values: tuple[int, ...], expected: str) -> None:
    elements = {name: number for number, name in enumerate(ELEMENTS)}
    assert barrier_of(dict(enumerate(values)), elements) == expected
