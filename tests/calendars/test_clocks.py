"""Clocks of promises: what other programs get wrong about pauses, cancelling, late answers and changed targets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from implementor.calendars import queries
from implementor.calendars.clock_times import elapsed_at, remaining_at
from implementor.calendars.events import SlaBreached, SlaNear
from implementor.calendars.models import SlaClock, SlaPolicy, SlaPolicyVersion
from implementor.calendars.services import clocks, policies
from implementor.calendars.watching import AT_ONCE, watch_clocks
from implementor.foundation import events
from implementor.foundation.permissions import SYSTEM
from implementor.foundation.words import speaking
from implementor.web.database import db
from implementor.web.language import show_moment, speech_of
from tests.auth.builders import reading, working
from tests.calendars.builders import AT, begin, errands, hours, make_calendar, make_policy, record, standard
from tests.calendars.test_deadlines import local

MONDAY = local(2026, 11, 23, 10)


@pytest.fixture(autouse=True)
def _errands() -> Iterator[None]:
    with errands():
        yield


@contextmanager
def heard(kind: type[Any]) -> Iterator[list[Any]]:
    """Events of a kind while the block runs."""
    told: list[Any] = []

    def listen(_session: Session, one: Any) -> None:
        told.append(one)

    events.listens_to(kind)(listen)
    try:
        yield told
    finally:
        events._listeners[kind].remove(listen)


@contextmanager
def office(app: Flask) -> Iterator[Session]:
    standard(app)
    with working(app) as session:
        yield session


def test_due_and_warning_times_are_stored(app: Flask) -> None:
    with office(app) as session:
        clock = begin(session, MONDAY)["settled"]
        assert (clock.due_at, clock.warn_at) == (local(2026, 11, 23, 14), local(2026, 11, 23, 12))
        late = begin(session, local(2026, 11, 21, 23), 2)["first"]
        assert late.due_at == local(2026, 11, 23, 10)


def test_an_agent_in_another_zone_reads_their_own_clock(app: Flask) -> None:
    with office(app) as session:
        clock = begin(session, MONDAY)["settled"]
    for zone, shown in (("Europe/Madrid", "2:00"), ("America/Caracas", "9:00"), ("Asia/Kolkata", "6:30")):
        with speaking(speech_of("en", zone)):
            assert f" {shown}" in show_moment(clock.due_at)


def test_pausing_and_settling_in_one_save_counts_no_waiting(app: Flask) -> None:
    with office(app) as session:
        clock = begin(session, MONDAY)["settled"]
        clocks.pause_clocks(session, record(), at=MONDAY + hours(1))
        assert (clock.state, clock.due_at, remaining_at(clock, MONDAY + hours(99))) == ("paused", None, hours(3))
        clocks.resume_clocks(session, record(), at=MONDAY + hours(48))
        clocks.pause_clocks(session, record(), at=MONDAY + hours(49))
        clocks.meet_clock(session, record(), "settled", at=MONDAY + hours(480))
        assert (clock.state, clock.elapsed_seconds, clock.is_breached) == ("met", 7200, False)
        begin(session, MONDAY, 2)
        same = MONDAY + hours(1)
        clocks.pause_clocks(session, record(2), at=same)
        met = clocks.meet_clock(session, record(2), "settled", at=same)
        assert met is not None
        assert (met.state, met.elapsed_seconds) == ("met", 3600)


def test_waiting_moves_the_due_moment_by_open_time(app: Flask) -> None:
    with office(app) as session:
        clock = begin(session, MONDAY)["settled"]
        clocks.pause_clocks(session, record(), at=local(2026, 11, 23, 17))
        clock_after = begin(session, local(2026, 11, 23, 16), 2)["settled"]
        clocks.pause_clocks(session, record(2), at=local(2026, 11, 23, 17))
        clocks.resume_clocks(session, record(2), at=local(2026, 11, 27, 17))
        assert clock_after.due_at == local(2026, 11, 30, 11)
        assert (clock.state, clock.breached_at) == ("breached", local(2026, 11, 23, 14))


def test_what_is_cancelled_in_time_is_never_breached(app: Flask) -> None:
    with office(app) as session, heard(SlaBreached) as told:
        begin(session, MONDAY)
        clocks.cancel_clocks(session, record(), at=MONDAY + hours(0.5))
        clocks.notice_overdue(session, at=MONDAY + hours(99), limit=10)
        assert clocks.meet_clock(session, record(), "settled", at=MONDAY + hours(99)) is None
        assert told == []
        assert {clock.state for clock in session.scalars(select(SlaClock))} == {"cancelled"}


def test_met_late_is_breached_and_met_whoever_looks_first(app: Flask) -> None:
    with office(app) as session, heard(SlaBreached) as told:
        begin(session, MONDAY)
        begin(session, MONDAY, 2)
        late = MONDAY + hours(2)
        clocks.notice_overdue(session, at=late, limit=10)
        found = [clocks.meet_clock(session, record(number), "first", at=late) for number in (1, 2)]
        for clock in found:
            assert clock is not None
            assert (clock.state, clock.breached_at, clock.met_at) == ("breached", MONDAY + hours(1), late)
            assert elapsed_at(clock, late + hours(5)) == hours(2)
        assert [one.record.id for one in told] == [1, 2]
        begin(session, MONDAY, 3)
        prompt = clocks.meet_clock(session, record(3), "first", at=MONDAY + hours(1))
        assert prompt is not None
        assert prompt.state == "met"


def test_an_explicit_target_stays_though_it_equals_the_default(app: Flask) -> None:
    with office(app) as session:
        mine = begin(session, MONDAY, explicit={"first": hours(1)})["first"]
        usual = begin(session, MONDAY, 2)["first"]
        for number in (1, 2):
            clocks.reprioritise_clocks(session, record(number), "low", at=MONDAY)
        assert (mine.target_seconds, usual.target_seconds) == (3600, 4 * 3600)
        assert (mine.due_at, usual.due_at) == (MONDAY + hours(1), MONDAY + hours(4))


def test_another_priority_keeps_the_time_that_counted(app: Flask) -> None:
    with office(app) as session:
        first = begin(session, MONDAY, priority="low")["first"]
        clocks.reprioritise_clocks(session, record(), "high", at=MONDAY + hours(0.5))
        assert first.due_at == MONDAY + hours(1)
        names = {clock.name: clock for clock in session.scalars(queries.open_clocks(record_kind="errand", record_id=1))}
        assert names["settled"].due_at == MONDAY + hours(4.5)
        clocks.reprioritise_clocks(session, record(), "low", at=MONDAY + hours(0.75))
        assert (names["settled"].state, first.due_at) == ("cancelled", MONDAY + hours(4))
        clocks.reprioritise_clocks(session, record(), "high", at=MONDAY + hours(2))
        assert (names["settled"].state, names["settled"].due_at) == ("running", MONDAY + hours(5.75))
        clocks.reprioritise_clocks(session, record(), "low", at=MONDAY + hours(2))
        clocks.pause_clocks(session, record(), at=MONDAY + hours(2))
        clocks.reprioritise_clocks(session, record(), "high", at=MONDAY + hours(2))
        assert {(clock.state, clock.due_at) for clock in names.values()} == {("paused", None)}
        late = begin(session, MONDAY, 2, priority="low")["first"]
        clocks.reprioritise_clocks(session, record(2), "high", at=MONDAY + hours(3))
        assert (late.due_at, late.is_breached) == (MONDAY + hours(3), False)


def test_terms_are_frozen_when_a_clock_begins_unless_asked(app: Flask) -> None:
    policy_id = standard(app)
    with working(app) as session:
        clock = begin(session, MONDAY)["first"]
        begin(session, MONDAY, 2)
        policy = session.scalars(queries.policy_by_id(policy_id)).one()
        policy.targets = {"high": {"first": 120}}
        policy.calendar.week = [[[540, 600]]] * 7
        clocks.pause_clocks(session, record(), at=MONDAY)
        clocks.resume_clocks(session, record(), at=MONDAY)
        assert clock.due_at == MONDAY + hours(1)
        assert begin(session, MONDAY, 3)["first"].due_at == local(2026, 11, 25, 10)
        assert len(session.scalars(select(SlaPolicyVersion)).all()) == 2
        assert clocks.rebase_clocks(session, policy, at=MONDAY) == 5
        assert clock.due_at == local(2026, 11, 25, 10)


def test_the_first_policy_that_fits_is_used(app: Flask) -> None:
    with working(app) as session:
        calendar = make_calendar(session)
        make_policy(session, calendar, "Chat", conditions={"channel": ["chat"]}, targets={"high": {"first": 5}})
        usual = make_policy(session, calendar)
        found = [begin(session, MONDAY, number, channel=channel)["first"].target_seconds
                 for number, channel in enumerate(("chat", "phone"), start=1)]  # fmt: skip
        assert found == [300, 3600]
        policies.move_policy(session, usual, earlier=True, by=SYSTEM, at=AT)
        assert begin(session, MONDAY, 3, channel="chat")["first"].target_seconds == 3600
        assert begin(session, MONDAY, 4, priority="unknown") == {}
        for policy in session.scalars(select(SlaPolicy)).all():
            policies.archive_policy(session, policy, by=SYSTEM, at=AT)
        assert begin(session, MONDAY, 5) == {}


def test_starting_twice_starts_once(app: Flask) -> None:
    with office(app) as session:
        assert sorted(begin(session, MONDAY)) == ["first", "settled"]
        assert begin(session, MONDAY) == {}
        clocks.meet_clock(session, record(), "first", at=MONDAY)
        assert sorted(begin(session, MONDAY)) == ["first"]


def test_the_worker_notices_what_is_due_and_near_once(app: Flask) -> None:
    past = datetime.now(local(2026, 1, 1).tzinfo) - hours(24 * 30)
    with office(app) as session:
        for number in range(1, AT_ONCE + 2):
            begin(session, past, number, priority="low")
        begin(session, past, 999, explicit={"first": hours(24 * 300), "settled": hours(24 * 300)})
        for clock in session.scalars(queries.clocks_of_records(record_kind="errand", record_ids=[999])):
            clock.warn_at = past
    with heard(SlaBreached) as breached, heard(SlaNear) as near:
        assert watch_clocks(app) == AT_ONCE + 3
        assert watch_clocks(app) == 0
    assert (len(breached), len(near)) == (AT_ONCE + 1, 2)
    with reading(app) as session:
        assert session.scalars(queries.overdue(datetime.now(past.tzinfo))).all() == []


def test_due_lists_use_their_index(app: Flask) -> None:
    with office(app) as session:
        begin(session, MONDAY)
    with app.app_context(), db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")
        for statement, index in (
            (queries.overdue(AT), "ix_sla_clock_due"),
            (queries.nearly_due(AT), "ix_sla_clock_warn"),
        ):
            sql = str(statement.compile(connection, compile_kwargs={"literal_binds": True}))
            explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
            plan = " ".join(str(row) for row in connection.exec_driver_sql(explain + sql.replace("%", "%%")))
            assert index in plan, plan


def test_a_list_of_records_costs_two_statements(app: Flask) -> None:
    with office(app) as session:
        for number in range(1, 40):
            begin(session, MONDAY, number)
    counted: list[str] = []

    def count(*told: Any) -> None:
        counted.append(told[2])

    with reading(app) as session:
        event.listen(session.get_bind(), "before_cursor_execute", count)
        found = session.scalars(queries.clocks_of_records(record_kind="errand", record_ids=range(1, 40))).all()
        assert {elapsed_at(clock, MONDAY + hours(1)) for clock in found} == {hours(1)}
        event.remove(session.get_bind(), "before_cursor_execute", count)
    assert len(counted) == 2
