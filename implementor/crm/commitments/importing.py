"""Commitments from files: what was promised to whom and by when, and whether it was kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, partial

from flask import url_for

from implementor.crm.commitments.catalogue import COMMITMENT, STATES
from implementor.crm.commitments.models import BROKEN, KEPT, Commitment
from implementor.crm.contacts.concern_importing import ConcernImporter, by_word, concern_links, fill_accounts
from implementor.crm.records.queries import change_condition
from implementor.exchange.kinds import ImportKind, Reason, import_kind, kind_named
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Extra, RecordImport, Writing
from implementor.exchange.records.kind import record_import
from implementor.exchange.records.targets import in_both
from implementor.foundation.text import folded
from implementor.foundation.words import say

STATE = "settled"
ENDS = {"kept_at": "kept_by_id", "broken_at": "broken_by_id"}
HEADERS = {
    EXTERNAL_ID: "commitment id|promise id|task id|id de compromiso|id de tarea",
    "promise": "promise|commitment|what was promised|promised|subject|task|title|compromiso|promesa|qué se prometió|"
    "asunto|tarea|título",
    "due_on": "due|due date|deadline|due on|by|date|vence|vencimiento|fecha de vencimiento|fecha límite|plazo|fecha",
    "details": "details|notes|description|comments|detalles|notas|descripción|comentarios",
    "reason": "reason|why|motivo|razón|causa",
    "kept_at": "kept on|kept|fulfilled on|fulfilled|completed on|completed date|done on|cumplido el|cumplido|"
    "fecha de cumplimiento",
    "broken_at": "broken on|broken|missed on|incumplido el|incumplido|fecha de incumplimiento",
    "owner": "who keeps it|owner|responsible|assigned to|promised by|quién lo cumple|propietario|responsable|"
    "asignado a|prometido por",
}
STATE_NAMES = "state|status|outcome|estado|situación|resultado"
STATE_WORDS = by_word({
    KEPT: "kept|fulfilled|done|completed|complete|met|cumplido|cumplida|hecho|completado|realizado",
    BROKEN: "broken|missed|not kept|failed|incumplido|incumplida|roto|no cumplido|fallido",
})  # fmt: skip


class CommitmentImporter(ConcernImporter):
    """Takes the rows of one file."""

    meanings = {}


def take_end(draft: Draft) -> Iterable[Reason]:
    """It was kept or broken, not both, and broken for a reason; the word for it is heard of new ones only."""
    draft.marks.pop(STATE, None)
    values = draft.values
    if values.get("kept_at") and values.get("broken_at"):
        yield Reason(say("It was either kept or broken."))
    if (values.get("broken_at") or _state(draft) == BROKEN) and not values.get("reason"):
        yield Reason(say("Say why it was broken: the next one can be kept for it."))


def _state(draft: Draft) -> str | None:
    word = folded(draft.text(STATE))
    return STATE_WORDS.get(word) or _words().get(word)


@cache
def _words() -> dict[str, str]:
    return {folded(said): one.key for one in STATES for said in (one.key, *in_both(one.label))}


def begin(writing: Writing, drafts: Sequence[Draft]) -> None:
    """New commitments: their account, and how they ended."""
    fill_accounts(writing, drafts)
    for draft in drafts:
        values, state = draft.values, _state(draft)
        if state in (KEPT, BROKEN) and not values.get("kept_at") and not values.get("broken_at"):
            values[f"{state}_at"] = writing.at
        for ended, by in ENDS.items():
            if values.get(ended):
                values[by] = writing.by.user_id


COMMITMENT_IMPORT = RecordImport(
    entity=COMMITMENT,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("commitments.index", sort="-due_on"),
    needs=("promise",),
    headers=HEADERS,
    links=concern_links(),
    extra=(Extra(STATE, say("Kept or broken"), STATE_NAMES, fills=("state",)),),
    taken_in=frozenset({"kept_at", "broken_at", "reason"}),
    derive=take_end,
    before_new=begin,
    may_change=lambda actor: change_condition(Commitment, actor),
)


def import_commitments() -> ImportKind:
    """Let commitments come in from files."""
    record_import(COMMITMENT_IMPORT)
    return import_kind(replace(kind_named("commitment"), prepare=partial(CommitmentImporter, COMMITMENT_IMPORT)))
