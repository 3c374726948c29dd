"""Groups are told so that neither a group nor a difference of what is told is of fewer than five people."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from implementor.foundation.small_groups import FEWEST_PEOPLE, told, told_twice

SIZES = st.dictionaries(st.integers(0, 12), st.integers(0, 40), max_size=10)


@settings(deadline=None)
@given(SIZES)
def test_no_group_and_no_difference_of_what_is_told_is_of_few(sizes: dict[int, int]) -> None:
    found = told(sizes)
    assert sorted((*found.shown, *found.merged)) == sorted(sizes)
    whole = sum(sizes.values())
    assert found.is_whole is (whole == 0 or whole >= FEWEST_PEOPLE)
    if not found.is_whole:
        return
    parts = [sizes[key] for key in found.shown] + ([sum(sizes[key] for key in found.merged)] if found.merged else [])
    told_of = [size for size in parts if size]
    assert all(size >= FEWEST_PEOPLE for size in told_of)
    for count in range(len(told_of) + 1):
        for taken in combinations(told_of, count):
            assert whole - sum(taken) == 0 or whole - sum(taken) >= FEWEST_PEOPLE


def test_a_small_group_takes_the_smallest_other_with_it() -> None:
    found = told({"a": 9, "b": 2, "c": 6, "d": 0})
    assert (found.shown, found.merged, found.is_whole) == (("a", "d"), ("b", "c"), True)
    assert told({"a": 3}).is_whole is False
    assert told({"a": 3, "b": 2}) == told({"a": 3, "b": 2}, 5)
    assert told({"a": 3, "b": 1}, 1).merged == ()


@settings(deadline=None)
@given(SIZES, SIZES)
def test_on_either_of_two_days_no_group_and_no_rest_is_of_few(before: dict[int, int], after: dict[int, int]) -> None:
    found = told_twice(before, after)
    assert sorted((*found.shown, *found.merged)) == sorted({*before, *after})
    if not found.is_whole:
        return
    for sizes in (before, after):
        parts = [sizes.get(key, 0) for key in found.shown] + [sum(sizes.get(key, 0) for key in found.merged)]
        assert all(part == 0 or part >= FEWEST_PEOPLE for part in parts)
        assert sum(parts) == sum(sizes.values())
    is_told = [(before.get(key, 0), after.get(key, 0)) for key in found.shown]
    assert all((one == 0) == (other == 0) for one, other in is_told), "nobody is told apart by coming or going"
