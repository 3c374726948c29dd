"""Writing the facts of days in a worker: what is read takes as long as it takes, each day is written by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from implementor.adoption import work_queries
from implementor.adoption.beginning import correct_since, looked_on, write_correct
from implementor.adoption.days import AGAIN, FIRST_LOOK_BACK, Day, days_between
from implementor.adoption.intervening import measure_effects
from implementor.adoption.looking_through import work_since
from implementor.adoption.services import (
    formula_in_force,
    note_written,
    terms_of,
    write_kept,
    write_people,
    write_reach,
    write_work,
)
from implementor.foundation.words import say
from implementor.jobs.context import JobContext
from implementor.jobs.tasks import task
from implementor.settings import Settings


@task("adoption.facts")
def write_facts(job: JobContext) -> dict[str, Any]:
    """Write the facts of today, and of the days before that were not written or may have changed since."""
    settings: Settings = job.app.extensions["implementor_settings"]
    return bring_up_to_date(job, settings.time_zone)


def bring_up_to_date(job: JobContext, zone: ZoneInfo) -> dict[str, Any]:
    """The same, in a zone's days."""
    at = job.now()
    today = at.astimezone(zone).date()
    with job.writing() as session:
        terms = terms_of(formula_in_force(session, at=at))
    with job.reading() as session:
        newest = session.scalars(work_queries.newest_fact_day()).one_or_none()
        first, is_new_day = _first_day(newest.day if newest else None, today)
        work = work_since(session, Day(first, zone))
        last_look = looked_on(session, newest.day if newest else None)
        correct = correct_since(session, Day(first, zone), Day(today, zone), terms, last_look)
    with job.writing() as session:
        write_work(session, first, today, work)
        write_correct(session, correct)
        if is_new_day:
            write_kept(session, Day(today, zone), terms)
            write_reach(session, Day(today, zone), terms)
    days = days_between(first, today)
    for number, on in enumerate(days):
        job.progress(number, len(days))
        _write_day(job, Day(on, zone), today, at)
    if is_new_day:
        with job.writing(say("Measured the effect of help")) as session:
            measure_effects(session, today)
    job.progress(len(days), len(days))
    return {"days": len(days), "from": first.isoformat(), "counted": len(work)}


def _first_day(newest: date | None, today: date) -> tuple[date, bool]:
    """From which day on facts are written anew, and whether the day is seen for the first time."""
    if newest is None:
        return today - timedelta(days=FIRST_LOOK_BACK - 1), True
    if newest >= today:
        return today - timedelta(days=1), False
    return min(newest, today - timedelta(days=AGAIN)), True


def _write_day(job: JobContext, day: Day, today: date, at: datetime) -> None:
    with job.writing() as session:
        write_people(session, day, formula_in_force(session, at=day.ends), is_today=day.on == today)
        note_written(session, day, at=at)
