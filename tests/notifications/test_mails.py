"""Mails leave once, in the reader's language, over a real connection, and nobody can slip a header in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.auth.events import AccountLinkIssued
from implementor.foundation.events import publish
from implementor.foundation.invitation import CANCEL, Invitation, calendar_file
from implementor.foundation.words import say
from implementor.notifications import services
from implementor.notifications.delivery import deliver_due
from implementor.notifications.mail import BadAddressError, composed
from implementor.notifications.models import OutboxMessage
from tests.history.builders import NOON, person, reading, working

Maker = Callable[..., Flask]


def write(app: Flask, to: str = "ana@example.com", subject: str = "Hello") -> int:
    with working(app) as (session, _note):
        written = services.send_mail(session, to, say(subject), [say("A line."), "b"], language="en", at=NOON)
        session.flush()
        return written.id


def message(app: Flask, message_id: int) -> OutboxMessage:
    with reading(app) as session:
        found = session.get_one(OutboxMessage, message_id)
        session.expunge(found)
        return found


def test_a_mail_leaves_once_and_its_text_is_forgotten(make_app: Maker, smtp: Any) -> None:
    app = make_app(smtp_url=smtp.url)
    message_id = write(app)
    assert (deliver_due(app), deliver_due(app)) == (1, 0)
    (mail,) = smtp.messages
    assert (mail["Subject"], mail.get_content().split(), smtp.recipients) == (
        "Hello",
        ["A", "line.", "b"],
        [["ana@example.com"]],
    )
    sent = message(app, message_id)
    assert (sent.state, sent.lines, mail["Message-ID"]) == ("sent", None, sent.message_id)


def test_a_calendar_file_goes_along_and_says_what_to_do_with_it(make_app: Maker, smtp: Any) -> None:
    app = make_app(smtp_url=smtp.url)
    event = Invitation("1@x", 2, NOON, NOON, NOON + timedelta(hours=1), "Té, café y más" * 9, is_cancelled=True)
    text = calendar_file(event, method=CANCEL)
    with working(app) as (session, _note):
        services.send_mail(
            session, "ana@example.com", say("Hello"), ["A line."], language="es", at=NOON, calendar=text
        )  # fmt: skip
    assert deliver_due(app) == 1
    parts = {part.get_content_type(): part for part in smtp.messages[0].walk() if not part.is_multipart()}
    assert parts["text/plain"].get_content().split() == ["A", "line."]
    assert parts["text/calendar"].get_param("method") == "CANCEL"
    assert parts["application/ics"].get_filename() == "appointment.ics"
    assert parts["application/ics"].get_content() == text.encode()
    assert parts["text/calendar"].get_content().splitlines() == text.splitlines()
    with reading(app) as session:
        assert session.query(OutboxMessage).one().calendar is None, "what was sent is forgotten"


def test_without_a_mail_server_mails_wait(app: Flask) -> None:
    message_id = write(app)
    assert deliver_due(app) == 0
    assert message(app, message_id).state == "waiting"


def test_a_server_that_is_away_is_tried_again_later(make_app: Maker) -> None:
    app = make_app(smtp_url="smtp://127.0.0.1:1")
    message_id = write(app)
    assert (deliver_due(app), deliver_due(app)) == (0, 0)
    tried = message(app, message_id)
    assert (tried.state, tried.attempts) == ("retrying", 1)
    assert "ConnectionRefused" in (tried.last_error or "")
    assert tried.send_after > datetime.now(UTC)


def test_a_mail_is_given_up_after_its_last_pause_and_can_be_sent_again(app: Flask) -> None:
    message_id = write(app)
    with working(app) as (session, _note):
        last = len(services.PAUSES) + 1
        services.note_failed(session, message_id, attempts=last, error="x", is_final=False, at=NOON)
    assert message(app, message_id).state == "given_up"
    with working(app) as (session, _note):
        services.send_again(session.get_one(OutboxMessage, message_id), at=NOON)
    assert message(app, message_id).state == "waiting"


def test_an_address_that_is_none_is_given_up_at_once(make_app: Maker, smtp: Any) -> None:
    app = make_app(smtp_url=smtp.url)
    message_id = write(app, to="not an address")
    assert deliver_due(app) == 0
    assert message(app, message_id).state == "given_up"


def test_two_workers_never_send_one_mail(app: Flask) -> None:
    message_id = write(app)
    seen = message(app, message_id)
    with working(app) as (session, _note):
        assert services.take_message(session, seen, at=NOON) is True
        assert services.take_message(session, seen, at=NOON) is False


def test_a_sent_mail_is_not_sent_again(app: Flask) -> None:
    message_id = write(app)
    with working(app) as (session, _note):
        services.note_sent(session, message_id, at=NOON)
    with working(app) as (session, _note), pytest.raises(services.MailIsGone):
        services.send_again(session.get_one(OutboxMessage, message_id), at=NOON)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.text())
def test_no_text_becomes_a_header(subject: str, to: str) -> None:
    row = OutboxMessage(
        to_address=to, subject=say("%(text)s", text=subject).as_json(), lines=["x"], message_id="<a@b>", language="en"
    )
    try:
        mail = composed(row, sender="Implementor <a@example.com>", at=NOON)
    except BadAddressError:
        return
    raw = mail.as_bytes().split(b"\n\n", 1)[0]
    names = [line.split(b":")[0] for line in raw.splitlines() if not line.startswith((b" ", b"\t"))]
    assert sorted(names) == sorted(
        [
            b"From",
            b"To",
            b"Subject",
            b"Date",
            b"Message-ID",
            b"Auto-Submitted",
            b"Content-Type",
            b"Content-Transfer-Encoding",
            b"MIME-Version",
        ]
    )


@pytest.mark.parametrize(("purpose", "words"), [("invite", "invited"), ("reset", "new password")])
def test_links_are_mailed_to_the_person_they_are_for(app: Flask, purpose: str, words: str) -> None:
    ana = person(app, "Ana")
    assert ana.user_id is not None
    url, until = "https://crm.example.com/link/abc", NOON + timedelta(hours=72)
    with working(app) as (session, _note):
        publish(session, AccountLinkIssued(ana.user_id, "ana@example.com", "Ana", purpose, url, "es", until))
    with reading(app) as session:
        row = session.query(OutboxMessage).one()
        text = composed(row, sender="Implementor <a@example.com>", at=NOON).get_content()
        assert (row.user_id, row.language, row.to_address) == (ana.user_id, "es", "ana@example.com")
    assert url in text
    assert words in text
    assert "72 hours" in text


def test_the_first_administrators_link_is_printed_not_mailed(app: Flask) -> None:
    with working(app) as (session, _note):
        publish(session, AccountLinkIssued(1, "a@example.com", "A", "first_admin", "/link/x", "en", NOON))
        assert session.query(OutboxMessage).count() == 0
