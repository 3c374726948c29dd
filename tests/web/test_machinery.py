"""The machinery of the tests itself: what it promises to every other test."""

import smtplib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from sqlalchemy import select, table, text

from implementor.foundation.permissions import Role
from implementor.search.queries import Address
from implementor.search.visits import book
from implementor.web.database import db
from tests.auth.builders import add_person
from tests.journeys.looking import ink_faults, inks_of
from tests.machinery.chromium import Complaints, axe_findings
from tests.machinery.page_checks import faults_of
from tests.machinery.pages import Browser
from tests.machinery.servers import LiveServer, Mailbox
from tests.projects.builders import add_project

if TYPE_CHECKING:
    from playwright.sync_api import Page

TABLES_OF_SQLITE = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_index%'"
TABLES_OF_POSTGRESQL = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
PAGE = """<!doctype html><html lang="en"><head><title>Try</title></head><body><main><h1>{heading}</h1>
<form action="/try" method="post" id="try"><input type="hidden" name="csrf_token" value="x">
<label for="name">Name</label><input id="name" name="name" value="Ana">
<label><input type="checkbox" name="agreed" value="yes"> Agreed</label>
<label>Size <select name="size"><option value="1">one</option><option value="2" selected>two</option></select></label>
<label>Note <textarea name="note">
kept</textarea></label><button type="submit" name="do" value="save">Save</button></form>
{more}</main></body></html>"""


def person(more: str = "") -> Browser:
    """Someone looking at a page that answers with what it was sent."""
    app = Flask("machinery")
    app.add_url_rule("/try", endpoint="try", view_func=lambda: PAGE.format(heading="Try it", more=more))
    app.add_url_rule("/try", endpoint="sent", view_func=_sent, methods=["POST"])
    return Browser(app)


def _sent() -> str:
    from flask import request

    return PAGE.format(heading=repr(sorted(request.form.items())), more="")


@pytest.mark.parametrize("attempt", [1, 2])
def test_what_one_test_writes_no_other_test_sees(app: Flask, attempt: int) -> None:
    with app.app_context():
        db.session.execute(text("CREATE TABLE left_behind (id INTEGER)"))
        db.session.commit()


def test_whom_an_application_saw_in_one_test_it_forgets_before_the_next(
    app: Flask, workshop: Any, database_kind: str
) -> None:
    opened, at = Address("story", "VEN", 1, is_id=False), datetime.now(UTC)
    assert book(app).note(1, opened, at)
    assert not book(app).note(1, opened, at)
    workshop.restore(database_kind, written_elsewhere=False)
    assert book(app).note(1, opened, at)


def test_an_emptied_database_holds_what_a_fresh_one_holds(app: Flask, workshop: Any, database_kind: str) -> None:
    add_person(app, "Ana Vega", Role.ADMIN)
    add_project(app, "VEN", name="Rollout Vega")
    with app.app_context():
        db.session.execute(text("DELETE FROM pipeline_stage"))
        db.session.commit()
    written = _contents(app)
    workshop.restore(database_kind, written_elsewhere=False)
    emptied = _contents(app)
    workshop.restore(database_kind, written_elsewhere=True)
    assert emptied == _contents(app) != written


def _contents(app: Flask) -> dict[str, Any]:
    """The rows of every table, where every number stands, and how many documents the search would find."""
    with app.app_context(), db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        tables = connection.scalars(text(TABLES_OF_SQLITE if is_sqlite else TABLES_OF_POSTGRESQL)).all()
        rows = {name: connection.execute(select(text("*")).select_from(table(name))).all() for name in tables}
        if is_sqlite:
            found = text("SELECT count(*) FROM search_index WHERE search_index MATCH 'vega'")
            return rows | {"found": connection.scalar(found), "sqlite_sequence": sorted(rows["sqlite_sequence"])}
        return rows | {"sequences": connection.execute(text("SELECT * FROM pg_sequences ORDER BY 2")).all()}


def test_a_form_is_sent_as_a_person_left_it() -> None:
    answer = person().get("/try").form("Save").submit(agreed=True, size="1")
    sent = {"csrf_token": "x", "name": "Ana", "agreed": "yes", "size": "1", "note": "kept", "do": "save"}
    assert answer.heading == repr(sorted(sent.items()))


