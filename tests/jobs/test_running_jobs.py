"""A job is done once, tells how far it is, and never leaves half of its work behind."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from flask import Flask

from implementor.auth.models import Area
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import SYSTEM, Actor
from implementor.foundation.words import say
from implementor.history.models import Action
from implementor.jobs import services
from implementor.jobs.context import JobContext
from implementor.jobs.models import Job
from implementor.jobs.running import run_inline, run_next
from implementor.jobs.tasks import UnknownTaskError, task, task_named
from implementor.web.database import writing_session
from tests.history.builders import NOON, person, reading, working

STOPPING = Event()


@task("tests.count")
def count_up(job: JobContext, *, until: int) -> dict[str, Any]:
    for number in range(until + 1):
        job.progress(number, until, say("Counting"))
    return {"counted": until}


@task("tests.open_area")
def open_area(job: JobContext, *, name: str, fault: str = "") -> None:
    with job.writing(say("Opened %(name)s", name=name)) as session:
        session.add(Area(name=name))
        session.flush()
        job.progress(1, 1)
        if fault == "refusal":
            raise Refusal(say("Not on a Sunday."))
        if fault == "surprise":
            raise ZeroDivisionError


@task("tests.cancel_me")
def cancel_me(job: JobContext) -> None:
    with writing_session(job.app) as session:
        services.cancel_job(session.get_one(Job, job.job.id), by=SYSTEM, at=NOON)
        session.commit()
    job.progress(1, 1)
    raise AssertionError("went on after it was called off")


@task("tests.stop_me")
def stop_me(job: JobContext) -> None:
    STOPPING.set()
    job.progress(1, 2)


@pytest.fixture(autouse=True)
def _go_on() -> Iterator[None]:
    yield
    STOPPING.clear()


def ask(app: Flask, kind: str, by: Actor = SYSTEM, at: datetime | None = None, **arguments: Any) -> int:
    with working(app) as (session, _note):
        job = services.enqueue(session, kind, arguments=arguments, title=say("Test"), by=by, at=at or datetime.now(UTC))
        return job.id


def job(app: Flask, job_id: int) -> Job:
    with reading(app) as session:
        found = session.get_one(Job, job_id)
        session.expunge(found)
        return found


def test_a_job_runs_to_its_end_and_keeps_its_result(app: Flask) -> None:
    ended = run_inline(app, ask(app, "tests.count", until=3))
    assert (ended.state, ended.result, ended.attempts) == ("done", {"counted": 3}, 1)
    assert (ended.progress_done, ended.progress_total, str(ended.message_phrase)) == (3, 3, "Counting")


def test_what_a_job_writes_is_recorded_for_the_person_who_asked(app: Flask) -> None:
    ana = person(app, "Ana")
    job_id = ask(app, "tests.open_area", ana, name="Sales")
    assert run_inline(app, job_id).state == "done"
    with reading(app) as session:
        action = session.query(Action).order_by(Action.id.desc()).first()
        assert action is not None
        assert (action.actor_id, action.source, str(action.sentence)) == (ana.user_id, "job", "Opened Sales")
        assert action.request_id == f"job-{job_id}"


def test_a_refused_job_says_why_and_leaves_nothing(app: Flask) -> None:
    ended = run_inline(app, ask(app, "tests.open_area", name="Sales", fault="refusal"))
    assert (ended.state, str(ended.message_phrase), ended.error) == ("failed", "Not on a Sunday.", None)
    with reading(app) as session:
        assert session.query(Area).count() == 0


def test_a_broken_job_keeps_its_trace_for_administrators(app: Flask) -> None:
    ended = run_inline(app, ask(app, "tests.open_area", name="Sales", fault="surprise"))
    assert ended.state == "failed"
    assert "ZeroDivisionError" in (ended.error or "")
    assert "ZeroDivision" not in str(ended.message_phrase)


def test_a_job_called_off_while_it_runs_stops_at_a_safe_point(app: Flask) -> None:
    assert run_inline(app, ask(app, "tests.cancel_me")).state == "cancelled"


def test_a_waiting_job_is_called_off_at_once_and_an_ended_one_not_at_all(app: Flask) -> None:
    job_id = ask(app, "tests.count", until=1)
    with working(app) as (session, _note):
        services.cancel_job(session.get_one(Job, job_id), by=SYSTEM, at=NOON)
    assert job(app, job_id).state == "cancelled"
    with working(app) as (session, _note), pytest.raises(services.JobIsOver):
        services.cancel_job(session.get_one(Job, job_id), by=SYSTEM, at=NOON)
    with pytest.raises(services.JobIsOver):
        run_inline(app, job_id)


def test_a_worker_that_ends_gives_its_job_back(app: Flask) -> None:
    job_id = ask(app, "tests.stop_me")
    assert run_next(app, STOPPING, set()) is True
    waiting = job(app, job_id)
    assert (waiting.state, waiting.attempts) == ("waiting", 0)


def test_jobs_begin_in_the_order_they_wait_and_not_before_their_time(app: Flask) -> None:
    now = datetime.now(UTC)
    late = ask(app, "tests.count", at=now + timedelta(hours=1), until=1)
    second, first = ask(app, "tests.count", at=now, until=1), ask(app, "tests.count", at=now - timedelta(1), until=1)
    while run_next(app, STOPPING, set()):
        pass
    ended = [job(app, one) for one in (first, second)]
    assert ended[0].started_at is not None
    assert ended[1].started_at is not None
    assert ended[0].started_at < ended[1].started_at
    assert job(app, late).state == "waiting"


def test_two_workers_never_take_one_job(app: Flask) -> None:
    job_id = ask(app, "tests.count", until=1)
    with writing_session(app) as first:
        assert services.take_job(first, at=NOON, job_id=job_id) is not None
        first.commit()
    with writing_session(app) as second:
        assert services.take_job(second, at=NOON, job_id=job_id) is None


def test_a_job_is_only_there_when_its_cause_is(app: Flask) -> None:
    with writing_session(app) as session:
        services.enqueue(session, "tests.count", arguments={}, title=say("Test"), by=SYSTEM, at=NOON)
        session.rollback()
    assert run_next(app, STOPPING, set()) is False


def test_silent_jobs_wait_again_three_times_and_are_then_given_up(app: Flask) -> None:
    job_id, states = ask(app, "tests.count", until=1), []
    for minute in range(3):
        at = NOON + timedelta(minutes=2 * minute)
        with writing_session(app) as session:
            assert services.take_job(session, at=at, job_id=job_id) is not None
            services.beat(session, [job_id], at=at)
            assert services.rescue_jobs(session, at=at + timedelta(seconds=59)) == 0
            assert services.rescue_jobs(session, at=at + timedelta(seconds=61), mine=frozenset({job_id})) == 0
            assert services.rescue_jobs(session, at=at + timedelta(seconds=61)) == 1
            session.commit()
        states.append(job(app, job_id).state)
    assert states == ["waiting", "waiting", "failed"]


def test_an_attempt_that_was_given_to_another_worker_can_end_nothing(app: Flask) -> None:
    job_id = ask(app, "tests.count", until=1)
    with writing_session(app) as session:
        old = services.take_job(session, at=NOON, job_id=job_id)
        assert old is not None
        session.expunge(old)
        services.rescue_jobs(session, at=NOON + timedelta(hours=1))
        services.take_job(session, at=NOON, job_id=job_id)
        assert services.report_progress(session, old, done=1, total=1, message=None, at=NOON) is True
        assert services.finish_job(session, old, at=NOON, **services.outcome_of_success(None)) is False
        session.commit()
    assert job(app, job_id).state == "running"


def test_a_task_that_nobody_has_is_a_fault_of_the_program() -> None:
    with pytest.raises(ModuleNotFoundError):
        task_named("nowhere.nothing")
    with pytest.raises(UnknownTaskError):
        task_named("jobs.nothing")
