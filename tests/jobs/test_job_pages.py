"""The page of a job: for its owner and the PMO, asked each second, quiet while nothing is new."""

from typing import Any

from flask import Flask

from implementor.foundation.permissions import Actor, Role
from implementor.foundation.words import say
from implementor.jobs import services
from implementor.jobs.models import Job
from implementor.web.database import writing_session
from tests.history.builders import NOON, person, reading, sign_in, working


def ask(app: Flask, by: Actor) -> int:
    with working(app) as (session, _note):
        return services.enqueue(session, "tests.none", arguments={}, title=say("Read a file"), by=by, at=NOON).id


def test_the_owner_watches_and_calls_off(app: Flask, browser: Any) -> None:
    ana = person(app, "Ana")
    job_id = ask(app, ana)
    sign_in(browser, ana)
    page = browser.get(f"/jobs/{job_id}")
    assert page.heading == "Read a file"
    assert page.find("#job").get("data-poll") == f"/jobs/{job_id}/progress"
    page = page.form("Cancel this job").submit()
    assert "Cancelled" in page.text
    assert page.find("#job").get("data-poll") is None
    with reading(app) as session:
        assert session.get_one(Job, job_id).state == "cancelled"


def test_strangers_find_nothing_and_the_pmo_everything(app: Flask, browser: Any) -> None:
    ana, eva, pia = person(app, "Ana"), person(app, "Eva"), person(app, "Pia", Role.PMO)
    job_id = ask(app, ana)
    sign_in(browser, eva)
    for address in (f"/jobs/{job_id}", f"/jobs/{job_id}/progress"):
        browser.get(address, status=404)
    browser.post(f"/jobs/{job_id}/cancel", status=404)
    sign_in(browser, pia)
    assert browser.get(f"/jobs/{job_id}").heading == "Read a file"


def test_polling_answers_204_until_something_is_new(app: Flask, browser: Any) -> None:
    ana = person(app, "Ana")
    job_id = ask(app, ana)
    sign_in(browser, ana)
    version = browser.get(f"/jobs/{job_id}").find("#job").get("data-poll-version")
    asked = {"If_None_Match": f'"{version}"'}
    browser.get(f"/jobs/{job_id}/progress", status=204, target="job", **asked)
    with writing_session(app) as session:
        job = services.take_job(session, at=NOON, job_id=job_id)
        assert job is not None
        services.report_progress(session, job, done=3, total=10, message=say("Reading"), at=NOON)
        session.commit()
    page = browser.get(f"/jobs/{job_id}/progress", target="job", **asked)
    assert (page.is_whole, page.find("progress").get("value")) == (False, "3")
    assert "Reading" in page.text


def test_traces_are_for_those_who_follow_all_jobs(app: Flask, browser: Any) -> None:
    ana, adam = person(app, "Ana"), person(app, "Adam", Role.ADMIN)
    job_id = ask(app, ana)
    with writing_session(app) as session:
        job = services.take_job(session, at=NOON, job_id=job_id)
        assert job is not None
        services.finish_job(session, job, at=NOON, **services.outcome_of_surprise("Traceback: secret"))
        session.commit()
    sign_in(browser, ana)
    page = browser.get(f"/jobs/{job_id}")
    assert ("Something broke" in page.text, "secret" in page.html) == (True, False)
    sign_in(browser, adam)
    assert "secret" in browser.get(f"/jobs/{job_id}").html
