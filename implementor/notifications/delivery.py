"""The way out: a worker takes due mails from the outbox and hands them to the mail server."""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from flask import Flask
from sqlalchemy.orm import Session

from implementor.foundation.words import speaking
from implementor.notifications import queries, services
from implementor.notifications.mail import BadAddressError, composed
from implementor.notifications.models import OutboxMessage
from implementor.settings import Settings
from implementor.web.database import db, writing_session
from implementor.web.language import speech_of

AT_ONCE = 20
PATIENCE = 20.0  # seconds for the mail server to answer
REFUSED_PASSWORD = "the mail server refused the user and password of IMPLEMENTOR_SMTP_URL"  # noqa: S105  # a sentence
LOCAL = ("localhost", "127.0.0.1", "::1")
log = logging.getLogger("implementor.mail")


def deliver_due(app: Flask) -> int:
    """Send what may leave now; returns how many mails the server took. Without a mail server nothing leaves."""
    settings: Settings = app.extensions["implementor_settings"]
    if not settings.smtp_url:
        return 0
    with app.app_context(), Session(db.engine, expire_on_commit=False) as session:
        due = session.scalars(queries.due_messages(datetime.now(UTC)).limit(AT_ONCE)).all()
    return sum(_deliver(app, settings, message) for message in due)


def _deliver(app: Flask, settings: Settings, message: OutboxMessage) -> bool:
    """One mail. A worker that dies between server and row sends it again under the same Message-ID."""
    with writing_session(app) as session:
        mine = services.take_message(session, message, at=datetime.now(UTC))
        session.commit()
    if not mine:
        return False
    error, is_final = _hand_over(settings, message)
    at = datetime.now(UTC)
    with writing_session(app) as session:
        if error is None:
            services.note_sent(session, message.id, at=at)
        else:
            log.warning("mail not sent: %s", error)
            services.note_failed(
                session, message.id, attempts=message.attempts + 1, error=error, is_final=is_final, at=at
            )
        session.commit()
    return error is None


def _hand_over(settings: Settings, message: OutboxMessage) -> tuple[str | None, bool]:
    """(what went wrong or None, whether it will never go right)."""
    try:
        with speaking(speech_of(message.language, str(settings.time_zone))):
            mail = composed(
                message, sender=settings.mail_from, at=datetime.now(UTC), base_url=settings.base_url.rstrip("/")
            )  # fmt: skip
        with _server(settings.smtp_url) as server:
            server.send_message(mail)
    except BadAddressError:
        return "the recipient's address or the sender's cannot be one", True
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _reason in refused.recipients.values()]
        return f"recipient refused ({codes[0]})", all(code >= 500 for code in codes)
    except smtplib.SMTPAuthenticationError:
        return REFUSED_PASSWORD, False
    except (smtplib.SMTPException, OSError) as fault:
        return f"{type(fault).__name__}: {fault}", False
    return None, False


def reason_not_to_send(url: str) -> str | None:
    """Why the mail server of that address would take no mail now; None when it would. Sends nothing."""
    try:
        with _server(url) as server:
            server.noop()
    except smtplib.SMTPAuthenticationError:
        return REFUSED_PASSWORD
    except (smtplib.SMTPException, OSError) as fault:
        return f"{type(fault).__name__}: {fault}"
    return None


@contextmanager
def _server(url: str) -> Iterator[smtplib.SMTP]:
    """A connection as the address says: smtps is TLS at once; smtp turns to TLS, which only this machine may lack."""
    parts = urlsplit(url)
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=PATIENCE)
    with server:
        if parts.scheme == "smtp":
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
            elif host not in LOCAL:
                raise smtplib.SMTPNotSupportedError("the mail server offers no encryption")
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server
