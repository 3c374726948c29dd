"""Places in a hand-made order: there is always room between two, at the ends, and for many at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implementor.foundation.rank import DIGITS, NoSuchPlace, rank_between, ranks_after

KEYS = st.text(DIGITS, min_size=1, max_size=6).map(lambda text: text.rstrip("0")).filter(bool)


@given(KEYS, KEYS)
def test_there_is_room_between_any_two_places(one: str, other: str) -> None:
    if one == other:
        return
    low, high = sorted((one, other))
    between = rank_between(low, high)
    assert low < between < high
    assert not between.endswith("0")


@given(KEYS)
def test_there_is_room_at_both_ends(key: str) -> None:
    assert key < rank_between(key, None)
    assert rank_between(None, key) < key


@given(st.lists(st.integers(0, 1000), max_size=60))
def test_an_order_kept_by_keys_is_the_order_of_the_moves(moves: list[int]) -> None:
    ranks = ranks_after(None, 5)
    for move in moves:
        place = move % (len(ranks) + 1)
        before = ranks[place - 1] if place else None
        ranks.insert(place, rank_between(before, ranks[place] if place < len(ranks) else None))
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


@pytest.mark.parametrize("count", [0, 1, 35, 36, 1000])
@pytest.mark.parametrize("before", [None, "i", "zzz"])
def test_many_places_come_in_order_behind_one(count: int, before: str | None) -> None:
    made = ranks_after(before, count)
    assert len(set(made)) == count
    assert made == sorted(made)
    assert all(key > (before or "") for key in made)
    assert all(len(key) <= 8 for key in made)


@pytest.mark.parametrize("long", ["i", "z" * 300, "0" * 300 + "1"])
def test_twenty_thousand_put_at_either_end_one_after_the_other_keep_short_keys(long: str) -> None:
    first = last = long
    for _ in range(20_000):
        ahead, behind = rank_between(None, first), rank_between(last, None)
        assert ahead < first
        assert last < behind
        first, last = ahead, behind
    assert max(len(first), len(last)) <= len(long) + 9
    assert first < rank_between(first, last) < last


def test_there_is_room_right_behind_each_of_those_at_an_end() -> None:
    last = "i"
    for _ in range(700):
        low, last = last, rank_between(last, None)
        assert low < rank_between(low, last) < last


@pytest.mark.parametrize(("low", "high"), [("b", "a"), ("a", "a")])
def test_neighbours_in_the_wrong_order_have_no_place_between(low: str, high: str) -> None:
    with pytest.raises(NoSuchPlace):
        rank_between(low, high)