@pytest.mark.parametrize(("field", "value"), [("size", "9"), ("colour", "red"), ("agreed", "no")])
def test_nobody_can_send_what_the_form_does_not_offer(field: str, value: str) -> None:
    with pytest.raises(AssertionError):
        person().get("/try").form("try").submit({field: value})


@pytest.mark.parametrize(
    ("markup", "complaint"),
    [
        ('<h2 id="name">Twice</h2>', "id 'name' stands 2 times"),
        ("<h1>Second</h1>", "not exactly one h1"),
        ('<input name="bare">', "no label"),
        ('<form method="post"><button type="submit">Go</button></form>', "without action or method"),
        ('<form method="post" action="/x"><button type="submit">Go</button></form>', "without csrf_token"),
        ('<p style="color: red">Red</p>', "inline style"),
        ('<p onclick="go()">Go</p>', "inline handler"),
        ("<script>go()</script>", "inline script"),
        ('<div hx-get="/x">Go</div>', "nothing without JavaScript"),
        ('<a href="/x" hx-get="/x" hx-target="#nowhere">Go</a>', "hx-target #nowhere is not on the page"),
        ('<a href="/x" hx-get="/x" hx-trigger="click[ctrlKey]">Go</a>', "trigger filter"),
        ('<a href="/x"></a>', "nothing to read or say"),
        ('<p aria-describedby="nowhere">Text</p>', "aria-describedby names"),
        ("<button>Go</button>", "button without type"),
        ('<svg aria-hidden="true"><use href="#i-none"/></svg>', "no icon #i-none on the page"),
        ('<table><tr><td data-label="Who"><b>Ana</b> and others</td></tr></table>', "bare words behind an element"),
        ("<p>Unclosed <b>text</p>", "HTML:"),
    ],
)
def test_every_fault_of_a_page_is_found(
    markup: str, complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.machinery.runs.run.folder", tmp_path)
    with pytest.raises(AssertionError, match=complaint.replace("(", r"\(")):
        person(markup).get("/try")


def test_a_sound_page_has_no_faults() -> None:
    assert faults_of(person().get("/try").tree, is_whole=True) == []


def test_mails_arrive(smtp: Mailbox) -> None:
    with smtplib.SMTP(smtp.url.removeprefix("smtp://")) as client:
        client.sendmail("a@example.org", ["b@example.org"], "Subject: Hello\r\n\r\nText")
    assert [message["Subject"] for message in smtp.messages] == ["Hello"]
    assert smtp.recipients == [["b@example.org"]]


@pytest.mark.browser
@pytest.mark.sqlite_only(reason="the browser sees no database")
def test_the_browser_reports_what_the_policy_refuses(page: "Page", complaints: Complaints) -> None:
    page.goto("/health/live")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">red</p>')")
    page.wait_for_function("document.body.childElementCount > 0")
    complaints.expect("content policy: style-src")
    complaints.expect("inline style")


@pytest.mark.browser
@pytest.mark.sqlite_only(reason="the browser sees no database")
def test_axe_finds_faults_under_the_strict_policy(page: "Page") -> None:
    page.goto("/health/live")
    page.evaluate("document.body.append(document.createElement('input'))")
    assert "label" in {finding["rule"] for finding in axe_findings(page)}


@pytest.mark.browser
@pytest.mark.sqlite_only(reason="the browser sees no database")
def test_each_colour_of_writing_is_met_once_in_each_theme(make_context: Any, live_server: LiveServer) -> None:
    page = make_context(base_url=live_server.url, reduced_motion="reduce").new_page()
    page.goto("/sign-in")
    light, dark = inks_of(page, "light"), inks_of(page, "dark")
    assert light.isdisjoint(dark)
    again = "document.querySelector('h1').after(document.querySelector('h1').cloneNode(true))"
    page.evaluate(again)
    assert inks_of(page, "dark") == dark
    pale = "(h1) => { h1.style.setProperty('color', '#888'); h1.style.setProperty('background-color', '#999'); }"
    page.locator("h1").first.evaluate(pale)
    new = inks_of(page, "dark") - dark
    assert [ink for ink in new if "rgb(136, 136, 136)" in ink and "rgb(153, 153, 153)" in ink] == list(new)
    assert ["color-contrast" in fault for fault in ink_faults(page, "dark", new)] == [True]
    assert list(ink_faults(page, "dark", dark)) == []
