"""The burn-up of a wave as its page shows it: a chart whose marks open their day, the table, and one day's stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from implementor.foundation.charts import Element, Guide, Line, Mark, Words, line_chart
from implementor.foundation.words import Phrase, say
from implementor.waves import fact_queries
from implementor.waves.burnup import DayTotal, Fact, StoryThen, burnup, stories_on, turning_days
from implementor.waves.fan import short_day
from implementor.waves.models import Wave
from implementor.web.language import settings, show_date, show_number


@dataclass(frozen=True)
class DayOfWave:
    """The stories behind one day's marks: rows of (story, then) in the order of their numbers."""

    day: date
    stories: Sequence[tuple[Any, StoryThen]]


@dataclass(frozen=True)
class BurnupPicture:
    """A chart with the days on which its totals changed. Where no story has points, stories count (`in_points`)."""

    chart: Element
    days: Sequence[DayTotal]
    in_points: bool
    finding: Phrase
    on: DayOfWave | None


def burnup_picture(
    session: Session, wave: Wave, *, project_id: int, at: datetime, on: date | None = None
) -> BurnupPicture | None:
    """The picture up to now (or to the close of the wave), in two statements; None before any story was in it."""
    facts = [Fact(*row) for row in session.execute(fact_queries.facts_of_wave(project_id=project_id, wave_id=wave.id))]
    rows = session.execute(fact_queries.present_of_wave(project_id=project_id, wave_id=wave.id)).all()
    if not rows:
        return None
    present = [StoryThen(row.id, _text(row.wave_id), row.status, _text(row.points)) for row in rows]
    zone = settings().time_zone
    last = (wave.closed_at or at).astimezone(zone).date()
    mark = str(wave.id)
    days = burnup(mark, facts, present, first=_first_day(wave, facts, last), last=last, zone=zone)
    shown = None
    if on is not None:
        then = {story.story_id: story for story in stories_on(mark, facts, present, day=on, zone=zone)}
        shown = DayOfWave(on, [(row, then[row.id]) for row in rows if row.id in then])
    return _picture(wave, days, shown)


def _first_day(wave: Wave, facts: Sequence[Fact], last: date) -> date:
    zone = settings().time_zone
    first = next((fact.at.astimezone(zone).date() for fact in facts if fact.kind == "wave"), last)
    return min(first, last)


def _picture(wave: Wave, days: Sequence[DayTotal], on: DayOfWave | None) -> BurnupPicture:
    in_points = any(day.scope for day in days)
    final = days[-1]
    scope, validated = _values(final, in_points)
    said = {"validated": show_number(validated), "scope": show_number(scope), "day": show_date(final.day)}
    finding = (
        say("%(validated)s of %(scope)s points are validated on %(day)s.", **said)
        if in_points
        else say("%(validated)s of %(scope)s stories are validated on %(day)s.", **said)
    )
    turns = turning_days(days)
    table = [day for day in days if day.day in turns]
    lines = [
        Line(
            str(say("Scope %(number)s", number=show_number(scope))),
            [_mark(wave, day, in_points, turns, scope=True) for day in days],
            3,
            "6 4",
        ),
        Line(
            str(say("Validated %(number)s", number=show_number(validated))),
            [_mark(wave, day, in_points, turns, scope=False) for day in days],
            1,
        ),
    ]
    guides = [Guide(wave.ends_on, str(say("Planned end")))] if wave.ends_on and wave.ends_on >= days[0].day else []
    words = Words(str(finding), str(_description(days, in_points)), short_day, show_number)
    return BurnupPicture(line_chart("burnup", lines, words, guides), table, in_points, finding, on)


def _mark(wave: Wave, day: DayTotal, in_points: bool, turns: set[date], *, scope: bool) -> Mark:
    in_scope, validated = _values(day, in_points)
    value = in_scope if scope else validated
    if day.day not in turns:
        return Mark(day.day, value)
    said = (
        say("%(day)s: %(value)s in scope", day=show_date(day.day), value=show_number(value))
        if scope
        else say("%(day)s: %(value)s validated", day=show_date(day.day), value=show_number(value))
    )
    url = url_for("waves.show", number=wave.number, on=day.day.isoformat(), _anchor="day")
    return Mark(day.day, value, str(said), url)


def _values(day: DayTotal, in_points: bool) -> tuple[Decimal, Decimal]:
    if in_points:
        return day.scope, day.validated
    return Decimal(day.stories), Decimal(day.stories_validated)


def _description(days: Sequence[DayTotal], in_points: bool) -> Phrase:
    first, last = days[0], days[-1]
    return say(
        "The dashed line is the scope: %(first)s on %(start)s, %(last)s on %(end)s. The solid line is what was "
        "validated: %(done)s on %(end)s.",
        first=show_number(_values(first, in_points)[0]),
        last=show_number(_values(last, in_points)[0]),
        done=show_number(_values(last, in_points)[1]),
        start=show_date(first.day),
        end=show_date(last.day),
    )


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
