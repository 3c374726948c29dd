"""How much of what records should hold they hold; what only looks filled, such as "n/a", counts as empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, func, true
from sqlalchemy.orm import Session

from implementor.crm.accounts.models import Account
from implementor.crm.contacts.models import Contact
from implementor.crm.leads.models import Lead
from implementor.crm.measures.counting import HUNDRED, in_parts, narrowed
from implementor.crm.opportunities.models import Opportunity
from implementor.foundation.fields import entities
from implementor.foundation.measures import NamedMeasure, Question, Tally, named_measure
from implementor.foundation.model import Rows
from implementor.foundation.parting import Split
from implementor.foundation.words import Phrase, say

PLACEHOLDERS = ("", "-", ".", "?", "x", "xx", "xxx", "n/a", "na", "tbd", "test", "prueba", "none", "ninguno")
SOURCE = say("Field practice of CRM adoption: filled ÷ wanted fields; placeholders such as “n/a” count as empty")
WANTED: Mapping[str, tuple[type[Any], Phrase, Sequence[Any]]] = {
    "opportunity": (
        Opportunity,
        say("Completeness of opportunities"),
        (Opportunity.account_id, Opportunity.contact_id, Opportunity.amount, Opportunity.close_on,
         Opportunity.next_step_on, Opportunity.source),
    ),
    "account": (
        Account,
        say("Completeness of accounts"),
        (Account.industry, Account.phone, Account.city, Account.country, Account.segment),
    ),
    "contact": (
        Contact, say("Completeness of contacts"), (Contact.account_id, Contact.email, Contact.phone, Contact.job_title),
    ),
    "lead": (Lead, say("Completeness of leads"), (Lead.email, Lead.phone, Lead.source, Lead.need, Lead.urgency)),
}  # fmt: skip
"""Kind -> its model, what the measure is called, and the fields that are wanted."""


def declare_completeness() -> None:
    """Make one measure for each kind known."""
    for kind, (model, label, columns) in WANTED.items():
        named_measure(_measure(kind, model, label, columns))


def _measure(kind: str, model: Any, label: Phrase, columns: Sequence[Any]) -> NamedMeasure:
    def counted(question: Question, by: Split | None) -> Rows:
        sums = [func.count(case((is_filled(column), 1))) for column in columns]
        return in_parts(narrowed(kind, model, question), by, func.count(), *sums)

    def tally(session: Session, question: Question) -> Tally:
        return _filled(*session.execute(counted(question, None)).one()[1:])

    def parted(session: Session, question: Question, by: Split) -> dict[Any, Tally]:
        return {part: _filled(*counts) for part, *counts in session.execute(counted(question, by))}

    def records(question: Question, numerator: bool) -> Select[int]:
        found = narrowed(kind, model, question)
        whole = and_(true(), *(is_filled(column) for column in columns))
        return (found.where(whole) if numerator else found).with_only_columns(model.id)

    names = say(
        "Filled fields ÷ wanted fields of all records; wanted are %(count)s: %(fields)s.", count=len(columns),
        fields=_named(kind, columns),
    )  # fmt: skip
    return NamedMeasure(f"complete.{kind}", label, "percent", kind, names, tally, records, source=SOURCE, parted=parted)


def _named(kind: str, columns: Sequence[Any]) -> Phrase | str:
    """The fields as people call them."""
    found = [entities[kind].by_attribute(column.key) for column in columns]
    first, *rest = [one.label if one is not None else column.key for one, column in zip(found, columns, strict=True)]
    for label in rest:
        first = say("%(first)s, %(next)s", first=first, next=label)
    return first


def _filled(n: int, *filled: int) -> Tally:
    """Of so many records, in how many each wanted field says something."""
    if not n:
        return Tally(None, Decimal(0), Decimal(0), 0, say("There are no records to look at."))
    whole = n * len(filled)
    return Tally(sum(filled) * HUNDRED / whole, Decimal(sum(filled)), Decimal(whole), n)


def is_filled(column: Any) -> ColumnElement[bool]:
    """Whether there is a value, and one that says something."""
    if not isinstance(column.type, Text):
        return column.is_not(None)  # type: ignore[no-any-return]
    return and_(column.is_not(None), func.lower(func.trim(column)).not_in(PLACEHOLDERS))
