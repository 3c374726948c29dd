"""What a plan keeps of dependencies, what a move would break, and rings of stories that wait for each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implementor.planning.dependencies import End, Link, Place, broken_by, cycles_in, lights_of

FIRST, SECOND = Place("a", 1, 1, "First"), Place("b", 2, 2, "Second")


def end(story: int, place: Place | None = None, *, is_done: bool = False) -> End:
    return End(story, story, f"Story {story}", place, is_done)


@pytest.mark.parametrize(
    ("blocked", "blocker", "is_kept"),
    [
        (end(1, SECOND), end(2, FIRST), True),
        (end(1, FIRST), end(2, FIRST), True),
        (end(1, FIRST), end(2, SECOND), False),
        (end(1, FIRST), end(2), False),
        (end(1), end(2), True),
        (end(1, FIRST), end(2, is_done=True), True),
        (end(1, FIRST, is_done=True), end(2), True),
    ],
)
def test_a_story_comes_with_what_it_waits_for_or_after_it(blocked: End, blocker: End, is_kept: bool) -> None:
    assert Link(blocked, blocker).is_kept is is_kept


def test_a_move_says_what_it_newly_breaks_in_either_direction() -> None:
    links = [Link(end(1, SECOND), end(2, FIRST)), Link(end(3, FIRST), end(1, SECOND))]
    assert broken_by(links, {1}, FIRST) == []
    assert [link.blocker.id for link in broken_by(links, {2}, None)] == [2]
    assert [link.blocker.id for link in broken_by([Link(end(1), end(2))], {1}, FIRST)] == [2]
    assert broken_by([Link(end(1), end(2))], {1, 2}, FIRST) == [], "both go together"
    assert broken_by([links[1]], {1}, None) == [], "it was broken before"


def test_lights_are_of_stories_that_wait_as_if_they_were_in_the_wave() -> None:
    links = [Link(end(1), end(2, SECOND)), Link(end(3), end(4, FIRST))]
    lights = lights_of(links, {1, 2, 3}, FIRST)
    assert {story: [link.blocker.id for link in found] for story, found in lights.items()} == {1: [2], 3: []}


def test_rings_are_named_from_their_lowest_number() -> None:
    links = [Link(end(3), end(1)), Link(end(1), end(2)), Link(end(2), end(3)), Link(end(9), end(1))]
    assert [[one.number for one in ring] for ring in cycles_in(links)] == [[1, 2, 3]]
    chain = [Link(end(number), end(number + 1)) for number in range(3000)]
    assert cycles_in(chain) == []


@given(st.sets(st.tuples(st.integers(1, 7), st.integers(1, 7)).filter(lambda pair: pair[0] != pair[1]), max_size=12))
def test_a_ring_is_found_exactly_where_following_the_arrows_comes_back(pairs: set[tuple[int, int]]) -> None:
    reached = {(one, other) for one, other in pairs}
    for _ in range(7):
        reached |= {(one, last) for one, other in reached for again, last in pairs if other == again}
    rings = cycles_in([Link(end(one), end(other)) for one, other in sorted(pairs)])
    assert bool(rings) == any(one == other for one, other in reached)
    for ring in rings:
        steps = zip(ring, [*ring[1:], ring[0]], strict=True)
        assert all((one.id, other.id) in pairs for one, other in steps)
