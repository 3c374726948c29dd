"""The roster of support: gaps in promised hours are named, people who ask read who is reachable, a gate asks for it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as some

from implementor.calendars.opening_hours import OpeningHours
from implementor.calendars.services.opening import CalendarWanted, add_calendar
from implementor.foundation.errors import InvalidInput
from implementor.foundation.permissions import Role
from implementor.stages.checks import GatePlace
from implementor.support.gate_checks import support_staffed
from implementor.support.models import SupportShift
from implementor.support.roster import gaps, open_spans
from implementor.waves.models import Wave
from tests.audiences.builders import AT, affected
from tests.auth.builders import add_person, reading, working

OFFICE = ((480, 720), (780, 1020))
WEEK = (*(OFFICE,) * 5, (), ())
START = datetime(2026, 3, 2, tzinfo=UTC)
SPANS = some.lists(some.tuples(some.integers(0, 60), some.integers(1, 20)), max_size=8)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


@given(covered=SPANS, promised=some.lists(some.integers(1, 6), max_size=5))
def test_gaps_are_the_minutes_promised_that_nobody_covers(covered: list[tuple[int, int]], promised: list[int]) -> None:
    spans, begin = [], 0
    for length in promised:
        spans.append((at(begin), at(begin + length)))
        begin += length + 3
    shifts = [(at(first), at(first + length)) for first, length in covered]
    found = gaps(spans, shifts)
    minutes = {one for one in range(90) if any(first <= at(one) < last for first, last in spans)}
    held = {one for one in range(90) if any(first <= at(one) < last for first, last in shifts)}
    told = [one for one in range(90) for first, last in found if first <= at(one) < last]
    assert told == sorted(minutes - held)


def test_promised_hours_are_those_of_the_place_without_closed_days() -> None:
    hours = OpeningHours("America/Bogota", WEEK, closed_days=frozenset({at(1440).date()}))
    found = open_spans(hours, START, START + timedelta(days=3))
    assert [(first.day, first.hour, last.hour) for first, last in found] == [(2, 13, 17), (2, 18, 22), (4, 13, 17),
                                                                             (4, 18, 22)]  # fmt: skip


def test_a_gate_asks_for_the_promised_hours_of_two_weeks(app: Flask) -> None:
    here, boss = affected(app), add_person(app, "Berta Boss", Role.ADMIN)
    wave_id = here.wave()
    place = GatePlace(here.project_id, "VEN", wave_id, 1, on=AT.date())
    with reading(app) as session:
        assert not support_staffed(session, place, {}).passes(1)
    with working(app, boss.actor) as session:
        add_calendar(session, CalendarWanted("Office", "UTC", WEEK), by=boss.actor, at=AT)
    with reading(app) as session:
        live = session.get_one(Wave, wave_id).ends_on
        assert live is not None
        told = support_staffed(session, place, {})
    assert [int(told.value), int(told.target)] == [0, 80]
    begin = datetime(live.year, live.month, live.day, tzinfo=UTC)
    here.write(SupportShift, name="Ana", channel="Chat", starts_at=begin, ends_at=begin + timedelta(days=8))
    with reading(app) as session:
        told = support_staffed(session, place, {})
        assert [int(told.value), int(told.target)] == [40, 80]
    here.write(
        SupportShift, name="Ivo", channel="Room 2", starts_at=begin + timedelta(days=8),
        ends_at=begin + timedelta(days=15),
    )  # fmt: skip
    with reading(app) as session:
        assert support_staffed(session, place, {}).passes(100)


def test_who_asks_for_help_reads_who_is_reachable_and_the_rollout_reads_the_gaps(app: Flask) -> None:
    here = affected(app)
    moment = datetime.now(UTC)
    with pytest.raises(InvalidInput):
        here.write(SupportShift, name="Ana", channel="Chat", starts_at=moment, ends_at=moment)
    sellers = here.audience("Sellers")
    hour = timedelta(hours=1)
    values = {"starts_at": moment - hour, "ends_at": moment + hour}
    here.write(SupportShift, name="Ana Soporte", channel="Chat of the rollout", audience_id=sellers, **values)
    asking = here.browser("viewer").get("/requests/new").text
    assert "Ana Soporte: Chat of the rollout" in asking
    assert "Sellers" in asking
    page = here.browser("change").get("/projects/VEN/requests/hypercare")
    assert "Ana Soporte" in page.text
    assert "No service level for requests" in page.text
    here.browser("viewer").get("/projects/VEN/requests/roster", status=403)
    assert "Ana Soporte" in here.browser("change").get("/projects/VEN/requests/roster").text
