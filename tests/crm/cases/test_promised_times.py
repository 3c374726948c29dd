"""The clocks of cases: what other programs get wrong about pauses, priorities, holidays, duplicates and answers."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from implementor.calendars.models import SlaPolicy
from implementor.calendars.services.clocks import rebase_clocks
from implementor.calendars.services.policies import PolicyWanted, edit_policy
from implementor.crm.interactions.services.interactions import log_interaction
from implementor.foundation.permissions import SYSTEM
from implementor.foundation.records import RecordRef
from tests.crm.cases.desk import MONDAY, TARGETS, Desk, desk, local


def answer(here: Desk, case_id: int, **values: object) -> None:
    """Log something about a case as its page does."""
    at = MONDAY + timedelta(minutes=20)
    sent = {"channel": "email", "direction": "out", "subject": "We look into it", "at": at, **values}
    with here.working(at=at) as session:
        log_interaction(session, sent, by=here.by(), at=at, about=RecordRef("case", case_id))


def test_a_case_is_promised_times_from_its_opening(app: Flask) -> None:
    here = desk(app)
    case_id = here.open()
    clocks, case = here.clocks(case_id), here.case(case_id)
    assert clocks["first_response"].due_at == local(2026, 3, 2, 11)
    assert clocks["resolution"].due_at == local(2026, 3, 2, 18)
    assert (case.due_at, case.warn_at) == (local(2026, 3, 2, 11), local(2026, 3, 2, 10, 48))


def test_a_case_opened_on_a_closed_day_counts_from_opening_on_the_next_open_one(app: Flask) -> None:
    here = desk(app)
    case_id = here.open(at=local(2026, 2, 28, 15))  # a Saturday
    clock = here.clocks(case_id)["first_response"]
    assert (clock.started_at, clock.due_at) == (local(2026, 2, 28, 15), local(2026, 3, 2, 10))


def test_resolving_a_paused_case_in_one_save_counts_no_waiting(app: Flask) -> None:
    here = desk(app)
    case_id = here.open()
    here.change("case", case_id, at=MONDAY + timedelta(hours=1), status="waiting_customer")
    assert here.case(case_id).due_at is None
    week = MONDAY + timedelta(days=7)
    here.change("case", case_id, at=week, status="resolved", resolution="New seal")
    clock, case = here.clocks(case_id)["resolution"], here.case(case_id)
    assert (clock.state, clock.elapsed_seconds, case.resolved_at, case.due_at) == ("met", 3600, week, None)


def test_going_on_after_a_pause_moves_the_limit(app: Flask) -> None:
    here = desk(app)
    case_id = here.open()
    here.change("case", case_id, at=MONDAY + timedelta(hours=2), status="waiting_others")
    here.change("case", case_id, at=local(2026, 3, 3, 9), status="in_progress")
    assert here.clocks(case_id)["resolution"].due_at == local(2026, 3, 3, 15)


def test_another_priority_moves_the_limit_and_keeps_what_counted(app: Flask) -> None:
    here = desk(app)
    case_id = here.open()
    here.change("case", case_id, at=MONDAY + timedelta(minutes=10), priority="urgent")
    clocks = here.clocks(case_id)
    assert clocks["first_response"].due_at == MONDAY + timedelta(minutes=30)
    assert here.case(case_id).due_at == MONDAY + timedelta(minutes=30)
    here.change("case", case_id, at=MONDAY + timedelta(minutes=15), priority="high")
    assert here.clocks(case_id)["first_response"].state == "cancelled"
    assert here.case(case_id).due_at == local(2026, 3, 2, 14)


def test_the_first_thing_that_goes_out_answers_and_what_comes_in_does_not(app: Flask) -> None:
    here = desk(app)
    case_id = here.open()
    answer(here, case_id, direction="in")
    assert here.case(case_id).first_response_at is None
    answer(here, case_id)
    answer(here, case_id, at=MONDAY + timedelta(minutes=5))
    case = here.case(case_id)
    assert case.first_response_at == MONDAY + timedelta(minutes=20)
    assert here.clocks(case_id)["first_response"].state == "met"
    assert case.due_at == local(2026, 3, 2, 18)


def test_a_duplicate_is_closed_and_breaks_no_promise(app: Flask) -> None:
    here = desk(app)
    first, second = here.open(), here.open()
    here.change("case", second, at=MONDAY + timedelta(minutes=5), duplicate_of=first)
    case = here.case(second)
    assert (case.status, case.due_at, case.first_response_at) == ("closed", None, None)
    assert {clock.state for clock in here.clocks(second).values()} == {"cancelled"}


def test_opening_again_promises_a_new_resolution_and_no_new_answer(app: Flask) -> None:
    here = desk(app)
    case_id = here.open()
    here.change("case", case_id, at=MONDAY + timedelta(minutes=30), status="resolved", resolution="Done")
    here.change("case", case_id, at=local(2026, 3, 3, 9), status="in_progress")
    clocks, case = here.clocks(case_id), here.case(case_id)
    assert (clocks["first_response"].state, clocks["resolution"].state) == ("met", "running")
    assert (case.resolved_at, case.due_at) == (None, local(2026, 3, 3, 17))


def test_taking_back_a_pause_counts_on(app: Flask) -> None:
    here = desk(app)
    case_id = here.open()
    here.change("case", case_id, at=MONDAY + timedelta(minutes=5), status="waiting_customer")
    here.undo()
    assert here.case(case_id).status == "new"
    assert here.case(case_id).due_at is not None


def test_other_terms_reach_the_limits_beside_cases(app: Flask) -> None:
    here = desk(app)
    case_id = here.open(priority="high")
    with here.working("crm_admin", at=MONDAY) as session:
        policy = session.scalars(select(SlaPolicy)).one()
        wanted = PolicyWanted("Usual", policy.calendar_id, targets={**TARGETS, "high": {"resolution": 60}})
        edit_policy(session, policy, wanted, by=SYSTEM, at=MONDAY)
        rebase_clocks(session, policy, at=MONDAY)
    assert here.case(case_id).due_at == local(2026, 3, 2, 11)


def test_without_a_service_level_nothing_is_promised_and_the_page_says_how(app: Flask) -> None:
    here = desk(app, promises=False)
    case_id = here.open()
    assert here.case(case_id).due_at is None
    assert "No service level promises anything" in here.browser().get(f"/crm/cases/{case_id}").html
