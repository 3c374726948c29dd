"""One record of each kind of the CRM, made as its form makes it: what walks and tests of all kinds begin with.

A new kind needs a line in `EXAMPLES`; `test_every_kind.py` says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.lists.sheets import sheet_of

Made = Mapping[str, int]
"""Kind -> id of its example."""
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
}  # fmt: skip
"""In the order of the floors: what others point at goes first."""
BEFORE: dict[str, tuple[str, str]] = {"contact_account": ("second_account", "account")}
"""Kind -> another record that its example needs: the name it goes by, and its kind."""


def add_examples(session: Session, by: Actor, at: datetime, text: str = "") -> dict[str, int]:
    """A record of each kind with this text in its names, by somebody who may make them all; their ids by kind."""
    made: dict[str, int] = {}
    for kind, values in EXAMPLES.items():
        if kind in BEFORE:
            name, other = BEFORE[kind]
            made[name] = add_example(session, other, EXAMPLES[other](f"second {text}", made), by, at)
        made[kind] = add_example(session, kind, values(text, made), by, at)
    return made


def add_example(session: Session, kind: str, values: dict[str, Any], by: Actor, at: datetime) -> int:
    """One record, made as its form makes it; its id."""
    create = sheet_of(kind).create
    assert create is not None, kind
    record = create(session, Scope(None, by), values, by, at)
    session.flush()
    return int(record.id)
