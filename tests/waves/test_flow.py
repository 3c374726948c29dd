"""Flow is what the facts say, recomputed here in another way; its page opens what it counts."""

from datetime import UTC, date, datetime, timedelta

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.stories.models import Story
from implementor.waves import services
from implementor.waves.flow import BANDS, Move, age_of, band_of, cumulative_flow, cycle_of, percentile, time_in_status
from implementor.waves.flow_reading import flow_of
from implementor.waves.scope import put_in_wave, take_out
from tests.auth.builders import reading
from tests.machinery.statements import counting
from tests.waves.builders import Rollout, add_story, add_wave, rollout, stories_of, wave_in

NOW = datetime.now(UTC).replace(microsecond=0)
FIRST = date(2026, 3, 2)
STATUSES = ["idea", "planned", "doing", "review", "validated", "live", "dropped"]
STEPS = st.lists(st.tuples(st.integers(0, 20 * 24), st.sampled_from(STATUSES)), min_size=1, max_size=8)

# the first draw of a run takes seconds on a busy machine, which says nothing about the rule
patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


def life_of(steps: list[tuple[int, str]], story_id: int = 1) -> list[Move]:
    """Facts that follow each other, as listeners write them."""
    moves: list[Move] = []
    before: str | None = None
    for hours, status in sorted(steps, key=lambda step: step[0]):
        if status != before:
            moves.append(Move(story_id, before, status, datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=hours)))
            before = status
    return moves


def status_at(life: list[Move], end: datetime) -> str | None:
    """What the story was at a moment."""
    earlier = [move.after for move in life if move.at < end]
    return earlier[-1] if earlier else None


@patient
@given(st.lists(STEPS, min_size=1, max_size=5), st.integers(0, 10))
def test_each_day_holds_as_many_as_replaying_every_story_gives(
    all_steps: list[list[tuple[int, str]]], skip: int
) -> None:
    all_lives = [life_of(steps, number) for number, steps in enumerate(all_steps)]
    present: dict[str, int] = {}
    for life in all_lives:
        present[str(life[-1].after)] = present.get(str(life[-1].after), 0) + 1
    first, last = FIRST + timedelta(days=skip), FIRST + timedelta(days=21)
    known = [move for life in all_lives for move in life if move.at.date() >= first]
    found = cumulative_flow(known, present, first=first, last=last, zone=UTC)
    assert [day for day, _counts in found] == [
        first + timedelta(days=place) for place in range((last - first).days + 1)
    ]
    for day, counts in found:
        end = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
        standing = [band_of(status_at(life, end)) for life in all_lives]
        assert counts == {band: standing.count(band) for band in BANDS}


@patient
@given(STEPS)
def test_a_story_is_finished_under_way_or_neither_and_its_days_add_up(steps: list[tuple[int, str]]) -> None:
    life, at = life_of(steps), datetime(2026, 4, 1, tzinfo=UTC)
    cycle, age = cycle_of(life, UTC), age_of(life, today=at.date(), zone=UTC)
    final = str(life[-1].after)
    assert (cycle is not None) == (final in ("validated", "live"))
    assert (age is not None) == (final in ("doing", "review"))
    if cycle is not None:
        began = [move.at.date() for move in life if move.after in ("doing", "review")]
        assert cycle.began == min([cycle.finished, *began[:1]])
        assert cycle.days >= 1
    spent = sum(time_in_status(life, at=at).values())
    idle = sum(
        ((life[place + 1].at if place + 1 < len(life) else at) - move.at).total_seconds() / 86400
        for place, move in enumerate(life)
        if move.after in ("validated", "live", "dropped")
    )
    assert abs(spent + idle - (at - life[0].at).total_seconds() / 86400) < 1e-6


@patient
@given(st.lists(st.integers(1, 90), min_size=1, max_size=40), st.sampled_from([50, 85, 95]))
def test_a_percentile_is_the_least_value_that_enough_do_not_exceed(values: list[int], share: int) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) * 100 >= share * len(values)
    smaller = [value for value in values if value < found]
    assert len(smaller) * 100 < share * len(values)


def moved(here: Rollout, story_id: int, *steps: tuple[str, int]) -> None:
    """Give a story these statuses so many days ago."""
    for status, days in steps:
        with here.working(at=NOW - timedelta(days=days)) as session:
            session.get_one(Story, story_id).status = status


def closed_wave(here: Rollout) -> None:
    """A wave that promised eight points, kept five of them, and finished two more that came in later."""
    kept, lost, late = (add_story(here, title, points=points, at=NOW - timedelta(days=30)) for title, points in
                        (("Kept", "5"), ("Lost", "3"), ("Late", "2")))  # fmt: skip
    number = add_wave(here, "Sales core", [kept, lost], at=NOW - timedelta(days=29))
    with here.working(at=NOW - timedelta(days=28)) as session:
        services.start_wave(session, wave_in(session, here, number), by=here.actor(), at=NOW - timedelta(days=28))
    with here.working(at=NOW - timedelta(days=20)) as session:
        put_in_wave(session, wave_in(session, here, number), stories_of(session, [late]), by=here.actor(), at=NOW)
    moved(here, kept, ("doing", 27), ("validated", 18))
    moved(here, late, ("doing", 19), ("validated", 16))
    with here.working(at=NOW - timedelta(days=10)) as session:
        take_out(session, stories_of(session, [lost]), by=here.actor(), at=NOW - timedelta(days=10))
        wave_in(session, here, number).closed_at = NOW - timedelta(days=10)
    moved(here, lost, ("doing", 8))


def test_a_wave_kept_what_was_finished_of_its_promise_when_it_was_closed(app: Flask) -> None:
    here = rollout(app)
    closed_wave(here)
    with reading(app) as session:
        flow = flow_of(session, project_id=here.project_id, first=NOW.date() - timedelta(days=60), at=NOW, zone=UTC)
    [wave] = flow.waves
    assert (wave.promised, wave.kept, str(wave.promised_points), str(wave.kept_points)) == (2, 1, "8.00", "5.00")
    assert (wave.predictability, str(wave.velocity)) == (0.625, "7.00")
    assert [(flow.names[one.story_id][1], one.days) for one in flow.cycles] == [("Kept", 10), ("Late", 4)]
    assert [(flow.names[one.story_id][1], one.days) for one in flow.ages] == [("Lost", 9)]
    assert flow.levels == {50: 4, 85: 10, 95: 10}


def test_the_page_shows_it_opens_stories_and_asks_no_more_for_many(app: Flask) -> None:
    here = rollout(app)
    browser = here.browser(here.viewer)
    address = here.url("/waves/flow")
    assert "Nothing flows yet" in browser.get(address).text
    closed_wave(here)
    with counting() as one:
        page = browser.get(address)
    assert [row["Predictability"] for row in page.rows("#kept table")] == ["62%"]
    assert page.rows("#ages table")[0]["Compared"] == "longer than half"
    assert len(page.all("#cycles a")) == 2
    for number in range(6):
        story = add_story(here, f"More {number}", at=NOW - timedelta(days=12))
        moved(here, story, ("doing", 9), ("validated", 5 - number % 3))
    with counting() as many:
        browser.get(f"{address}?weeks=900")
    assert len(many) <= len(one), many.beyond(one)
