"""What share of a usual week people have in waves to come: offered to the forecast from capacities, never assumed."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from implementor.waves.capacity import TimeToCome, time_to_come
from implementor.waves.capacity_services import ShareWanted, kept_of, write_capacity
from implementor.waves.models import FINISHED
from tests.machinery.statements import counting
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, stories_of, wave_in


@pytest.mark.parametrize(
    ("coming", "past", "share"),
    [
        ([(40, 20)], [(40, 20)], 100),
        ([(10, 20), (20, 20)], [(60, 20)], 25),
        # a wave without people says nothing of anybody
        ([(40, 20), (0, 20)], [(20, 20), (0, 5)], 200),
        ([(40, 0)], [(20, 20)], None),
        ([(40, 20)], [], None),
    ],
)
def test_average_days_are_compared(
    coming: list[tuple[int, int]], past: list[tuple[int, int]], share: int | None
) -> None:
    found = time_to_come(*([(Decimal(days), worked) for days, worked in waves] for waves in (coming, past)))
    assert (found and found.per_cent) == share


def test_next_to_nothing_is_one_per_cent() -> None:
    assert TimeToCome(Decimal("0.001"), Decimal(9)).per_cent == 1


@pytest.fixture
def here(app: Flask) -> Rollout:
    """A finished wave of one whole person and one to come in which they have half a week."""
    made = rollout(app)
    add_wave(made, "Past", [add_story(made)], starts_on=date(2026, 2, 2), ends_on=date(2026, 2, 13))
    add_wave(made, "Next", [add_story(made, "Orders")], starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 15))
    for number, share in ((1, 100), (2, 50)):
        with made.working() as session:
            wave = wave_in(session, made, number)
            if number == 1:
                stories_of(session, [1])[0].status = "live"
                wave.started_at = wave.closed_at = wave.finished_at = START
                wave.stage = FINISHED
            wanted = [ShareWanted(share, user_id=made.member.id)]
            seen = kept_of(session, wave).version
            write_capacity(session, wave, wanted, [], None, seen=seen, by=made.actor(), at=START)
    return made


def test_the_forecast_offers_it_and_assumes_nothing_by_itself(here: Rollout) -> None:
    browser = here.browser(here.viewer)
    with counting() as one:
        page = browser.get(here.url("/waves/forecast"))
    assert "0.5 people are at work in the waves to come, 1 were in the last finished ones: 50 %" in page.text
    assert page.form("#what_if form").value("capacity") == ""
    assumed = page.follow("Assume it")
    assert assumed.form("#what_if form").value("capacity") == "50"
    assert "Assume it" not in assumed.links
    add_wave(here, "Later", starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 12))
    with counting() as two:
        browser.get(here.url("/waves/forecast"))
    assert len(two) == len(one), two.beyond(one)
