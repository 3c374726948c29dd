"""Registers of a project from files: the catalogue understands the rows, the services of their package write them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from implementor.exchange.kinds import ImportKind, Outcome, Reason, Setup, Where, import_kind
from implementor.exchange.records.declaring import Draft, Found, Key, Link, RecordImport, Writing
from implementor.exchange.records.importer import Planned, RecordImporter
from implementor.exchange.records.kind import words_to_explain
from implementor.exchange.records.known import Known
from implementor.exchange.records.taking_back import Undo, take_back
from implementor.exchange.records.targets import is_open, targets_of
from implementor.exchange.records.writing import made, make_linked, name_elsewhere
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded
from implementor.foundation.words import say
from implementor.history.encoding import encoded_values
from implementor.projects.place import place_of
from implementor.projects.queries import owners_in_project, people_of_project, place_of_project

BOOKKEEPING = frozenset({"version", "updated_at", "updated_by_id", "archived_at", "archived_by_id"})
"""Columns that an undo settles by itself."""
DeclaredFor = Callable[[int], RecordImport]


def find_project(session: Session, by: Actor, key: str | None) -> Where:
    """The project that a command names, and its actor with the roles held there."""
    if not key:
        raise Refusal(say("Say which project the records belong to, with --project KEY."))
    try:
        place = place_of(session.execute(*place_of_project(by, key)).all())
    except NotFound as missing:
        raise Refusal(say("There is no project %(key)s that you may see.", key=key)) from missing
    if place.is_archived:
        raise Refusal(say("%(project)s is archived. Restore it before you change it.", project=place.name))
    return Where(place.id, by.with_roles(place.roles))


class ProjectImporter(RecordImporter):
    """Takes the rows of one file into a project; whoever writes whole batches builds on it directly.

    `meanings` are the words of other registers: field -> folded word -> key.
    """

    meanings: Mapping[str, Mapping[str, str]] = {}

    def __init__(self, declared: RecordImport, session: Session, setup: Setup) -> None:
        assert setup.project_id is not None  # the kind asks for a project
        self.project_id = setup.project_id
        told = setup.options.meanings
        known = {name: {**self.meanings.get(name, {}), **told.get(name, {})} for name in {*self.meanings, *told}}
        super().__init__(declared, session, replace(setup, options=replace(setup.options, meanings=known)))

    def possible_owners(self) -> Rows:
        """Only people of the project own what is in it."""
        return owners_in_project(project_id=self.project_id)

    def named_system(self) -> str:
        """Two projects may call different things by one key."""
        return f"project {self.project_id}: {super().named_system()}"


class RegisterImporter(ProjectImporter):
    """Takes rows that are a record each; a kind says how they are made and changed, and what they cannot be."""

    # --- what a kind says ---------------------------------------------------------------------------------------------

    def make(self, writing: Writing, draft: Draft) -> Any:
        """Make the record that a row describes, by the services of its package."""
        raise NotImplementedError

    def change(self, writing: Writing, record: Any, planned: Planned) -> None:
        """Change a record as its row says (`planned.after`), by the services of its package."""
        raise NotImplementedError

    def faults(self, draft: Draft, whole: Mapping[str, Any], row: Any) -> Iterable[Reason]:
        """Why a record cannot be what it would become (`whole`, by attribute); `row` is what it is, None if new."""
        return ()

    # --- deciding -----------------------------------------------------------------------------------------------------

    def _refuse_incomplete(self, draft: Draft) -> None:
        super()._refuse_incomplete(draft)
        if not draft.reasons:
            draft.reasons += self.faults(draft, {**self.declared.usual, **draft.values}, None)

    def _of_known(self, planned: Planned, row: Any, known: Known, revivable: set[int]) -> Outcome:
        outcome = super()._of_known(planned, row, known, revivable)
        if outcome.data is None or outcome.verb == "unchanged":
            return outcome
        reasons = [*self.faults(planned.draft, {**row._mapping, **planned.after}, row)]
        return Outcome(outcome.row, "refused", reasons) if reasons else outcome

    # --- writing ------------------------------------------------------------------------------------------------------

    def write(self, session: Session, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
        """Write a batch; gives the facts of the import."""
        writing = Writing(session, self.setup, self.setup.by, self.setup.at, self.system)
        taken = [one for one in outcomes if one.data is not None and one.verb in ("created", "updated")]
        make_linked(self.declared, writing, [one.data for one in taken], self.links)
        for outcome in taken:
            planned: Planned = outcome.data
            if planned.row is not None:
                self._change(writing, planned)
            else:
                self._make(writing, planned.draft)
        return writing.facts

    def _make(self, writing: Writing, draft: Draft) -> None:
        record = self.make(writing, draft)
        writing.session.flush()
        name_elsewhere(self.declared, writing, [(record.id, draft)])
        fact = made(self.declared.kind, record.id, source_values=draft.marks)
        writing.facts.append({**fact, "version": record.version})

    def _change(self, writing: Writing, one: Planned) -> None:
        record = writing.session.get_one(self.declared.entity.model, one.row.id)
        before = _columns(record)
        if record.archived_at is not None:
            record.archived_at = record.archived_by_id = None
        one.after.pop("archived_at", None)
        self.change(writing, record, one)
        writing.session.flush()
        changed = {name: before[name] for name, value in _columns(record).items() if value != before[name]}
        if one.is_recognised:
            name_elsewhere(self.declared, writing, [(record.id, one.draft)])
        writing.facts.append({
            "kind": self.declared.kind, "record_id": record.id, "verb": "created" if one.is_revived else "updated",
            "version": record.version, "before": encoded_values(changed), "source_values": one.draft.marks,
        })  # fmt: skip


def _columns(record: Any) -> dict[str, Any]:
    names = (attribute.key for attribute in inspect(type(record)).column_attrs)
    return {name: getattr(record, name) for name in names if name not in BOOKKEEPING}


# --- what registers declare -------------------------------------------------------------------------------------------


def register_import(
    declared_for: DeclaredFor, importer: type[ProjectImporter], *, undo: Undo = take_back,
    explained: Callable[[Session, int], Mapping[str, Sequence[tuple[str, Any]]]] = lambda _session, _project_id: {},
) -> ImportKind:  # fmt: skip
    """Let a register come in from files; called from a package's contributions.

    `declared_for` gives its declaration for a project (0 where only its columns are asked for), `explained` further
    fields whose words a person may explain.
    """
    declared = declared_for(0)

    def prepare(session: Session, setup: Setup) -> ProjectImporter:
        return importer(declared_for(setup.project_id or 0), session, setup)

    def words(session: Session, project_id: int | None) -> Mapping[str, Sequence[tuple[str, Any]]]:
        here = project_id or 0
        people = [(str(row.id), row.name) for row in session.execute(people_of_project(project_id=here))]
        known = words_to_explain(declared_for(here), session, here)
        return {**known, **({declared.owner: people} if declared.owner in declared.entity.fields else {}),
                **explained(session, here)}  # fmt: skip

    return import_kind(
        ImportKind(
            name=declared.kind,
            label=declared.entity.label_plural,
            targets=targets_of(declared),
            is_open=partial(is_open, declared),
            permission=declared.permission,
            prepare=prepare,
            undo=undo,
            find_place=find_project,
            result_url=declared.result_url,
            needs=declared.needs,
            open_words=words,
        )
    )


def by_title(model: Any, attribute: str, project_id: int) -> Key:
    """A key of the text that names a record in its project, however it is written."""
    column = getattr(model, attribute)

    def of(draft: Draft) -> str | None:
        return folded(str(draft.values.get(attribute) or "")) or None

    def find(session: Session, texts: Collection[str]) -> Found:
        return named_in_project(session, model, column, project_id, texts)

    return Key(of, find)


def link_in_project(
    field: str, model: Any, attribute: str, project_id: int, *, headers: str = "",
    make: Callable[[Writing, Sequence[str]], Mapping[str, int]] | None = None,
) -> Link:  # fmt: skip
    """A link to records of the project by what they are called; `make` adds those that are missing."""
    column = getattr(model, attribute)

    def find(session: Session, _actor: Actor, texts: Collection[str]) -> Found:
        found = named_in_project(session, model, column, project_id, {folded(text) for text in texts})
        return {text: found.get(folded(text), []) for text in texts}

    return Link(field, find, make, headers)


def named_in_project(
    session: Session, model: Any, column: Any, project_id: int, texts: Collection[str]
) -> dict[str, list[int]]:
    """The ids of the project's records in use by their folded names; a register is short enough to be read whole."""
    found: dict[str, list[int]] = {}
    rows = select(column, model.id).where(model.project_id == project_id, model.archived_at.is_(None))
    for text, record_id in session.execute(rows.order_by(model.id)):
        if (key := folded(text)) in texts:
            found.setdefault(key, []).append(record_id)
    return found
