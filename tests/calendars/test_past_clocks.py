"""Clocks written in bulk are what the services would have left."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, inspect, select

from implementor.calendars import queries
from implementor.calendars.models import SlaClock
from implementor.calendars.past_clocks import past_clock
from implementor.calendars.services import clocks
from implementor.calendars.services.policies import version_of
from tests.auth.builders import working
from tests.calendars.builders import begin, errands, record, standard
from tests.calendars.test_clocks import MONDAY

STEPS = st.lists(st.integers(1, 5000), min_size=1, max_size=6)
"""Minutes between one thing and the next."""


@pytest.fixture(autouse=True)
def _errands() -> Iterator[None]:
    with errands():
        yield


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.sampled_from(["met", "cancelled", "open"]))
def test_bulk_rows_are_what_the_services_leave(app: Flask, steps: list[int], ending: str) -> None:
    moments = [MONDAY + timedelta(minutes=sum(steps[: count + 1])) for count in range(len(steps))]
    last = moments.pop()
    pauses = [(at, moments[place + 1] if place + 1 < len(moments) else None)
              for place, at in enumerate(moments) if place % 2 == 0]  # fmt: skip
    policy_id = standard(app) if not _exists(app) else 1
    with working(app) as session:
        policy = session.scalars(queries.policy_by_id(policy_id)).one()
        clock = begin(session, MONDAY)["settled"]
        for start, end in pauses:
            clocks.pause_clocks(session, record(), at=start, names=["settled"])
            if end is not None:
                clocks.resume_clocks(session, record(), at=end, names=["settled"])
        if ending == "met":
            clocks.meet_clock(session, record(), "settled", at=last)
        elif ending == "cancelled":
            clocks.cancel_clocks(session, record(), at=last, names=["settled"])
        row = past_clock(
            record(), "settled", version_of(session, policy, at=MONDAY), priority="high", started_at=MONDAY,
            pauses=pauses, met_at=last if ending == "met" else None,
            cancelled_at=last if ending == "cancelled" else None,
        )  # fmt: skip
        stored = {name: getattr(clock, name) for name in sorted(inspect(SlaClock).columns.keys()) if name != "id"}
        session.rollback()
    assert row == stored


def _exists(app: Flask) -> bool:
    with working(app) as session:
        return session.scalars(queries.policy_by_id(1)).one_or_none() is not None


def test_rows_go_in_at_once_and_what_is_not_promised_has_none(app: Flask) -> None:
    policy_id = standard(app)
    with working(app) as session:
        version = version_of(session, session.scalars(queries.policy_by_id(policy_id)).one(), at=MONDAY)
        rows = [past_clock(record(number), "first", version, priority="low", started_at=MONDAY) for number in range(50)]
        session.execute(insert(SlaClock), [row for row in rows if row is not None])
        assert len(session.scalars(select(SlaClock.id)).all()) == 50
        assert past_clock(record(), "settled", version, priority="low", started_at=MONDAY) is None
