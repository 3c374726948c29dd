"""Rows of a very large CRM, made quickly and always alike: customers, sales, talks, cases of nobody in particular."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from implementor.crm.accounts.models import Account
from implementor.crm.cases.models import CLOSED, NORMAL, Case
from implementor.crm.cases.numbering import code_of
from implementor.crm.contacts.importing import complete
from implementor.crm.contacts.models import Contact
from implementor.crm.interactions.models import Interaction
from implementor.demo.bulk_people import CITIES, company, first_of, person
from implementor.demo.crm_texts import texts
from implementor.foundation.text import folded

NAMES = ("Aurora", "Brisas", "Colina", "Delta", "Encina", "Faro", "Galeón", "Horizonte", "Isla", "Jardín", "Laguna")
INDUSTRIES = ("hospitality", "health", "education", "retail", "manufacturing", "services")
SEGMENTS = ("strategic", "large", "medium", "small", "small")
TYPES = ("customer", "customer", "prospect", "former")
CHANNELS = ("phone", "email", "visit", "chat", "web", "social")
OUTCOMES = ("reached", "interested", "information_sent", "not_reached")
PRIORITIES = ("low", NORMAL, NORMAL, "high", "urgent")
OPEN_CASES = 20
"""Every so many-th case is still open."""
TO_FOLLOW = 50
"""Every so many-th talk asks for something more."""


def mixed(number: int, salt: int) -> int:
    """A number that looks thrown, the same every time (Knuth's multiplicative hash)."""
    return ((number + salt * 977) * 2_654_435_761 >> 7) & 0xFFFFFF


def pick(values: Sequence[Any], number: int, salt: int) -> Any:
    """One of some values."""
    return values[mixed(number, salt) % len(values)]


@dataclass(frozen=True)
class Stamps:
    """Who made the rows and when, over a year; `owners` share them out."""

    at: datetime
    owners: Sequence[int]
    areas: Sequence[int]

    def of(self, number: int, salt: int) -> dict[str, Any]:
        """The columns that every record has."""
        moment = self.ago(number, salt)
        owner = pick(self.owners, number, salt)
        return {
            "owner_id": owner, "created_at": moment, "updated_at": moment, "created_by_id": owner,
            "updated_by_id": owner, "version": 1,
        }  # fmt: skip

    def ago(self, number: int, salt: int) -> datetime:
        """A moment within the last year, every three hours so that moments repeat and are written quickly."""
        return self.at - timedelta(hours=3 * (mixed(number, salt + 5) % 2_920), minutes=1)


def blank(model: Any) -> dict[str, Any]:
    """Every column of a table without a value; what the database gives is left to it."""
    return dict.fromkeys(column.key for column in model.__table__.columns)


def account_of(contact_id: int, accounts: Sequence[int]) -> int:
    """The account that a contact belongs to, the same for all who are one person."""
    account: int = pick(accounts, first_of(contact_id), 11)
    return account


def account_rows(ids: Sequence[int], places: range, stamps: Stamps) -> Iterator[dict[str, Any]]:
    """The companies at some places of all; every tenth belongs to the one before the last ten."""
    empty = blank(Account)
    for place in places:
        number = ids[place]
        known = company(number)
        yield {
            **empty, **stamps.of(number, 1), **known, "id": number, "name_key": folded(known["name"]),
            "parent_id": ids[place - 10] if place % 10 == 0 and place else None, "type": pick(TYPES, number, 3),
            "industry": pick(INDUSTRIES, number, 4), "segment": pick(SEGMENTS, number, 5),
            "zone": ("Norte", "Sur", "Centro")[number % 3], "area_id": pick(stamps.areas, number, 6),
            "country": ("Colombia", "España")[number % 2], "employees": mixed(number, 8) % 3000,
        }  # fmt: skip


def contact_rows(ids: Iterable[int], accounts: Sequence[int], stamps: Stamps) -> Iterator[dict[str, Any]]:
    """People, shared out among the accounts, nearly all with an address and a number of their own."""
    empty, words = blank(Contact), texts()
    titles = words["titles"]["hospitality"]
    for number in ids:
        account = account_of(number, accounts)
        row = {
            **empty, **stamps.of(number, 10), **person(number, account), "id": number,
            "job_title": pick(titles, number, 15), "department": pick(("Compras", "Cocina", "Planta"), number, 16),
            "language": ("es", "en")[number % 2], "account_id": account, "city": pick(CITIES, number, 17),
            "country": ("Colombia", "España")[number % 2],
        }  # fmt: skip
        complete(row)
        yield row


def part_rows(contact: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The rows of a contact's account and, where there are any, of its address and number, by table."""
    common = {
        name: contact[name] for name in ("created_at", "updated_at", "created_by_id", "updated_by_id", "version")
    } | {"contact_id": contact["id"], "archived_at": None, "archived_by_id": None}  # fmt: skip
    rows = {"contact_account": {**common, "account_id": contact["account_id"], "role": None, "until": None}}
    if contact["email"]:
        rows["contact_email"] = {
            **common, "address": contact["email"], "address_key": contact["email_key"], "label": "work",
            "is_invalid": False, "is_opted_out": False,
        }  # fmt: skip
    if contact["phone"]:
        rows["contact_phone"] = {
            **common, "number": contact["phone"], "number_key": contact["phone_key"], "label": "mobile",
            "is_invalid": False, "do_not_call": False,
        }  # fmt: skip
    return rows


def interaction_rows(
    ids: Iterable[int], contacts: Sequence[int], accounts: Sequence[int], stamps: Stamps
) -> Iterator[dict[str, Any]]:
    """Talks with contacts; some ask for something more, a few days around now."""
    empty, words = blank(Interaction), texts()["dealings"]
    for number in ids:
        channel, contact, common = pick(CHANNELS, number, 21), pick(contacts, number, 22), stamps.of(number, 20)
        follows = number % TO_FOLLOW == 0
        yield {
            **empty, **common, "id": number, "channel": channel, "direction": ("in", "out", "out")[number % 3],
            "at": common["created_at"], "subject": pick(words[channel], number, 23),
            "body": pick(words["bodies"], number, 24), "outcome": pick(OUTCOMES, number, 25), "contact_id": contact,
            "account_id": account_of(contact, accounts),
            "follow_up_on": stamps.at.date() + timedelta(days=mixed(number, 26) % 90 - 10) if follows else None,
            "follow_up_owner_id": common["owner_id"] if follows else None,
            "follow_up": pick(words["next"], number, 27) if follows else None,
        }  # fmt: skip


def case_rows(
    numbered: Iterable[tuple[int, int]], contacts: Sequence[int], accounts: Sequence[int], stamps: Stamps
) -> Iterator[dict[str, Any]]:
    """Cases (id, number), nearly all of them closed within a week."""
    empty, words = blank(Case), texts()["cases"]
    for id_, number in numbered:
        contact, common = pick(contacts, number, 31), stamps.of(number, 30)
        subject = f"{pick(words['subjects'], number, 32)} ({number})"
        opened: datetime = common["created_at"]
        is_open = number % OPEN_CASES == 0
        answered = opened + timedelta(minutes=30 + mixed(number, 33) % 600)
        ended = None if is_open else opened + timedelta(hours=2 + mixed(number, 34) % 160)
        yield {
            **empty, **common, "id": id_, "number": number, "code": code_of(number), "subject": subject,
            "subject_key": folded(subject), "contact_id": contact, "account_id": account_of(contact, accounts),
            "category": pick(words["categories"], number, 35), "channel": pick(CHANNELS[:5], number, 36),
            "priority": pick(PRIORITIES, number, 37), "status": "in_progress" if is_open else CLOSED,
            "status_since": ended or answered, "area_id": pick(stamps.areas, number, 38), "opened_at": opened,
            "first_response_at": answered, "resolved_at": ended, "closed_at": ended,
            "resolved_by_id": None if is_open else common["owner_id"],
            "resolution": None if is_open else pick(words["resolutions"], number, 39),
            "satisfaction": None if is_open or number % 3 else 1 + mixed(number, 40) % 5,
        }  # fmt: skip


def case_fact(row: dict[str, Any], status: str, at: datetime, before: str | None) -> dict[str, Any]:
    """A fact of a case's status."""
    seconds = int((at - row["opened_at"]).total_seconds()) if before else None
    return {
        "case_id": row["id"], "aspect": "status", "from_key": before, "to_key": status, "from_label": None,
        "to_label": None, "at": at, "by_id": row["owner_id"], "seconds": seconds, "note": None,
    }  # fmt: skip
