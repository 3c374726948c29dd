"""The outbox holds links that open accounts, so only administrators see it."""

from typing import Any

from flask import Flask

from implementor.foundation.permissions import Role
from implementor.foundation.words import say
from implementor.notifications import services
from implementor.notifications.models import OutboxMessage
from tests.history.builders import NOON, person, sign_in, working


def write(app: Flask) -> int:
    with working(app) as (session, _note):
        written = services.send_mail(
            session, "ana@example.com", say("Your link"), ["https://x.example/link/abc"], language="en", at=NOON
        )
        session.flush()
        return written.id


def test_an_administrator_reads_what_waits_where_there_is_no_server(app: Flask, browser: Any) -> None:
    write(app)
    sign_in(browser, person(app, "Adam", Role.ADMIN))
    page = browser.get("/settings/outbox")
    assert "no mail server" in page.text
    assert [(row["Subject"], row["State"]) for row in page.rows()] == [("Your link", "Waiting")]
    page = page.follow("Your link")
    assert "https://x.example/link/abc" in page.text


def test_nobody_else_sees_it(app: Flask, browser: Any) -> None:
    message_id = write(app)
    sign_in(browser, person(app, "Pia", Role.PMO))
    for address in ("/settings/outbox", f"/settings/outbox/{message_id}"):
        assert "abc" not in browser.get(address, status=403).html
    browser.post(f"/settings/outbox/{message_id}/retry", status=403)


def test_a_mail_that_was_given_up_gets_a_second_try(app: Flask, browser: Any) -> None:
    message_id = write(app)
    with working(app) as (session, _note):
        services.note_failed(session, message_id, attempts=1, error="refused", is_final=True, at=NOON)
    with working(app) as (session, _note):
        session.get_one(OutboxMessage, message_id).attempts = 1
    sign_in(browser, person(app, "Adam", Role.ADMIN))
    page = browser.get(f"/settings/outbox/{message_id}")
    assert "Given up" in page.text
    page = page.form("Send again").submit()
    assert "waits to be sent" in page.text
    assert "Waiting" in page.text


def test_an_unknown_mail_is_not_found(app: Flask, browser: Any) -> None:
    sign_in(browser, person(app, "Adam", Role.ADMIN))
    browser.get("/settings/outbox/999", status=404)
    assert "No mails yet" in browser.get("/settings/outbox").text
