"""Writes a batch of imported records by a few statements: what they link to, new rows, changed rows, their facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, bindparam, insert, update

from implementor.configuration.first_use import bring_in_shipped
from implementor.configuration.services.imported_words import add_words
from implementor.exchange.events import RecordsWritten
from implementor.exchange.models import ExternalId
from implementor.exchange.records.declaring import Change, Draft, RecordImport, Writing, Written
from implementor.exchange.records.known import Links
from implementor.foundation.bulk import reserved_ids, write_many
from implementor.foundation.events import publish
from implementor.foundation.extensible import EXT, packed
from implementor.history.encoding import encoded_values
from implementor.history.models import Verb
from implementor.history.services import note_many

if TYPE_CHECKING:
    from implementor.exchange.records.importer import Planned


def write_batch(declared: RecordImport, writing: Writing, planned: Sequence[Planned], links: Links) -> None:
    """Write everything that a batch plans; its facts are added to the writing."""
    _bring_words(writing, [one.draft for one in planned])
    make_linked(declared, writing, planned, links)
    new = [one for one in planned if one.row is None]
    declared.before_new(writing, [one.draft for one in new])
    written = _insert(declared, writing, [one.draft for one in new])
    written += _update(declared, writing, [one for one in planned if one.row is not None])
    if written:
        declared.settle(writing, written)
        changed = tuple(one.record_id for one in written)
        publish(writing.session, RecordsWritten(declared.kind, changed, writing.by, writing.at))


def _bring_words(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Add words that the lists did not have."""
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for draft in drafts:
        for picklist, found in draft.words.items():
            words[picklist] |= found
    if words:  # a command may be the first that works with a new program's lists
        bring_in_shipped(writing.session, at=writing.at)
    for picklist, found in words.items():
        add_words(writing.session, picklist, found, by=writing.by, at=writing.at)


def make_linked(declared: RecordImport, writing: Writing, planned: Sequence[Planned], links: Links) -> None:
    """Make the records that links name and nothing here is called, and let the rows point at them."""
    wanted: dict[str, dict[str, None]] = defaultdict(dict)
    for one in planned:
        for name, text in one.to_make.items():
            if links.of(name, text) is None:
                wanted[name][text] = None
    for name, texts in wanted.items():
        link = declared.link_of(name)
        assert link is not None  # `to_make` names only links that can make
        assert link.make is not None
        links.ids[name] |= link.make(writing, list(texts))
    for one in planned:
        _point(declared, one, links)


def _point(declared: RecordImport, one: Planned, links: Links) -> None:
    for name, text in one.to_make.items():
        found = links.of(name, text)
        if name not in declared.entity.fields:
            one.draft.linked |= {} if found is None else {name: found}
            continue
        attribute = declared.entity.fields[name].attribute
        one.draft.values[attribute] = found
        if one.row is not None and getattr(one.row, attribute) != found:
            one.after[attribute] = found


# --- new rows ---------------------------------------------------------------------------------------------------------


def insert_rows(writing: Writing, model: Any, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows of the same columns; gives their ids in the same order."""
    if not rows:
        return []
    ids = reserved_ids(writing.session, model.__tablename__, len(rows))
    numbered = [{**row, "id": each} for each, row in zip(ids, rows, strict=True)]
    write_many(writing.session, insert(model.__table__), numbered)
    return ids


def _insert(declared: RecordImport, writing: Writing, drafts: Sequence[Draft]) -> list[Written]:
    if not drafts:
        return []
    model = declared.entity.model
    names = {name for draft in drafts for name in draft.values}
    blank = dict.fromkeys(names) | dict(declared.usual)
    owner = {"owner_id": writing.by.user_id} if hasattr(model, "owner_id") else {}
    rows = []
    for draft in drafts:
        given = {name: value for name, value in draft.values.items() if value is not None}
        row = {**writing.stamps(), **blank, **({"owner_id": None} if draft.is_unowned else owner), **given}
        declared.complete(row)
        rows.append(packed(row))
    ids = insert_rows(writing, model, rows)
    name_elsewhere(declared, writing, list(zip(ids, drafts, strict=True)))
    writing.facts += [
        made(declared.kind, record_id, source_values=draft.marks) for record_id, draft in zip(ids, drafts, strict=True)
    ]
    return [Written(record_id, draft, True, {}, draft.values) for record_id, draft in zip(ids, drafts, strict=True)]


def made(kind: str, record_id: int, **columns: Any) -> dict[str, Any]:
    """The fact that a row made a record."""
    return {"kind": kind, "record_id": record_id, "verb": "created", "version": 1, **columns}


def _first_of_each(planned: Sequence[Planned]) -> list[tuple[int, Draft]]:
    """Recognised records with the draft that names them; of two rows about one record the first."""
    return list({one.row.id: (one.row.id, one.draft) for one in reversed(planned)}.values())


def name_elsewhere(declared: RecordImport, writing: Writing, pairs: Sequence[tuple[int, Draft]]) -> None:
    """Keep what the file calls its records, so that the next one knows them."""
    named = [
        (record_id, draft)
        for record_id, draft in pairs
        if not (draft.is_print and any(key.of(draft) for key in declared.keys))
    ]
    rows = [
        {"record_kind": declared.kind, "record_id": record_id, "system": writing.system, "value": draft.name}
        for record_id, draft in named
    ]
    write_many(writing.session, insert(ExternalId.__table__), rows)  # type: ignore[arg-type]


# --- changed rows -----------------------------------------------------------------------------------------------------


def _update(declared: RecordImport, writing: Writing, planned: Sequence[Planned]) -> list[Written]:
    written: list[Written] = []
    notes: list[tuple[int, int, Verb, dict[str, Any], dict[str, Any]]] = []
    changes = [
        Change(one.row, one.draft, one.after, is_recognised=one.draft.is_print or one.is_recognised)
        for one in planned
        if one.after
    ]
    declared.before_changes(writing, changes)
    by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for one in planned:
        record_id, after = one.row.id, dict(one.after)
        if after:
            whole = {**one.row._mapping, **after}
            declared.complete(whole)
            after |= {name: value for name, value in whole.items() if value != one.row._mapping.get(name)}
            columns = packed(after, getattr(one.row, EXT, None))
            by_columns[tuple(sorted(columns))].append({"of_id": record_id, **columns, "version": one.row.version + 1})
        before = {name: one.row._mapping[name] for name in after}
        if after:
            notes.append((record_id, one.row.version + 1, "changed", before, after))
        writing.facts.append({
            "kind": declared.kind, "record_id": record_id, "verb": "updated", "source_values": one.draft.marks,
            "version": one.row.version + bool(after), "before": encoded_values(before),
        })  # fmt: skip
        if after or one.is_revived or one.has_more:
            written.append(Written(record_id, one.draft, False, before, after))
    name_elsewhere(declared, writing, _first_of_each([one for one in planned if one.is_recognised]))
    table: Table = declared.entity.model.__table__
    stamps = {"updated_at": writing.at, "updated_by_id": writing.by.user_id}
    for rows in by_columns.values():
        statement = update(table).where(table.c.id == bindparam("of_id"))
        write_many(writing.session, statement, [{**row, **stamps} for row in rows])
    note_many(writing.session, declared.kind, notes)
    return written
