"""Whether a gate may open: colours and readiness for any lines at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implementor.stages.verdicts import Judged, verdict_of

ANY_LINES = st.lists(
    st.builds(
        Judged,
        key=st.uuids().map(str),
        passed=st.booleans(),
        weight=st.integers(1, 9),
        no_go=st.booleans(),
        is_waived=st.booleans(),
    ),
    max_size=12,
)


def line(key: str = "a", **values: object) -> Judged:
    return Judged(key, **{"passed": False, **values})  # type: ignore[arg-type]


@given(ANY_LINES)
def test_red_never_opens_and_amber_only_when_every_failing_line_is_waived(lines: list[Judged]) -> None:
    verdict = verdict_of(lines)
    left = [one for one in lines if not one.passed and (one.no_go or not one.is_waived)]
    assert verdict.failing == tuple(one.key for one in left)
    if any(not one.passed and one.no_go for one in lines) or verdict.readiness < 85:
        assert verdict.colour == "red"
    elif verdict.readiness < 95 or verdict.waived:
        assert verdict.colour == "amber"
    else:
        assert verdict.colour == "green"
    assert verdict.may_open == (verdict.colour == "green" or (verdict.colour == "amber" and not left))


@given(ANY_LINES)
def test_readiness_is_a_share_of_the_weight_and_grows_with_what_passes(lines: list[Judged]) -> None:
    before = verdict_of(lines).readiness
    assert 0 <= before <= 100
    for place, one in enumerate(lines):
        better = [*lines[:place], Judged(one.key, True, one.weight, one.no_go), *lines[place + 1 :]]
        assert verdict_of(better).readiness >= before
    assert verdict_of([Judged(one.key, True, one.weight, one.no_go) for one in lines]).colour == "green"


@given(ANY_LINES)
def test_a_waiver_changes_no_readiness_and_makes_nothing_green(lines: list[Judged]) -> None:
    unwaived = verdict_of([Judged(one.key, one.passed, one.weight, one.no_go) for one in lines])
    verdict = verdict_of(lines)
    assert verdict.readiness == unwaived.readiness
    assert verdict.may_open or not unwaived.may_open
    assert not (verdict.waived and verdict.colour == "green")


@pytest.mark.parametrize(
    ("lines", "colour", "readiness", "may_open"),
    [
        ([], "green", 100, True),
        ([line(passed=True, weight=95), line("b", weight=5)], "green", 95, True),
        ([line(passed=True, weight=94), line("b", weight=6)], "amber", 94, False),
        ([line(passed=True, weight=85), line("b", weight=15)], "amber", 85, False),
        ([line(passed=True, weight=84), line("b", weight=16)], "red", 84, False),
        ([line(passed=True, weight=84), line("b", weight=16, is_waived=True)], "red", 84, False),
        ([line(passed=True, weight=85), line("b", weight=15, is_waived=True)], "amber", 85, True),
        ([line(passed=True, weight=99), line("b", is_waived=True)], "amber", 99, True),
        ([line(passed=True, weight=90), line("b", weight=9, is_waived=True), line("c")], "amber", 90, False),
        ([line(passed=True, weight=99), line("b", no_go=True)], "red", 99, False),
        ([line(passed=True, weight=99), line("b", no_go=True, is_waived=True)], "red", 99, False),
        ([line(passed=True, is_waived=True)], "green", 100, True),
    ],
)
def test_the_limits_are_inclusive_from_below(lines: list[Judged], colour: str, readiness: int, may_open: bool) -> None:
    verdict = verdict_of(lines)
    assert (verdict.colour, verdict.readiness, verdict.may_open) == (colour, Decimal(readiness), may_open)


def test_limits_are_those_of_the_method() -> None:
    lines = [line(passed=True, weight=50), line("b", weight=50)]
    assert verdict_of(lines, red_below=50, green_from=60).colour == "amber"
    assert verdict_of(lines, red_below=40, green_from=50).colour == "green"
