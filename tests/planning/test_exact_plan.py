"""The exact plan is what trying everything finds, never less than the greedy one, and says what cannot be."""

import json

from hypothesis import given, settings

from implementor.planning.greedy import greedy_plan
from implementor.planning.optimum import exact_plan
from implementor.planning.problem import Problem, as_json, cycles, faults, problem_from, score
from implementor.planning.reasons import reasons
from tests.planning.builders import best_by_trying, large, problem, problems, story


@given(problems())
@settings(max_examples=60, deadline=None)
def test_it_equals_trying_everything_and_is_never_below_greedy(wanted: Problem) -> None:
    made, quick = exact_plan(wanted), greedy_plan(wanted)
    assert faults(wanted, made.plan) == faults(wanted, quick) == []
    assert made.is_proved
    assert score(wanted, made.plan) == best_by_trying(wanted) >= score(wanted, quick)
    assert made.worth == made.bound == score(wanted, made.plan)[2]
    assert reasons(wanted, made.plan).keys() == {one.id for one in wanted.candidates} - made.plan.keys()
    complete = set(wanted.required) <= made.plan.keys()
    assert bool(made.too_large or made.conflict) != complete


@given(problems(most=5))
@settings(max_examples=25, deadline=None)
def test_a_conflict_is_least(wanted: Problem) -> None:
    made = exact_plan(wanted)

    def all_in(numbers: tuple[int, ...]) -> bool:
        """Whether these can all be required together, and nothing else is."""
        stories = [
            story(one.id, one.value, None if one.takes is None else one.points // 100, needs=one.needs, only=one.only,
                  hours={key[8:]: held // 100 for key, held in (one.takes or {}).items() if key != "points"},
                  barred_by=one.barred_by, standing="must" if one.id in numbers else
                  one.standing if one.standing in ("out", "wont") else "free")
            for one in wanted.candidates
        ]  # fmt: skip
        return best_by_trying(Problem(tuple(stories), wanted.rooms))[1] == len(numbers)

    assert all(not all_in((number,)) for number in made.too_large)
    if made.conflict:
        assert not all_in(made.conflict)
        assert all(all_in(tuple({*made.conflict} - {left})) for left in made.conflict)


def test_equal_input_gives_an_equal_plan_and_the_higher_rank_wins() -> None:
    wanted = large(120)
    again = problem_from(json.loads(json.dumps(as_json(wanted))))
    assert again.fingerprint == wanted.fingerprint
    assert exact_plan(wanted) == exact_plan(again)
    twins = problem([story(number, 10, 5) for number in (4, 2, 9)], 10)
    assert exact_plan(twins).plan == greedy_plan(twins) == {4: 0, 2: 0}


def test_must_haves_that_cannot_fit_are_named_and_the_rest_is_planned() -> None:
    stories = [
        story(1, 5, 30, standing="must"), story(2, 5, 8, standing="must"), story(3, 5, 9, standing="must"),
        story(4, 5, 1, standing="must"), story(5, 90, 3),
    ]  # fmt: skip
    made = exact_plan(problem(stories, 12))
    assert (made.too_large, made.conflict, made.is_proved) == ((1,), (2, 3), True)
    assert made.plan == {2: 0, 4: 0, 5: 0}
    assert made.bound == made.worth == 1000


def test_what_a_story_waits_for_comes_with_it_or_earlier() -> None:
    stories = [story(1, 1, 5), story(2, 50, 5, needs=(1,)), story(3, 40, 5)]
    assert exact_plan(problem(stories, 5)).plan == {3: 0}
    assert exact_plan(problem(stories, 10)).plan == {1: 0, 2: 0}
    assert exact_plan(problem(stories, 5, 10)).plan in ({1: 0, 2: 1, 3: 1}, {3: 0, 1: 1, 2: 1})
    ring = problem([story(1, 9, 4, needs=(2,)), story(2, 9, 4, needs=(1,)), story(3, 9, 5)], 7)
    assert (cycles(ring), exact_plan(ring).plan) == ([(1, 2)], {3: 0})


def test_no_room_and_no_limit_are_different() -> None:
    stories = [story(1, 9, 4), story(2, 9, 4, hours={"analyst": 9}), story(3, 9, None), story(4, 9, 0)]
    assert exact_plan(problem(stories, 0)).plan == {4: 0}
    assert exact_plan(problem(stories, None)).plan == {1: 0, 2: 0, 4: 0}
    assert exact_plan(problem(stories, None, analyst=8)).plan == {1: 0, 4: 0}


def test_each_story_that_is_left_out_has_its_reason() -> None:
    stories = [
        story(1, 60, 6), story(2, 50, 7), story(3, 50, None), story(4, 50, 2, standing="out"),
        story(5, 50, 2, standing="wont"), story(6, 50, 2, needs=(3,)), story(7, 50, 2, barred_by=(77,)),
        story(8, 50, 20), story(9, 0, 1), story(10, 1, 4), story(11, 30, 2, hours={"trainer": 9}), story(12, 40, 4),
    ]  # fmt: skip
    wanted = problem(stories, 10, trainer=5)
    made = exact_plan(wanted)
    found = reasons(wanted, made.plan)
    assert made.plan == {1: 0, 12: 0}
    assert {number: reason.kind for number, reason in found.items()} == {
        2: "lower", 3: "no_estimate", 4: "pinned_out", 5: "will_not", 6: "waits", 7: "too_late",
        8: "too_large", 9: "no_value", 10: "lower", 11: "too_large",
    }  # fmt: skip
    assert (found[6].others, found[7].others) == ((3,), (77,))
    assert (found[11].resource, found[11].wanted, found[11].left) == ("profile:trainer", 900, 500)
    tight = problem([story(1, 40, 4), story(2, 70, 7, standing="must"), story(3, 90, 5)], 8)
    assert reasons(tight, exact_plan(tight).plan)[3].kind == "no_room"
