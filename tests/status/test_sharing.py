"""An issued report is read by a link that ends, is counted and can be revoked, and shows the frozen pack alone."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import update

from implementor.status import report_queries as queries
from implementor.status.models import ShareLink
from implementor.web.database import writing_session
from tests.auth.builders import reading
from tests.machinery.pages import Browser
from tests.status.builders import PLACE, add_to_wave, alive, begin, issue
from tests.status.test_reports import sheet_of

GONE = "This link opens nothing"


def shared(browser: Browser, label: str = "The board") -> str:
    """The address of a new link, as it is shown this once."""
    page = browser.get(f"{PLACE}/1").form("share_form").submit(label=label, days="7")
    address = str(page.find("#share a[href*='/shared/']").get("href"))
    assert browser.get(f"{PLACE}/1").all("#share a[href*='/shared/']") == []
    return address


def test_a_stranger_reads_the_frozen_sheet_and_reaches_nothing_else(app: Flask) -> None:
    here = alive(app)
    browser = here.browser()
    frozen = sheet_of(issue(browser))
    address = shared(browser)
    add_to_wave(here, "Came later")
    stranger = Browser(app)
    page = stranger.get(address)
    assert (page.url, page.heading) == ("/shared", "Status report 1: Rollout VEN")
    assert page.texts(".sheet-tile .sheet-small")[0] in frozen
    assert "Came later" not in page.text
    assert [link.get("href") for link in page.all("main a")] == []
    assert page.response.headers["X-Robots-Tag"].startswith("noindex")
    assert page.response.headers["Cache-Control"] == "no-store"
    assert stranger.get(f"{PLACE}/1").heading == "Sign in"
    stranger.get("/shared/files/pdf", status=404)


def test_every_opening_is_written_down_and_a_revoked_link_opens_nothing(app: Flask) -> None:
    here = alive(app)
    browser = here.browser()
    issue(browser)
    address = shared(browser)
    for _turn in range(2):
        Browser(app).get(address)
    page = browser.get(f"{PLACE}/1")
    assert page.rows("#share table")[0]["Opened"].startswith("2 times")
    page = page.form("Revoke").submit()
    assert page.rows("#share table")[0]["State"] == "Revoked"
    assert Browser(app).get(address, status=404).heading == GONE
    with reading(app) as session:
        row = session.execute(queries.links_of_report(report_id=1)).one()
    assert (row.openings, row.ShareLink.token_hash in address) == (2, False)


def test_expired_unknown_and_guessed_links_answer_alike(app: Flask) -> None:
    here = alive(app)
    browser = here.browser()
    issue(browser)
    address = shared(browser)
    with writing_session(app) as session:
        session.execute(update(ShareLink).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
        session.commit()
    pages = [Browser(app).get(one, status=404) for one in (address, "/shared/unknown", "/shared")]
    assert {page.find("main").text_content() for page in pages} == {pages[0].find("main").text_content()}
    guessing = Browser(app, checking=False)
    guessing.get("/shared/unknown", status=404)
    statuses = {guessing.get("/shared", status=None).status for _turn in range(60)}
    assert statuses == {404, 429}


def test_only_what_is_issued_and_stands_is_shared_with_somebody_for_a_time(app: Flask) -> None:
    browser = alive(app).browser()
    begin(browser)
    browser.post(f"{PLACE}/1/links", {"label": "The board", "days": "7"}, status=409)
    browser.post(f"{PLACE}/1/issue")
    page = browser.post(f"{PLACE}/1/links", {"label": "", "days": "4000"}, status=422)
    assert "Say in a few words who it is for." in page.text
    assert "Choose for how long." in page.text


def test_a_link_of_one_project_is_not_revoked_in_another(app: Flask) -> None:
    browser = alive(app).browser()
    issue(browser)
    shared(browser)
    begin(browser)
    browser.post(f"{PLACE}/2/links/1/revoke", status=404)
    assert "Open" in browser.get(f"{PLACE}/1").rows("#share table")[0]["State"]
