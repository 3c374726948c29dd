"""Leads from files: known by their key elsewhere or their mail address; their stage is a fact of the source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.crm.contacts.models import address_key, number_key, whole_name
from implementor.crm.contacts.person_names import may_be_one_person, parts_of_name
from implementor.crm.leads.catalogue import LEAD
from implementor.crm.leads.import_headers import (
    CONVERTED_FLAG,
    FULL_NAME,
    HEADERS,
    LOST_AT,
    MEANINGS,
    MOBILE,
    REASON,
    RECYCLED_AT,
    SECOND_STATUS,
)
from implementor.crm.leads.imported_stages import take_stage
from implementor.crm.leads.imported_ways import begin_ways, go_on, settle_ways
from implementor.crm.leads.lifecycle import CONVERTED, NEW
from implementor.crm.leads.loading import keys_of
from implementor.crm.leads.models import Lead
from implementor.crm.leads.services import MOMENTS
from implementor.crm.records.importing import ids_by, in_use
from implementor.crm.records.queries import change_condition
from implementor.duplicates.normal_forms import email_key as mailbox
from implementor.duplicates.normal_forms import is_role_mailbox
from implementor.exchange.kinds import ImportKind, Outcome, Reason, Setup, import_kind, kind_named
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Extra, Found, Key, RecordImport
from implementor.exchange.records.importer import RecordImporter
from implementor.exchange.records.kind import record_import
from implementor.exchange.records.reading import print_of
from implementor.foundation.words import say

OWN_HEADERS = frozenset({FULL_NAME, MOBILE, SECOND_STATUS, CONVERTED_FLAG, REASON, LOST_AT, RECYCLED_AT})


class LeadImporter(RecordImporter):
    """Takes the rows of one file; words of other systems for stages are known, and converted leads stay as they are."""

    def __init__(self, declared: RecordImport, session: Session, setup: Setup) -> None:
        told = setup.options.meanings
        known = {name: {**MEANINGS.get(name, {}), **told.get(name, {})} for name in {*MEANINGS, *told} - {REASON}}
        super().__init__(declared, session, replace(setup, options=replace(setup.options, meanings=known)))

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row."""
        return [self._unless_converted(one) for one in super().plan(session, drafts, locking=locking)]

    def _unless_converted(self, outcome: Outcome) -> Outcome:
        row = outcome.data.row if outcome.data is not None else None
        if outcome.verb != "updated" or row is None or row.stage != CONVERTED:
            return outcome
        reason = say("%(name)s is converted. What is new belongs to what it became.", name=row.name)
        return Outcome(outcome.row, "refused", [Reason(reason)])


def take_name(draft: Draft) -> Iterable[Reason]:
    """Part a name that stands in one cell, keep a second number in the description, and work the stage out."""
    values = draft.values
    whole = draft.text(FULL_NAME)
    if whole and not values.get("last_name") and not values.get("first_name"):
        for name, text in zip(("first_name", "last_name"), parts_of_name(whole), strict=True):
            if text:
                values[name], draft.marks[name] = text, print_of(text)
    mobile = draft.text(MOBILE)
    if mobile and not values.get("phone"):
        values["phone"], draft.marks["phone"] = mobile, print_of(mobile)
    elif mobile and number_key(mobile) != number_key(values["phone"]):
        told = str(say("Mobile: %(number)s", number=mobile))
        values["description"] = "\n".join(filter(None, (values.get("description"), told)))
        draft.marks["description"] = print_of(values["description"])
    take_stage(draft)
    if not any(values.get(name) for name in ("first_name", "last_name", "company", "email", "phone")) and (
        draft.is_print  # a key of its own is a name of sorts: funnels that leave a system are often without people
    ):
        yield Reason(say("Give the name of the person or of the company."))


def complete(row: dict[str, Any]) -> None:
    """Keep the title and the keys beside what they are made of."""
    row |= keys_of(row)


def own_address(draft: Draft) -> str | None:
    """The mail address that only this person has; none where a desk with several people has it."""
    email = draft.values.get("email")
    return address_key(email) if email and not is_role_mailbox(mailbox(email)) else None


def may_be_meant(draft: Draft, values: Mapping[str, Any]) -> bool:
    """Whether the person of a lead with the draft's mail address is called like it; families share one."""
    return may_be_one_person(_called(draft.values), _called(values))


def _called(values: Mapping[str, Any]) -> str:
    return whole_name(values.get("first_name"), values.get("last_name"))


def bearers(session: Session, addresses: Iterable[str]) -> Found:
    """Leads in use by mail address."""
    found = select(Lead.email_key, Lead.id).where(Lead.email_key.in_(list(addresses)), *in_use(Lead))
    return ids_by(session, found)


LEAD_IMPORT = RecordImport(
    entity=LEAD,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("leads.index", sort="-created_at"),
    needs=("last_name", "company", FULL_NAME, "first_name", "email", EXTERNAL_ID),
    headers={name: names for name, names in HEADERS.items() if name not in OWN_HEADERS},
    keys=(Key(own_address, bearers, agrees=may_be_meant),),
    extra=(
        Extra(FULL_NAME, say("Full name"), HEADERS[FULL_NAME], fills=("first_name", "last_name")),
        Extra(MOBILE, say("Mobile telephone"), HEADERS[MOBILE], "phone", fills=("phone", "description")),
        Extra(SECOND_STATUS, say("Status beside the stage"), HEADERS[SECOND_STATUS], fills=("stage",)),
        Extra(CONVERTED_FLAG, say("Converted (yes or no)"), HEADERS[CONVERTED_FLAG], "truth", fills=("stage",)),
        Extra(REASON, say("Why it was lost or recycled"), HEADERS[REASON], fills=("stage",)),
        Extra(LOST_AT, say("Lost on"), HEADERS[LOST_AT], "moment", fills=("stage",)),
        Extra(RECYCLED_AT, say("Recycled on"), HEADERS[RECYCLED_AT], "moment", fills=("stage",)),
    ),
    left_out=frozenset({"account", "contact", "opportunity", "stage_since"}),
    taken_in=frozenset({"stage", "began_at", *MOMENTS.values()}),
    derive=take_name,
    complete=complete,
    before_new=begin_ways,
    before_changes=go_on,
    settle=settle_ways,
    may_change=lambda actor: change_condition(Lead, actor),
    usual={"stage": NEW, "is_opted_out": False, "do_not_call": False},
)


def import_leads() -> ImportKind:
    """Let leads come in from files."""
    record_import(LEAD_IMPORT)
    return import_kind(replace(kind_named("lead"), prepare=partial(LeadImporter, LEAD_IMPORT)))
