"""Two at the same moment: a report is issued once, a pack is made once, and a pack that is called off goes on later."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Connection, event, func, select, update

from implementor.history.models import Action
from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from implementor.status.models import PackFile
from tests.auth.builders import reading
from tests.duplicates.test_at_once import at_once
from tests.machinery.pages import Browser
from tests.status.builders import PLACE, alive, begin, content, issue


def jobs_of(app: Flask) -> list[int]:
    """The jobs that were asked for, the earliest first."""
    with reading(app) as session:
        return list(session.scalars(select(Job.id).where(Job.kind == "status.build_files").order_by(Job.id)))


def formats(app: Flask) -> list[str]:
    """The files that were made."""
    with reading(app) as session:
        return list(session.scalars(select(PackFile.format).order_by(PackFile.id)))


def asked(browser: Browser, times: int = 1) -> list[int]:
    """Jobs that make the files of the issued report."""
    for _ in range(times):
        browser.post(f"{PLACE}/1/files")
    return jobs_of(browser.app)[-times:]


def test_a_report_that_two_issue_at_once_is_issued_once(app: Flask) -> None:
    here = alive(app)
    one, other = here.browser(), here.browser()
    begin(one)
    other.get(PLACE)
    pages = at_once(lambda: one.post(f"{PLACE}/1/issue"), lambda: other.post(f"{PLACE}/1/issue"))
    assert all("Status report 1 is issued and stays as it is." in getattr(page, "text", "") for page in pages)
    with reading(app) as session:
        issued = session.scalars(select(func.count()).select_from(Action).where(Action.verb == "report.issue")).one()
    assert issued == 1
    assert content(app)["head"]["number"] == 1


def test_a_pack_that_two_jobs_make_at_once_is_made_once(app: Flask) -> None:
    here = alive(app)
    browser = here.browser()
    issue(browser)
    one, other = asked(browser, 2)
    ended: list[Any] = at_once(lambda: run_inline(app, one).state, lambda: run_inline(app, other).state)
    assert ended == ["done", "done"]
    assert sorted(formats(app)) == ["pdf", "pptx", "xlsx"]


@contextmanager
def called_off_with_the_first_file() -> Iterator[None]:
    """Somebody calls every running job off in the moment in which a file is stored."""

    def call_off(_mapper: Any, connection: Connection, _file: PackFile) -> None:
        connection.execute(update(Job).values(cancel_asked_at=func.current_timestamp()))

    event.listen(PackFile, "after_insert", call_off)
    try:
        yield
    finally:
        event.remove(PackFile, "after_insert", call_off)


def test_a_pack_that_is_called_off_keeps_what_is_made_and_goes_on_when_asked_again(app: Flask) -> None:
    here = alive(app)
    browser = here.browser()
    issue(browser)
    with called_off_with_the_first_file():
        assert run_inline(app, *asked(browser)).state == "cancelled"
    assert formats(app) == ["xlsx"]
    assert run_inline(app, *asked(browser)).state == "done"
    assert formats(app) == ["xlsx", "pptx", "pdf"]
