"""What is here already: the records that rows mean, what they link to, and what their source said of them last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from implementor.exchange.kinds import Setup
from implementor.exchange.models import ExternalId
from implementor.exchange.own_keys import own_ids
from implementor.exchange.queries import last_source_values
from implementor.exchange.records.declaring import Draft, Found, Key, RecordImport
from implementor.foundation.extensible import own_fields_of, unpacked
from implementor.foundation.fields import Field, Scope
from implementor.foundation.text import folded

SEVERAL = -1
"""Stands for an id where a name means several records."""


@dataclass
class Known:
    """The records of a batch by the name of their draft, as rows by id, and what their source said last."""

    ids: dict[str, int] = field(default_factory=dict)
    rows: dict[int, Any] = field(default_factory=dict)
    marks: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    out_of_reach: set[int] = field(default_factory=set)
    named: frozenset[str] = frozenset()
    """The drafts whose own key is known; the others were recognised by what they hold."""
    unlike: set[str] = field(default_factory=set)
    """The drafts that share a text with somebody whom they do not mean, such as the mail address of a family."""

    def row_of(self, draft: Draft) -> Any:
        """The record that a draft means, if there is one."""
        return self.rows.get(self.ids.get(draft.name, 0))


def known_records(
    session: Session, declared: RecordImport, setup: Setup, drafts: Sequence[Draft], system: str, *, locking: bool
) -> Known:
    """The records that the drafts mean: by their key elsewhere, else by what the kind says recognises them."""
    known = Known()
    names = elsewhere(session, declared.kind, system, [draft.name for draft in drafts])
    names |= _of_project(session, declared, setup, own_ids(declared.kind, (draft.name for draft in drafts)))
    known.ids |= names
    known.named = frozenset(names)
    for key in declared.keys:
        wanted: dict[str, list[Draft]] = defaultdict(list)
        for draft in drafts:
            text = key.of(draft) if draft.name not in known.ids else None
            if text:
                wanted[text].append(draft)
        found = key.find(session, list(wanted)) if wanted else {}
        others = _named_otherwise(session, declared.kind, system, wanted, found)
        if key.agrees is not None:
            bearers = [each for ids in found.values() for each in ids if each not in known.rows]
            known.rows |= rows_by_id(session, declared, bearers, locking=locking)
        for text, ids in found.items():
            for draft in wanted.get(text, ()):
                left = [each for each in ids if draft.is_print or key.unique or each not in others]
                left = _agreeing(key, draft, left, known)
                if left:
                    known.ids[draft.name] = left[0] if len(left) == 1 else SEVERAL
    _load(session, declared, setup, known, locking=locking)
    return known


def _of_project(session: Session, declared: RecordImport, setup: Setup, own: dict[str, int]) -> dict[str, int]:
    """Those of our own keys that are of the project that the file goes to, where it goes to one."""
    if setup.project_id is None or not own:
        return own
    model = declared.entity.model
    here = select(model.id).where(model.project_id == setup.project_id, model.id.in_(list(own.values())))
    inside = set(session.scalars(here))
    return {name: record_id for name, record_id in own.items() if record_id in inside}


def _agreeing(key: Key, draft: Draft, ids: list[int], known: Known) -> list[int]:
    """Those of the records that the draft may mean; where it means none of them, that is noted."""
    if key.agrees is None:
        return ids
    fitting = [each for each in ids if each in known.rows and key.agrees(draft, known.rows[each]._mapping)]
    if ids and not fitting:
        known.unlike.add(draft.name)
    return fitting


def _named_otherwise(
    session: Session, kind: str, system: str, wanted: Mapping[str, Sequence[Draft]], found: Found
) -> set[int]:
    """Records that the system calls something else: a row with a key of its own is none of them."""
    has_keys = any(not draft.is_print for drafts in wanted.values() for draft in drafts)
    ids = {each for ids in found.values() for each in ids}
    if not ids or not has_keys:
        return set()
    statement = select(ExternalId.record_id).where(
        ExternalId.record_kind == kind, ExternalId.system == system, ExternalId.record_id.in_(ids)
    )
    return set(session.scalars(statement))


def elsewhere(session: Session, kind: str, system: str, names: Collection[str]) -> dict[str, int]:
    """The ids of records by what a system calls them."""
    found = session.execute(
        select(ExternalId.value, ExternalId.record_id).where(
            ExternalId.record_kind == kind, ExternalId.system == system, ExternalId.value.in_(list(names))
        )
    )
    return {row.value: row.record_id for row in found}


def _load(session: Session, declared: RecordImport, setup: Setup, known: Known, *, locking: bool) -> None:
    ids = [each for each in known.ids.values() if each != SEVERAL and each not in known.rows]
    rows = known.rows | rows_by_id(session, declared, ids, locking=locking)
    for name, each in known.ids.items():
        survivor = getattr(rows.get(each), "merged_into_id", None)
        if survivor is not None:  # what was merged is updated where it went
            known.ids[name] = survivor
    more = [each for each in known.ids.values() if each != SEVERAL and each not in rows]
    known.rows = rows | (rows_by_id(session, declared, more, locking=locking) if more else {})
    condition = declared.may_change(setup.by)
    if condition is not None and known.rows:
        model = declared.entity.model
        within = set(session.scalars(select(model.id).where(model.id.in_(list(known.rows)), condition)))
        known.out_of_reach = set(known.rows) - within
    if known.rows:
        for row in session.execute(last_source_values(kind=declared.kind, record_ids=known.rows)):
            known.marks[row.record_id] = row.source_values


def rows_by_id(session: Session, declared: RecordImport, ids: Iterable[int], *, locking: bool) -> dict[int, Any]:
    """Records as plain rows, by id."""
    wanted = list(ids)
    if not wanted:
        return {}
    table: Table = declared.entity.model.__table__
    statement = select(table).where(table.c.id.in_(wanted))
    if locking:
        declared.before_rows(session, wanted)
        statement = statement.with_for_update()
    rows = session.execute(statement)
    own = own_fields_of(declared.entity.model)
    return {row.id: WholeRow(row, own) if own else row for row in rows}


class WholeRow:
    """A plain row of which fields of one's own are attributes too, as those of a record are."""

    def __init__(self, row: Any, own: Collection[str]) -> None:
        self._row, self._mapping = row, {**row._mapping, **dict.fromkeys(own), **unpacked(row.ext)}

    def __getattr__(self, name: str) -> Any:
        try:
            return self._mapping[name]
        except KeyError:
            raise AttributeError(name) from None


