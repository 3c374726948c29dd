"""Cases from files: help desks' lists and logs of changes, complaints, and reports of citizens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from flask import url_for

from implementor.crm.accounts.importing import account_link
from implementor.crm.cases.catalogue import CASE
from implementor.crm.cases.import_headers import HEADERS, MEANINGS
from implementor.crm.cases.imported_ways import settle_ways, way_of
from implementor.crm.cases.models import CLOSED, DONE, NEW, NORMAL, Case
from implementor.crm.cases.numbering import code_of, next_numbers
from implementor.crm.contacts.models import Contact
from implementor.crm.contacts.person_names import parts_of_name
from implementor.crm.products.models import Product
from implementor.crm.records.importing import named_link
from implementor.crm.records.queries import change_condition
from implementor.exchange.kinds import ImportKind, import_kind, kind_named
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import Draft, RecordImport, Writing
from implementor.exchange.records.folding import FoldingImporter
from implementor.exchange.records.kind import record_import
from implementor.foundation.text import folded
from implementor.foundation.words import say


class CaseImporter(FoldingImporter):
    """Takes the rows of one file; a log of changes becomes cases with their way."""

    step_at = "status_since"
    meanings = MEANINGS


def number_and_name(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Give new cases what no file has: our number, and a subject where there is none; nobody's stay nobody's."""
    for number, draft in zip(next_numbers(writing.session, len(drafts)) if drafts else (), drafts, strict=True):
        named = say("Case %(name)s", name=draft.name) if not draft.is_print else say("Case")
        draft.values |= {"number": number, "code": code_of(number)}
        draft.values["subject"] = draft.values.get("subject") or str(named)
        draft.is_unowned = draft.values.get("owner_id") is None
        way = way_of(draft)
        if way and draft.values.get("first_response_at") is None:
            draft.values["first_response_at"] = next((at for status, at in way if status != NEW), None)
        if way:
            draft.values["opened_at"] = draft.values.get("opened_at") or way[0][1]


def complete(row: dict[str, Any]) -> None:
    """Let what stands beside the status agree with it, and keep the key beside the subject."""
    row["subject_key"] = folded(row["subject"])
    row["opened_at"] = row.get("opened_at") or row["created_at"]
    since, is_done = row.get("status_since"), row["status"] in DONE
    if since is None or since < row["opened_at"]:
        since = row.get("resolved_at") if is_done else None
    row["status_since"] = since or row["opened_at"]
    ended = row.get("resolved_at") or row.get("closed_at") or row["status_since"]
    row["resolved_at"] = max(ended, row["opened_at"]) if is_done else None
    row["closed_at"] = (row.get("closed_at") or row["resolved_at"]) if row["status"] == CLOSED else None
    row.setdefault("first_response_at", None)
    row["first_response_at"] = row["first_response_at"] or row["resolved_at"]


def new_contact(name: str) -> dict[str, Any]:
    """The columns of a contact of whom only the name is known."""
    first, last = parts_of_name(name)
    whole = " ".join(part for part in (first, last) if part)
    return {
        "first_name": first or None, "last_name": last or name, "name": whole, "name_key": folded(whole),
        "sort_key": folded(" ".join(part for part in (last, first) if part)),
    }  # fmt: skip


CASE_IMPORT = RecordImport(
    entity=CASE,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("cases.index", sort="-created_at"),
    needs=("subject", "category", "description"),
    headers=HEADERS,
    links=(
        account_link("account", HEADERS["account"]),
        named_link("contact", Contact, Contact.name_key, make=new_contact),
        named_link("product", Product, Product.name_key),
    ),
    left_out=frozenset({"number", "due_at", "limit", "time_left", "resolved_by", "duplicate_of", "open"}),
    taken_in=frozenset({"status_since", "first_response_at", "resolved_at", "closed_at"}),
    complete=complete,
    before_new=number_and_name,
    settle=settle_ways,
    may_change=lambda actor: change_condition(Case, actor),
    usual={"subject": "", "status": NEW, "priority": NORMAL},
)


def import_cases() -> ImportKind:
    """Let cases come in from files, logs of changes among them."""
    record_import(CASE_IMPORT)
    return import_kind(replace(kind_named("case"), prepare=partial(CaseImporter, CASE_IMPORT)))
