"""The accounts, mail addresses and telephones of imported contacts: added where they are new, never taken away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, select, update

from implementor.crm.contacts.models import ContactAccount, ContactEmail, ContactPhone, address_key, number_key
from implementor.crm.contacts.words import ROLE
from implementor.exchange.records.declaring import Writing, Written
from implementor.exchange.records.targets import in_both
from implementor.exchange.records.writing import insert_rows, made
from implementor.foundation import live
from implementor.foundation.bulk import write_many
from implementor.foundation.text import folded
from implementor.foundation.words import Phrase, say

OTHER_EMAILS, OTHER_PHONES, ROLE_HERE = "other_emails", "other_phones", "role"
LABELLED_PHONES: Mapping[str, tuple[Phrase, str]] = {
    "mobile": (say("Mobile telephone"), "mobile"),
    "work_phone": (say("Telephone at work"), "work"),
    "home_phone": (say("Telephone at home"), "home"),
    "fax": (say("Fax number"), "fax"),
}
FLAGS: Mapping[str, tuple[Phrase, Any, str]] = {
    "opted_out": (say("Wants no advertising"), ContactEmail, "is_opted_out"),
    "invalid_email": (say("Mail does not arrive"), ContactEmail, "is_invalid"),
    "do_not_call": (say("Do not call"), ContactPhone, "do_not_call"),
}
NO_FLAGS: Mapping[Any, dict[str, bool]] = {
    model: {column: False for _label, of, column in FLAGS.values() if of is model}
    for model in (ContactEmail, ContactPhone)
}
Parts = dict[tuple[int, Any], dict[str, Any]]
"""By contact and by what tells rows apart: the columns of a row."""


def settle_parts(writing: Writing, written: Sequence[Written]) -> None:
    """Write what belongs to the contacts of a batch, three statements and what is looked up for known contacts."""
    known = [one.record_id for one in written if not one.is_new]
    new = {one.record_id for one in written if one.is_new}
    for model, key, wanted in (
        (ContactEmail, "address_key", _emails(written)),
        (ContactPhone, "number_key", _phones(written)),
        (ContactAccount, "account_id", _accounts(written)),
    ):
        held = _held(writing, model, key, known)
        rows = [row for place, row in wanted.items() if place not in held]
        ids = insert_rows(writing, model, [{**row, **writing.stamps()} for row in rows])
        writing.facts += [
            made(model.__record_kind__, part_id)
            for part_id, row in zip(ids, rows, strict=True)
            if row["contact_id"] not in new
        ]
        _keep_asked(writing, model, wanted, held)


def _emails(written: Iterable[Written]) -> Parts:
    rows: Parts = {}
    for one in written:
        texts = [one.draft.values.get("email"), *one.draft.extra.get(OTHER_EMAILS, ())]
        flags = _flags(one, ContactEmail)
        for address in filter(None, texts):
            row = {"contact_id": one.record_id, "address": address, "address_key": address_key(address), "label": None}
            rows.setdefault((one.record_id, row["address_key"]), {**row, **flags})
            flags = {**flags, "is_invalid": False}  # it is the first address that did not answer
    return rows


def _phones(written: Iterable[Written]) -> Parts:
    rows: Parts = {}
    for one in written:
        extra = one.draft.extra
        numbers = [(key, text) for name, (_label, key) in LABELLED_PHONES.items() for text in extra.get(name, ())]
        phone = one.draft.values.get("phone")
        told = {text: key for key, text in numbers}
        first = [(told.get(phone), phone)] if phone else []
        for label, number in (*first, *numbers, *((None, text) for text in extra.get(OTHER_PHONES, ()))):
            row = {"contact_id": one.record_id, "number": number, "number_key": number_key(number), "label": label}
            rows.setdefault(
                (one.record_id, row["number_key"]), {**row, "is_invalid": False, **_flags(one, ContactPhone)}
            )
    return rows


def _accounts(written: Iterable[Written]) -> Parts:
    words = {
        folded(said): choice.key
        for choice in live.present().picklist(ROLE).values
        for said in (choice.key, *in_both(choice.label))
    }
    rows: Parts = {}
    for one in written:
        account_id = one.draft.values.get("account_id")
        if account_id is not None:
            role = words.get(folded(one.draft.text(ROLE_HERE)))
            rows[one.record_id, account_id] = {"contact_id": one.record_id, "account_id": account_id, "role": role}
    return rows


def _flags(one: Written, model: Any) -> dict[str, bool]:
    if not one.draft.extra:
        return NO_FLAGS[model]
    return {column: one.draft.text(name) == "true" for name, (_label, of, column) in FLAGS.items() if of is model}


def _held(writing: Writing, model: Any, key: str, contact_ids: Sequence[int]) -> Parts:
    """The rows in use that known contacts have already."""
    if not contact_ids:
        return {}
    table: Table = model.__table__
    found = select(table).where(table.c.contact_id.in_(contact_ids), table.c.archived_at.is_(None))
    return {(row["contact_id"], row[key]): dict(row) for row in writing.session.execute(found).mappings()}


def _keep_asked(writing: Writing, model: Any, wanted: Parts, held: Parts) -> None:
    """What people ask for (no advertising, no calls) is taken over; what they asked for before stays."""
    columns = [column for _label, of, column in FLAGS.values() if of is model]
    newly: dict[str, list[int]] = defaultdict(list)
    for place, row in wanted.items():
        present = held.get(place, {})
        for column in columns:
            if present and row[column] and not present[column]:
                newly[column].append(present["id"])
    table: Table = model.__table__
    for column, ids in newly.items():
        values = {column: True, "version": table.c.version + 1, "updated_at": writing.at}
        write_many(
            writing.session,
            update(table).where(table.c.id == bindparam("of_id")).values(**values),
            [{"of_id": each} for each in ids],
        )
