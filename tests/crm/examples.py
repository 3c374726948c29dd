"""One record of each kind of the CRM, made as its form makes it: what walks and tests of all kinds begin with.

A new kind needs a line in `EXAMPLES`; `test_every_kind.py` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from implementor.auth.models import User
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.lists.sheets import sheet_of

Made = Mapping[str, int]
"""Kind -> id of its example; `guest` is somebody else than who made them."""
Values = Callable[[str, Made], dict[str, Any]]
"""The values of a form, from a text that no other record has and the examples made before."""

EXAMPLES: dict[str, Values] = {
    "product": lambda text, made: {"code": f"P {text}"[:40], "name": f"Pump {text}", "price": "100 EUR"},
    "price_list": lambda text, made: {"name": f"Prices {text}", "currency": "EUR"},
    "price": lambda text, made: {
        "price_list": made["price_list"], "product": made["product"], "amount": "90 EUR",
    },
    "account": lambda text, made: {"name": f"Account {text}", "city": f"City {text}"[:100]},
    "relation": lambda text, made: {"account": made["account"], "product": made["product"], "note": text},
    "contact": lambda text, made: {
        "first_name": "Ana", "last_name": f"Contact {text}"[:100], "account": made["account"],
    },
    "contact_account": lambda text, made: {"contact": made["contact"], "account": made["second_account"]},
    "contact_email": lambda text, made: {
        "contact": made["contact"], "address": f"ana.{''.join(filter(str.isalnum, text)).lower()[:40]}@example.com",
    },
    "contact_phone": lambda text, made: {"contact": made["contact"], "number": "+34 612 345 678"},
    "interaction": lambda text, made: {
        "channel": "phone", "direction": "out", "subject": f"Called {text}", "account": made["account"],
        "contact": made["contact"],
    },
    "appointment": lambda text, made: {
        "title": f"Visit {text}", "kind": "visit", "starts_at": "2026-03-02 10:00", "account": made["account"],
    },
    "attendee": lambda text, made: {"appointment": made["appointment"], "person": made["guest"]},
    "commitment": lambda text, made: {
        "promise": f"Promised {text}", "due_on": "2026-03-09", "account": made["account"],
    },
    "opportunity": lambda text, made: {
        "name": f"Deal {text}", "account": made["account"], "contact": made["contact"], "amount": "1000 EUR",
        "close_on": "2026-06-30",
    },
    "opportunity_line": lambda text, made: {
        "opportunity": made["opportunity"], "product": made["product"], "quantity": "2", "unit_price": "90 EUR",
    },
    "opportunity_decision_maker": lambda text, made: {
        "opportunity": made["opportunity"], "contact": made["contact"],
    },
    "opportunity_objection": lambda text, made: {"opportunity": made["opportunity"], "objection": f"Why {text}"},
    "opportunity_competitor": lambda text, made: {"opportunity": made["opportunity"], "name": f"Rival {text}"},
    "case": lambda text, made: {
        "subject": f"Case {text}", "account": made["account"], "contact": made["contact"], "channel": "phone",
    },
    "lead": lambda text, made: {
        "first_name": "Eva", "last_name": f"Lead {text}"[:100], "company": f"Company {text}", "need": f"Needs {text}",
        "email": f"eva.{''.join(filter(str.isalnum, text)).lower()[:40]}@example.com", "potential": "500 EUR",
    },
    "campaign": lambda text, made: {
        "name": f"Campaign {text}", "code": f"C-{text}"[:60], "starts_on": "2026-01-05", "ends_on": "2026-03-31",
        "cost": "400 EUR", "audience": f"For {text}",
    },
    "campaign_channel": lambda text, made: {
        "campaign": made["campaign"], "channel": "email", "budget": "500 EUR", "note": text,
    },
    "campaign_member": lambda text, made: {
        "campaign": made["campaign"], "lead": made["lead"], "channel": "email", "note": text,
    },
    "order": lambda text, made: {
        "account": made["account"], "contact": made["contact"], "opportunity": made["opportunity"],
        "reference": f"PO {text}"[:200], "currency": "EUR",
    },
    "order_line": lambda text, made: {
        "order": made["order"], "product": made["product"], "quantity": "2", "unit_price": "90 EUR", "tax": "21 %",
    },
    "quote": lambda text, made: {
        "account": made["account"], "contact": made["contact"], "opportunity": made["opportunity"],
        "reference": f"RFQ {text}"[:200], "currency": "EUR", "discount": "10 %",
    },
    "quote_line": lambda text, made: {
        "quote": made["quote"], "product": made["product"], "quantity": "3", "unit_price": "90 EUR", "tax": "21 %",
    },
}  # fmt: skip
"""In the order of the floors: what others point at goes first."""
BEFORE: dict[str, tuple[str, str]] = {"contact_account": ("second_account", "account")}
"""Kind -> another record that its example needs: the name it goes by, and its kind."""


def add_examples(session: Session, by: Actor, at: datetime, text: str = "") -> dict[str, int]:
    """A record of each kind with this text in its names, by somebody who may make them all; their ids by kind.

    A pipeline must be there for deals to be in.
    """
    made = people_beside(session, by)
    for kind in EXAMPLES:
        add_next(session, kind, made, by, at, text)
    return made


def people_beside(session: Session, by: Actor) -> dict[str, int]:
    """What examples begin with: somebody else."""
    return {"guest": session.scalars(select(func.min(User.id)).where(User.id != by.user_id)).one()}


def add_next(session: Session, kind: str, made: dict[str, int], by: Actor, at: datetime, text: str = "") -> int:
    """The example of a kind beside those made before, among which it is noted; its id."""
    if kind in BEFORE and BEFORE[kind][0] not in made:
        name, other = BEFORE[kind]
        made[name] = add_example(session, other, EXAMPLES[other](f"second {text}", made), by, at)
    made[kind] = add_example(session, kind, EXAMPLES[kind](text, made), by, at)
    return made[kind]


def add_example(session: Session, kind: str, values: dict[str, Any], by: Actor, at: datetime) -> int:
    """One record, made as its form makes it."""
    create = sheet_of(kind).create
    assert create is not None, kind
    record = create(session, Scope(None, by), values, by, at)
    session.flush()
    return int(record.id)
