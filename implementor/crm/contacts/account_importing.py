"""Accounts of contacts from files: where people work, in which role and until when; a person may have several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from flask import url_for
from sqlalchemy import Table, bindparam, select, update

from implementor.crm.accounts.importing import account_link
from implementor.crm.contacts.concern_importing import ACCOUNT_NAMES, contact_link
from implementor.crm.contacts.models import Contact, ContactAccount
from implementor.crm.contacts.part_catalogue import AT_ACCOUNT
from implementor.crm.records.part_importing import PartImporter, by_pair
from implementor.crm.records.queries import parent_is_visible
from implementor.exchange.events import RecordsWritten
from implementor.exchange.kinds import ImportKind, import_kind, kind_named
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import EXTERNAL_ID, RecordImport, Writing, Written
from implementor.exchange.records.kind import record_import
from implementor.foundation.bulk import write_many
from implementor.foundation.events import publish
from implementor.foundation.fields import Scope

CONTACTS, ACCOUNTS = contact_link(), account_link("account", ACCOUNT_NAMES)


def name_primaries(writing: Writing, written: Sequence[Written]) -> None:
    """A contact without a primary account gets the first of its file; its keys for finding duplicates follow."""
    first = {one.draft.values["contact_id"]: one.draft.values["account_id"] for one in reversed(written) if one.is_new}
    lacking = select(Contact.id, Contact.version).where(Contact.id.in_(list(first)), Contact.account_id.is_(None))
    table: Table = Contact.__table__  # type: ignore[assignment]  # declared tables are tables
    wanted = [
        {"of_id": row.id, "account_id": first[row.id], "version": row.version + 1, "updated_at": writing.at}
        for row in writing.session.execute(lacking)
    ]
    write_many(writing.session, update(table).where(table.c.id == bindparam("of_id")), wanted)
    if first:
        publish(writing.session, RecordsWritten("contact", tuple(first), writing.by, writing.at))


class PlaceImporter(PartImporter):
    """Takes the rows of one file."""

    parent, pointer = Contact, "contact_id"


PLACE_IMPORT = RecordImport(
    entity=AT_ACCOUNT,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("contacts.index"),
    needs=("contact",),
    headers={
        EXTERNAL_ID: "account contact relation id|relation id|relationship id|id de relación",
        "role": "role|roles|contact role|relationship|rol|función|cargo|relación",
        "until": "until|end date|left on|hasta|fecha de fin|fecha de baja",
    },
    keys=(by_pair(ContactAccount, CONTACTS, ACCOUNTS, unique=True),),
    links=(CONTACTS, ACCOUNTS),
    left_out=frozenset({"primary"}),
    settle=name_primaries,
    may_change=lambda actor: parent_is_visible(ContactAccount.contact_id, Contact, Scope(None, actor), "edit"),
)


def import_places() -> ImportKind:
    """Let accounts of contacts come in from files."""
    record_import(PLACE_IMPORT)
    return import_kind(replace(kind_named(PLACE_IMPORT.kind), prepare=partial(PlaceImporter, PLACE_IMPORT)))