# --- what rows link to ------------------------------------------------------------------------------------------------


@dataclass
class Links:
    """What the texts of each field of links mean: ids, or SEVERAL; texts that mean nothing are not in it.

    `several` has all the ids of a text that means several records.
    """

    ids: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    several: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)

    def of(self, name: str, text: str) -> int | None:
        """The record that a text means in a field."""
        return self.ids[name].get(text)


def links_of(session: Session, declared: RecordImport, drafts: Sequence[Draft], scope: Scope, known: Links) -> None:
    """Look up the texts of a batch that are not known yet."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        for name, text in draft.links.items():
            if text not in known.ids[name]:
                wanted[name].add(text)
    for name, texts in wanted.items():
        link = declared.link_of(name)
        if link is not None:
            found = link.find(session, scope.actor, texts)
        else:
            found = _among_options(session, declared.entity.fields[name], scope, texts)
        known.ids[name] |= {text: ids[0] if len(ids) == 1 else SEVERAL for text, ids in found.items() if ids}
        known.several |= {(name, text): frozenset(ids) for text, ids in found.items() if len(ids) > 1}


def _among_options(session: Session, one: Field, scope: Scope, texts: Collection[str]) -> Found:
    """What texts mean among the few rows that a field offers, by their label."""
    if one.options is None:
        return {}
    by_label: dict[str, list[int]] = defaultdict(list)
    for row in session.execute(one.options(scope)):
        by_label[folded(row[1])].append(row[0])
    return {text: by_label.get(folded(text), []) for text in texts}
