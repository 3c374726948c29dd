"""Times of going live: a forward pass over what waits for what, pushed on by what is late."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from implementor.cutover.models import DONE, FAILED, OPEN, SKIPPED
from implementor.cutover.timing import (
    Timed,
    expected,
    in_order,
    is_late,
    planned,
    read_numbers,
    read_times,
    to_take_back,
    waiting_for,
    write_numbers,
    write_times,
)

START = datetime(2026, 3, 14, 22, 0, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


@some.composite
def plans(draw: some.DrawFn) -> list[Timed]:
    """Plans without circles: each step waits for some of those before it, in numbers shuffled."""
    numbers = draw(some.permutations(range(1, draw(some.integers(1, 7)) + 1)))
    made = []
    for place, number in enumerate(numbers):
        after = tuple(sorted(draw(some.sets(some.sampled_from(numbers[:place])))) if place else ())
        moment = at(draw(some.integers(0, 300))) if place == 0 or draw(some.booleans()) else None
        made.append(Timed(number, after, draw(some.integers(0, 90)), moment))
    return made


@given(steps=plans())
def test_a_step_begins_when_the_last_that_it_waits_for_ends_and_never_before_its_moment(steps: list[Timed]) -> None:
    plan, by_number = planned(steps), {step.number: step for step in steps}
    anchor = min(step.starts_at for step in steps if step.starts_at is not None)

    def longest(number: int) -> datetime:
        step = by_number[number]
        ways = [longest(one) for one in step.after]
        return max([step.starts_at or anchor, *ways]) + timedelta(minutes=step.minutes)

    assert {number: last for number, (_first, last) in plan.items()} == {number: longest(number) for number in plan}
    assert len(plan) == len(steps)
    assert expected(steps, anchor) == plan


@given(steps=plans(), late=some.integers(0, 500))
def test_what_is_late_pushes_on_and_never_pulls_forward(steps: list[Timed], late: int) -> None:
    plan, awaited = planned(steps), expected(steps, at(late))
    assert all(awaited[number][1] >= plan[number][1] for number in plan)


def test_what_runs_too_long_and_what_is_over_move_the_rest() -> None:
    steps = [
        Timed(1, (), 30, START, "done", at(0), at(50)),
        Timed(2, (1,), 20, None, "running", at(50)),
        Timed(3, (2,), 10),
    ]
    plan, awaited = planned(steps), expected(steps, at(80))
    assert (plan[3], awaited[3]) == ((at(50), at(60)), (at(80), at(90)))
    assert [is_late(step, plan, at(51)) for step in steps] == [False, True, True]
    assert waiting_for(steps[2], {step.number: step for step in steps}) == (2,)


def test_a_circle_is_known_and_what_is_not_there_is_waited_for_by_nobody() -> None:
    assert in_order({1: (2,), 2: (1,)}) is None
    assert in_order({1: (1,)}) is None
    assert in_order({3: (1,), 1: (9,), 2: (3,)}) == [1, 3, 2]
    assert not planned([Timed(1, (), 5)])


@given(numbers=some.sets(some.integers(1, 999)), times=some.dictionaries(some.integers(1, 999), some.integers(0, 9999)))
def test_numbers_and_minutes_are_read_as_they_were_written(numbers: set[int], times: dict[int, int]) -> None:
    assert read_numbers(write_numbers(numbers)) == tuple(sorted(numbers))
    assert read_times(write_times(times)) == times
    assert read_numbers("2; 5,5") == (2, 5)
    assert read_numbers("after two") is None


def test_what_was_begun_is_taken_back_the_last_first_even_where_it_was_left_out_later() -> None:
    def step(number: int, state: str, begun: int, ended: int) -> Timed:
        return Timed(number, (), 10, None, state, at(begun), at(ended))

    went = [step(1, DONE, 0, 9), step(2, SKIPPED, 12, 12), step(3, SKIPPED, 13, 20), step(4, FAILED, 21, 30)]
    steps = [*went, Timed(5, (), 10, None, OPEN)]
    assert to_take_back(steps) == [4, 3, 1]
