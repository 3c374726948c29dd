"""From a row of the outbox to a mail that is safe to send: plain text, one recipient, no header out of place."""

from __future__ import annotations

from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any

from implementor.foundation.text import clean_line
from implementor.foundation.words import Phrase, phrase_from_json
from implementor.notifications.models import OutboxMessage

CALENDAR_NAME = "appointment.ics"


class BadAddressError(ValueError):
    """No mail can go to this address."""


class PagePath(str):
    """The path of a page as a line of a mail, which begins with the address of the installation once it leaves."""

    __slots__ = ()


def stored_line(line: Phrase | str) -> Any:
    """A paragraph as the outbox keeps it."""
    if isinstance(line, Phrase):
        return line.as_json()
    return {"page": str(line)} if isinstance(line, PagePath) else line


def subject_of(message: OutboxMessage) -> str:
    """The subject in the present language, on one line."""
    return clean_line(str(phrase_from_json(message.subject)))


def paragraphs_of(message: OutboxMessage, base_url: str = "") -> list[str]:
    """The text in the present language, with pages at the address of the installation; empty once it was sent."""
    return [_line(line, base_url) for line in message.lines or ()]


def _line(line: Any, base_url: str) -> str:
    if isinstance(line, str):
        return line
    return f"{base_url}{line['page']}" if "page" in line else str(phrase_from_json(line))


def composed(message: OutboxMessage, *, sender: str, at: datetime, base_url: str = "") -> EmailMessage:
    """The mail in the present language. Raises BadAddressError."""
    mail = EmailMessage()
    name, address = parseaddr(sender)
    mail["From"] = _address(address, name)
    mail["To"] = _address(message.to_address)
    mail["Subject"] = subject_of(message)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message.message_id
    # out-of-office answers would only come back to a machine
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("\n\n".join(paragraphs_of(message, base_url)) + "\n")
    if message.calendar:
        _add_calendar(mail, message.calendar)
    return mail


def _add_calendar(mail: EmailMessage, text: str) -> None:
    """A calendar file twice: programs with a calendar read the part beside the text, others offer the file."""
    method = next((line[7:] for line in text.splitlines() if line.startswith("METHOD:")), "PUBLISH")
    mail.add_alternative(text, subtype="calendar", params={"method": method})
    mail.add_attachment(text.encode(), maintype="application", subtype="ics", filename=CALENDAR_NAME)


def _address(text: str, name: str = "") -> Address:
    try:
        return Address(display_name=name, addr_spec=text)
    except (ValueError, IndexError, HeaderParseError) as fault:  # the library's parser answers nonsense in three ways
        raise BadAddressError(text) from fault
