"""Appointments and meetings as a calendar file (RFC 5545); times are UTC, so no zone is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST_LINE = 75  # bytes, without the line end
PRODUCT = "-//Implementor//EN"
PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"


@dataclass(frozen=True)
class Guest:
    """Somebody who comes: name and mail address."""

    name: str
    email: str


@dataclass(frozen=True)
class Invitation:
    """What a calendar file says of one appointment. `revision` counts its changes; `made_at` is when it was written."""

    uid: str
    revision: int
    made_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str | None = None
    notes: str | None = None
    url: str | None = None
    is_cancelled: bool = False
    organiser: Guest | None = None
    guests: Sequence[Guest] = ()


def calendar_file(*events: Invitation, name: str = "", refreshed: str = "", method: str = PUBLISH) -> str:
    """The text of a file, with the line ends and folded lines that the standard asks for.

    A feed has a `name`, and says how often it is worth asking for again (an ISO 8601 duration, such as PT1H). What goes
    to a guest by mail has another `method` (RFC 5546), so that their calendar program puts in, moves or takes out.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        f"METHOD:{method}",
        *([f"X-WR-CALNAME:{_text(name)}"] if name else []),
        *([f"REFRESH-INTERVAL;VALUE=DURATION:{refreshed}", f"X-PUBLISHED-TTL:{refreshed}"] if refreshed else []),
        *(line for one in events for line in _event(one)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(one: Invitation) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(one.uid)}",
        f"SEQUENCE:{one.revision}",
        f"DTSTAMP:{_moment(one.made_at)}",
        f"DTSTART:{_moment(one.starts_at)}",
        f"DTEND:{_moment(one.ends_at)}",
        f"SUMMARY:{_text(one.title)}",
        f"STATUS:{'CANCELLED' if one.is_cancelled else 'CONFIRMED'}",
        *(f"{name}:{_text(text)}" for name, text in (("LOCATION", one.place), ("DESCRIPTION", one.notes)) if text),
        *([f"URL:{one.url}"] if one.url else []),
        *([_person("ORGANIZER", one.organiser)] if one.organiser else []),
        *(_person("ATTENDEE", guest) for guest in one.guests),
        "END:VEVENT",
    ]


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _person(role: str, guest: Guest) -> str:
    # a quoted name may hold anything but quotes and line ends
    name = " ".join(guest.name.replace('"', "'").split())
    return f'{role};CN="{name}":mailto:{guest.email}'


def _folded(line: str) -> list[str]:
    """A line in parts of at most 75 bytes, no letter cut in two; each but the first begins with a blank."""
    parts, part, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            parts.append(part)
            part, size = " ", 1
        part, size = part + letter, size + width
    return [*parts, part]
