"""How many records stand in a pair that looks like the same customer twice and waits for somebody to decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, select, true, union

from implementor.crm.accounts.models import Account
from implementor.crm.contacts.models import Contact
from implementor.crm.measures.counting import share_measure
from implementor.duplicates.models import OPEN, DuplicatePair
from implementor.foundation.measures import Question
from implementor.foundation.words import Phrase, say

LOOKED_AT: tuple[tuple[str, type[Account] | type[Contact], Phrase], ...] = (
    ("account", Account, say("Duplicate rate of accounts")),
    ("contact", Contact, say("Duplicate rate of contacts")),
)


def declare_doubles() -> None:
    """Make one measure for each kind known."""
    for kind, model, label in LOOKED_AT:
        share_measure(
            f"double.{kind}", label,
            say("Records in a pair that looks the same and was not decided ÷ records."),
            say("Field practice of data quality: probable duplicates ÷ records"), kind=kind, model=model,
            among=lambda _asked: true(), holds=_is_double(kind, model), direction="down",
        )  # fmt: skip


def _is_double(kind: str, model: type[Account] | type[Contact]) -> Callable[[Question], ColumnElement[bool]]:
    return lambda _asked: is_double(kind, model)


def is_double(kind: str, model: type[Any]) -> ColumnElement[bool]:
    """Whether a record of a kind stands in a pair that waits for somebody to decide."""
    waits = (DuplicatePair.kind == kind, DuplicatePair.state == OPEN)
    # one set of ids: asked of each record by itself, every pair would be read for every record
    sides = (select(side).where(*waits) for side in (DuplicatePair.left_id, DuplicatePair.right_id))
    found: ColumnElement[bool] = model.id.in_(union(*sides))
    return found
