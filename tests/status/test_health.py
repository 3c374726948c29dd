"""The colours are computed by their stated rules, at the limits and between them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from implementor.status.health import (
    AMBER,
    DIMENSIONS,
    GREEN,
    NOT_MEASURED,
    RED,
    SEVERITY,
    AdoptionFigures,
    Dimension,
    Health,
    Lateness,
    RiskFigures,
    WaveFigures,
    adoption_colour,
    money_colour,
    quality_colour,
    risk_colour,
    scope_colour,
    steady,
    time_colour,
)
from implementor.status.limits import NAMES, USUAL, Limits, faults_of, rule_of

POINTS = some.integers(0, 500).map(Decimal)


def of_points(**points: int) -> WaveFigures:
    return WaveFigures(running=1, **{name: Decimal(value) for name, value in points.items()})


@pytest.mark.parametrize(
    ("added", "removed", "colour"),
    [(0, 0, GREEN), (10, 0, GREEN), (5, 6, AMBER), (0, 20, AMBER), (21, 0, RED), (60, 60, RED)],
)
def test_scope_is_what_came_in_and_left_against_what_was_promised(added: int, removed: int, colour: str) -> None:
    found, sentence = scope_colour(of_points(promised=100, added=added, removed=removed))
    assert found == colour
    assert str(added + removed) in str(sentence)


@pytest.mark.parametrize(
    ("validated", "days", "colour"),
    [(95, 0, GREEN), (94, 0, AMBER), (85, 0, AMBER), (84, 0, RED), (100, 1, AMBER), (100, 14, AMBER), (100, 15, RED),
     (84, 1, RED)],
)  # fmt: skip
def test_time_is_progress_and_days_late_whichever_is_worse(validated: int, days: int, colour: str) -> None:
    late = [Lateness(days, "Sales core")] if days else []
    assert time_colour(of_points(due=100, validated=validated), late, dated=1)[0] == colour


def test_the_latest_thing_is_named_and_a_day_without_lateness_is_green() -> None:
    late = [Lateness(3, "Sales core"), Lateness(9, "ERP interface")]
    assert str(time_colour(WaveFigures(), late, dated=2)[1]) == "ERP interface is 9 days late."
    assert time_colour(WaveFigures(), [], dated=2)[0] == GREEN


@pytest.mark.parametrize(
    ("forecast", "colour", "said"),
    [("90", GREEN, "90"), ("100", GREEN, "100"), ("100.2", AMBER, "1 %"), ("110", AMBER, "10"), ("111", RED, "11")],
)
def test_money_is_the_forecast_against_the_budget(forecast: str, colour: str, said: str) -> None:
    found, sentence = money_colour(Decimal(100), Decimal(forecast))
    assert (found, said in str(sentence)) == (colour, True)


@pytest.mark.parametrize(("passed", "colour"), [(20, GREEN), (19, GREEN), (18, AMBER), (17, AMBER), (16, RED)])
def test_quality_is_the_share_of_user_tests_that_pass(passed: int, colour: str) -> None:
    assert quality_colour(passed, 20)[0] == colour


@pytest.mark.parametrize(
    ("trained", "using", "colour", "said"),
    [(8, 6, GREEN, "6 of 10"), (7, 6, AMBER, "7 of 10"), (8, 5, RED, "5 of 10"), (6, 6, RED, "6 of 10 people are")],
)
def test_adoption_is_the_worse_of_training_and_use_against_the_thresholds(
    trained: int, using: int, colour: str, said: str
) -> None:
    found, sentence = adoption_colour(AdoptionFigures(10, trained, Decimal(8), 10, using, Decimal(6)))
    assert (found, said in str(sentence)) == (colour, True)


@given(people=some.integers(0, 4), trained=some.integers(0, 4))
def test_of_few_people_adoption_tells_nothing(people: int, trained: int) -> None:
    figures = AdoptionFigures(people, min(trained, people), Decimal(people), people, people, Decimal(people))
    colour, sentence = adoption_colour(figures)
    assert (colour, any(letter.isdigit() for letter in str(sentence))) == (NOT_MEASURED, False)


@pytest.mark.parametrize(
    ("figures", "colour"),
    [
        (RiskFigures(recorded=1), GREEN),
        (RiskFigures(recorded=1, severe=1), AMBER),
        (RiskFigures(recorded=1, high_obstacles=1), AMBER),
        (RiskFigures(recorded=1, severe=3, severe_unplanned=1), RED),
        (RiskFigures(critical_obstacles=1), RED),
    ],
)
def test_risk_is_what_stands_in_the_way_and_what_has_no_plan(figures: RiskFigures, colour: str) -> None:
    assert risk_colour(figures)[0] == colour


def test_without_a_source_a_dimension_says_that_it_is_not_measured() -> None:
    found = [
        scope_colour(WaveFigures()), time_colour(WaveFigures(), [], dated=0), money_colour(None, Decimal(5)),
        quality_colour(0, 0), adoption_colour(AdoptionFigures()), risk_colour(RiskFigures()),
        scope_colour(of_points(added=5)),
    ]  # fmt: skip
    assert {colour for colour, _sentence in found} == {NOT_MEASURED}
    assert all(str(sentence) for _colour, sentence in found)


@given(promised=POINTS, added=POINTS, removed=POINTS, more=POINTS)
def test_more_change_is_never_better(promised: Decimal, added: Decimal, removed: Decimal, more: Decimal) -> None:
    before, _ = scope_colour(WaveFigures(promised, added, removed, running=1))
    after, _ = scope_colour(WaveFigures(promised, added + more, removed, running=1))
    assert SEVERITY[after] >= SEVERITY[before]


@given(colours=some.lists(some.sampled_from(list(SEVERITY)), min_size=6, max_size=6))
def test_the_worst_dimension_decides_and_says_why(colours: list[str]) -> None:
    keys = [choice.key for choice in DIMENSIONS]
    made = [Dimension(key, colour, rule_of(key, USUAL)) for key, colour in zip(keys, colours, strict=True)]
    whole = Health(1, tuple(made))
    assert SEVERITY[whole.colour] == max(SEVERITY[colour] for colour in colours)
    assert whole.worst is next(one for one in made if one.colour == whole.colour)
    assert (whole.sentence, whole.of("risk").rule) == (whole.worst.sentence, rule_of("risk", USUAL))


@pytest.mark.parametrize(
    ("before", "last_reading", "reading", "shown"),
    [
        (GREEN, GREEN, RED, RED), (AMBER, AMBER, RED, RED), (RED, RED, RED, RED),
        (RED, RED, GREEN, RED), (RED, AMBER, GREEN, AMBER), (RED, GREEN, GREEN, GREEN), (AMBER, AMBER, GREEN, AMBER),
        (AMBER, GREEN, GREEN, GREEN), (NOT_MEASURED, NOT_MEASURED, GREEN, GREEN),
        (RED, RED, NOT_MEASURED, NOT_MEASURED),
    ],
)  # fmt: skip
def test_a_colour_gets_worse_at_once_and_better_after_two_readings(
    before: str, last_reading: str, reading: str, shown: str
) -> None:
    assert steady(reading, before, last_reading) == shown


def test_a_project_judges_by_its_own_limits_and_the_rule_says_them() -> None:
    strict = Limits(number=1, scope_green=2, scope_amber=5, money_green=5, money_amber=7, quality_green=99, days_late=3)
    assert scope_colour(of_points(promised=100, added=4), strict)[0] == AMBER
    assert money_colour(Decimal(100), Decimal(104), strict)[0] == GREEN
    assert quality_colour(98, 100, strict)[0] == AMBER
    assert time_colour(WaveFigures(), [Lateness(4, "Interface")], dated=1, limits=strict)[0] == RED
    assert "up to 2 per cent on track" in str(rule_of("scope", strict))


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, set()), ({"scope_green": 30}, {"scope_amber"}), ({"time_green": 80}, {"time_amber"}),
        ({"quality_green": 101}, {"quality_green"}), ({"days_late": None}, {"days_late"}),
        ({"money_green": -1}, {"money_green"}), ({"money_green": 10, "money_amber": 10}, set()),
    ],
)  # fmt: skip
def test_limits_that_contradict_each_other_are_refused_by_name(values: dict[str, int | None], wrong: set[str]) -> None:
    assert set(faults_of({**USUAL.values, **values})) == wrong
    assert set(USUAL.values) == set(NAMES)
