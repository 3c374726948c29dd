"""The burn-up is what the facts say, recomputed here in another way, day by day and story by story."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.waves.burnup import Fact, StoryThen, burnup, stories_on, turning_days

WAVE = "7"
# the first draw of a run takes seconds on a busy machine, which says nothing about the rule
patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
FIRST = date(2026, 3, 2)
LAST = FIRST + timedelta(days=9)
DONE = {"validated", "live", "achieved", "missed"}


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 3, 2, hour, tzinfo=UTC) + timedelta(days=day)


def recomputed(facts: list[Fact], present: list[StoryThen], day: date) -> tuple[Decimal, Decimal, int, int]:
    """Scope, validated, and both as numbers of stories: the last fact of each kind before the day's end decides."""
    until = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
    sums = [Decimal(0), Decimal(0), Decimal(0), Decimal(0)]
    for story in present:
        now = {"wave": story.wave, "status": story.status, "points": story.points}
        for kind in now:
            told = [fact for fact in facts if fact.story_id == story.story_id and fact.kind == kind]
            earlier = [fact for fact in told if fact.at < until]
            now[kind] = earlier[-1].after if earlier else told[0].before if told else now[kind]
        if now["wave"] != WAVE or now["status"] == "dropped":
            continue
        weight = Decimal(now["points"] or 0)
        done = now["status"] in DONE
        for place, value in enumerate((weight, weight if done else 0, 1, int(done))):
            sums[place] += value
    return sums[0], sums[1], int(sums[2]), int(sums[3])


VALUES: dict[str, list[str | None]] = {
    "wave": [None, WAVE, "8"],
    "status": ["ready", "planned", "doing", "validated", "live", "dropped"],
    "points": [None, "0.50", "3", "13.00"],
}
KINDS = sorted(VALUES)
STEPS = st.tuples(st.integers(0, 9 * 24), st.integers(1, 4), st.sampled_from(KINDS), st.integers(0, 11))


def value_of(kind: str, number: int) -> str | None:
    return VALUES[kind][number % len(VALUES[kind])]


def life_of(steps: list[tuple[int, int, str, int]], beginning: int) -> tuple[list[Fact], list[StoryThen]]:
    """Four stories with facts that follow each other, as the listeners write them, and as they are at the end."""
    now = {(story, kind): value_of(kind, beginning + story) for story in range(1, 5) for kind in KINDS}
    facts = []
    for hours, story, kind, number in sorted(steps):
        value = value_of(kind, number)
        facts.append(Fact(story, kind, now[story, kind], value, at(0, 0) + timedelta(hours=hours)))
        now[story, kind] = value
    return facts, [StoryThen(one, now[one, "wave"], now[one, "status"], now[one, "points"]) for one in range(1, 5)]


def lives() -> st.SearchStrategy[tuple[list[Fact], list[StoryThen]]]:
    return st.builds(life_of, st.lists(STEPS, max_size=20), st.integers(0, 11))


@patient
@given(lives())
def test_each_day_is_what_an_independent_count_says(life: tuple[list[Fact], list[StoryThen]]) -> None:
    facts, present = life
    days = burnup(WAVE, facts, present, first=FIRST, last=LAST, zone=UTC)
    assert [day.day for day in days] == [FIRST + timedelta(days=number) for number in range(10)]
    for day in days:
        counted = (day.scope, day.validated, day.stories, day.stories_validated)
        assert counted == recomputed(facts, present, day.day)


@patient
@given(lives(), st.integers(0, 9))
def test_the_stories_of_a_day_add_up_to_its_totals(life: tuple[list[Fact], list[StoryThen]], number: int) -> None:
    facts, present = life
    day = burnup(WAVE, facts, present, first=FIRST, last=LAST, zone=UTC)[number]
    shown = stories_on(WAVE, facts, present, day=day.day, zone=UTC)
    inside = [story for story in shown if story.wave == WAVE and story.status != "dropped"]
    assert sum((story.weight for story in inside), Decimal(0)) == day.scope
    assert sum((story.weight for story in inside if story.is_finished), Decimal(0)) == day.validated


def test_a_day_begins_in_the_zone_that_is_given() -> None:
    facts = [Fact(1, "wave", None, WAVE, datetime(2026, 3, 3, 2, tzinfo=UTC))]
    present = [StoryThen(1, WAVE, "planned", "5")]
    in_caracas = burnup(WAVE, facts, present, first=FIRST, last=LAST, zone=ZoneInfo("America/Caracas"))
    in_madrid = burnup(WAVE, facts, present, first=FIRST, last=LAST, zone=ZoneInfo("Europe/Madrid"))
    assert (in_caracas[0].scope, in_madrid[0].scope, in_madrid[1].scope) == (Decimal(5), Decimal(0), Decimal(5))


def test_a_story_without_any_fact_is_as_it_is_now() -> None:
    days = burnup(WAVE, [], [StoryThen(1, WAVE, "validated", "8")], first=FIRST, last=LAST, zone=UTC)
    assert {(day.scope, day.validated) for day in days} == {(Decimal(8), Decimal(8))}


def test_marks_stand_where_something_changed_and_at_both_ends() -> None:
    facts = [Fact(1, "wave", None, WAVE, at(2)), Fact(1, "status", "doing", "validated", at(5))]
    days = burnup(WAVE, facts, [StoryThen(1, WAVE, "validated", "3")], first=FIRST, last=LAST, zone=UTC)
    assert turning_days(days) == {FIRST, at(2).date(), at(5).date(), LAST}


def test_what_happened_on_a_day_is_told_with_the_story() -> None:
    facts = [Fact(1, "wave", None, WAVE, at(2)), Fact(1, "wave", WAVE, None, at(5))]
    present = [StoryThen(1, None, "ready", "3")]
    left = stories_on(WAVE, facts, present, day=at(5).date(), zone=UTC)
    assert [fact.after for fact in left[0].changed] == [None]
    assert stories_on(WAVE, facts, present, day=at(6).date(), zone=UTC) == []
