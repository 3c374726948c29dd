"""The forecast of a project and of one wave, with the past behind it, and how such forecasts would have done."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import g, request, url_for
from flask.typing import ResponseReturnValue

from implementor.foundation.words import say
from implementor.stories.links import story_name
from implementor.stories.statuses import status_choice
from implementor.waves import permissions, queries, throughput_queries
from implementor.waves.awaited_words import told_awaited
from implementor.waves.backtest import EARLIER, SEED, coverage, trials
from implementor.waves.capacity import TimeToCome
from implementor.waves.capacity_reading import time_of
from implementor.waves.fan import fan_chart, throughput_chart
from implementor.waves.forecast import FEWEST, RUNS, SHARES
from implementor.waves.forecasting import REMEMBERED, ProjectForecast, forecast_of, waves_tried, weeks_of
from implementor.waves.models import Wave
from implementor.waves.tabs import WaveTab, wave_tab
from implementor.waves.throughput import WEEK
from implementor.waves.views.assumptions import MOST_CAPACITY, Asked, asked_of_forecast
from implementor.waves.views.kept import kept_chart
from implementor.waves.views.routing import blueprint, frame_of, wave_or_404
from implementor.waves.wave_backtest import coverage_of_waves, likely_between
from implementor.web.guard import actor, allow
from implementor.web.language import settings
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

wave_tab(WaveTab(say("Forecast"), "waves.wave_forecast"))
MOST_STORIES = 500


@blueprint.get("/forecast")
@allow(permissions.VIEW)
def forecast(project_key: str) -> ResponseReturnValue:
    """When every open wave will be done, and the past that says so."""
    asked = asked_of_forecast()
    made = _made(asked)
    week = _week_of(made)
    return draw(
        "waves/forecast.html",
        chart=throughput_chart(made.weeks, asked.address()) if made.weeks else None,
        week=week,
        finished=_finished_in(week) if week else [],
        **_around(asked, made),
    )


@blueprint.get("/<int:number>/forecast")
@allow(permissions.VIEW)
def wave_forecast(project_key: str, number: int) -> ResponseReturnValue:
    """The fan of one wave, and when each of its stories will be done."""
    wave = wave_or_404(number)
    asked = asked_of_forecast()
    made = _made(asked)
    found = made.of_wave(number)
    return draw(
        "waves/wave_forecast.html",
        found=found,
        chart=fan_chart(made, found) if found and found.left else None,
        stories=_story_dates(made, wave, found.ahead) if found and found.left else [],
        **_around(asked, made),
        **frame_of(wave),
    )


@blueprint.get("/forecast/backtest")
@allow(permissions.VIEW)
def backtest(project_key: str) -> ResponseReturnValue:
    """What forecasts would have stated before each past week and wave, against what it brought."""
    weeks = weeks_of(session(), project_id=g.project.id, at=now(), zone=settings().time_zone)
    found = trials({g.project.key: [(place, float(week.finished)) for place, week in enumerate(weeks)]})
    kept = coverage(found)
    tried = waves_tried(session(), project_id=g.project.id, at=now(), zone=settings().time_zone)
    of_waves = coverage_of_waves(tried)
    return draw(
        "waves/backtest.html",
        tried=tried,
        of_waves=of_waves,
        between={share: likely_between(of_waves.kept[share], of_waves.count) for share in SHARES},
        waves_chart=kept_chart(of_waves, "kept_waves") if of_waves.count else None,
        weeks=weeks,
        rows=[(weeks[row.period], row) for row in reversed(found)],
        outcome=kept,
        chart=kept_chart(kept) if kept.count else None,
        shares=SHARES,
        earlier=EARLIER,
        seed=SEED,
        week_url=lambda monday: url_for("waves.forecast", week=monday.isoformat(), _anchor="week"),
    )


def _made(asked: Asked) -> ProjectForecast:
    return forecast_of(
        session(), project_id=g.project.id, at=now(), zone=settings().time_zone, assumptions=asked.assumptions
    )


def _around(asked: Asked, made: ProjectForecast) -> dict[str, Any]:
    by = asked.by if asked.by is not None and asked.by > made.today else None
    return {
        "asked": asked,
        "made": made,
        "shares": SHARES,
        "runs": RUNS,
        "fewest": FEWEST,
        "done_by": {share: int(made.done_by(by, share)) for share in SHARES} if by and made.runs else None,
        "by": by,
        "time": _time_to_come(),
        "awaited": told_awaited(session(), made, actor()),
        "most": MOST_CAPACITY,
        "story_name": story_name,
        "status_choice": status_choice,
    }


def _time_to_come() -> TimeToCome | None:
    """How much time people have in the open waves against finished ones."""
    waves = session().scalars(queries.waves_of_project(project_id=g.project.id))
    return time_of(session(), [wave for wave in waves if not wave.is_closed])


def _story_dates(made: ProjectForecast, wave: Wave, ahead: int) -> list[dict[str, Any]]:
    rows = session().execute(throughput_queries.open_stories_of(wave_id=wave.id)).all()[:MOST_STORIES]
    return [
        {"row": row, "even": made.day_for(ahead + place, 50), "sure": made.day_for(ahead + place, 85)}
        for place, row in enumerate(rows, 1)
    ]


def _week_of(made: ProjectForecast) -> date | None:
    """The week that the address asks for, if the past has it."""
    asked = request.args.get("week", "")
    return next((week.monday for week in made.weeks if week.monday.isoformat() == asked), None)


def _finished_in(monday: date) -> list[Any]:
    zone = settings().time_zone
    rows = session().execute(throughput_queries.finishes_of(project_id=g.project.id, since=now() - REMEMBERED)).all()
    ids = [row.story_id for row in rows if monday <= row.at.astimezone(zone).date() < monday + WEEK]
    return list(session().execute(throughput_queries.stories_finished(project_id=g.project.id, story_ids=ids)).all())
