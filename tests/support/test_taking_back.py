"""What is taken back of a request takes its promises along."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from implementor.calendars.models import SlaClock
from implementor.calendars.services.policies import PolicyWanted, add_policy
from implementor.history.models import Action
from implementor.history.services import undo_action
from implementor.lists.services import put_away
from implementor.lists.sheets import sheet_of
from implementor.support.models import SupportRequest
from implementor.support.services import change, write_down
from tests.audiences.builders import AT, Affected, affected
from tests.auth.builders import reading
from tests.calendars.builders import make_calendar

TARGETS = {"urgent": {"first_answer": 60, "settled": 480}, "normal": {"first_answer": 480, "settled": 2400}}
MINUTE = timedelta(minutes=1)
WORDS = {"name": "No way to copy a quote", "kind": "fault"}


def promised(app: Flask) -> Affected:
    """A rollout that promises times for requests."""
    here = affected(app)
    with here.working() as session:
        calendar = make_calendar(session).id
        add_policy(session, "support_request", PolicyWanted("Help", calendar, TARGETS), by=here.by(), at=AT)
    return here


def take_back(here: Affected, at: datetime) -> None:
    """Undo what was done last."""
    with here.working(at=at) as session:
        last = session.scalars(select(Action).order_by(Action.id.desc()).limit(1)).one()
        assert not undo_action(session, last, by=here.by(), at=at).kept


def clocks(here: Affected) -> dict[str, tuple[str, int, datetime | None]]:
    """State, minutes promised and due moment of each newest promise."""
    with reading(here.app) as session:
        found = session.scalars(select(SlaClock).order_by(SlaClock.id))
        return {one.name: (one.state, one.target_seconds // 60, one.due_at) for one in found}


def test_another_priority_that_is_taken_back_promises_the_former_times_again(app: Flask) -> None:
    here = promised(app)
    with here.working() as session:
        write_down(session, here.project_id, WORDS, by=here.by(), at=AT)
    at_first = clocks(here)
    with here.working(at=AT + MINUTE) as session:
        change(session, session.get_one(SupportRequest, 1), {"priority": "urgent"}, by=here.by(), at=AT + MINUTE)
    assert [minutes for _state, minutes, _due in clocks(here).values()] == [60, 480]
    take_back(here, AT + 2 * MINUTE)
    assert clocks(here) == at_first, "time that counted still counts"


def test_a_promise_that_another_priority_does_not_make_is_made_again(app: Flask) -> None:
    here = promised(app)
    with here.working() as session:
        write_down(session, here.project_id, WORDS, by=here.by(), at=AT)
    at_first = clocks(here)
    with here.working() as session:
        change(session, session.get_one(SupportRequest, 1), {"priority": "low"}, by=here.by(), at=AT)
    assert {state for state, _minutes, _due in clocks(here).values()} == {"cancelled"}
    take_back(here, AT)
    assert clocks(here) == at_first


def test_what_is_put_away_and_taken_back_rests_and_goes_on(app: Flask) -> None:
    here = promised(app)
    with here.working() as session:
        write_down(session, here.project_id, WORDS, by=here.by(), at=AT)
    with here.working(at=AT + MINUTE) as session:
        found, sheet = session.get_one(SupportRequest, 1), sheet_of("support_request")
        put_away(session, sheet, found, by=here.by(), at=AT + MINUTE)
    assert {state for state, _minutes, _due in clocks(here).values()} == {"paused"}
    take_back(here, AT + 2 * MINUTE)
    assert {state for state, _minutes, _due in clocks(here).values()} == {"running"}


def test_taking_back_a_new_request_lets_its_promises_rest(app: Flask) -> None:
    here = promised(app)
    with here.working() as session:
        write_down(session, here.project_id, WORDS, by=here.by(), at=AT)
    take_back(here, AT + MINUTE)
    assert {state for state, _minutes, _due in clocks(here).values()} == {"paused"}
