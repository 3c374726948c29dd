"""Links between records of one file, such as a company and its group: made when all rows are in, in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from implementor.exchange.kinds import Setup
from implementor.exchange.notebook import Notebook
from implementor.exchange.records.declaring import Draft, Link, RecordImport, Writing
from implementor.exchange.services import keep_facts
from implementor.foundation.bulk import write_many
from implementor.history.services import note_many

DEEPEST = 100


class OwnLinks:
    """The link of a kind to itself, where it has one."""

    def __init__(self, declared: RecordImport, setup: Setup, notebook: Notebook, system: str) -> None:
        self.declared, self.setup, self.notebook, self.system = declared, setup, notebook, system
        fields = declared.entity.fields
        own = [link for link in declared.links if link.field in fields and fields[link.field].target == declared.kind]
        self.link: Link | None = own[0] if own else None
        self.title = fields[declared.entity.title_field].attribute
        self.loops = 0
        self._left: Any = None

    def is_own(self, name: str) -> bool:
        """Whether a field links to records of the same kind."""
        return self.link is not None and self.link.field == name

    def note(self, drafts: Sequence[Draft]) -> None:
        """Remember which rows name another record of their kind."""
        if self.link is None:
            return
        pairs = [
            (draft.name if not draft.is_print else str(draft.values.get(self.title) or ""), text)
            for draft in drafts
            if (text := draft.links.get(self.link.field))
        ]
        self.notebook.hang([(child, parent) for child, parent in pairs if child])

    def settle(self, session: Session) -> bool:
        """Link the next thousand; False when all are."""
        if self.link is None:
            return False
        if self._left is None:
            self._left = self.notebook.hanging()
        pairs = next(self._left, None)
        if not pairs:
            return False
        self._settle(session, pairs)
        return True

    def _settle(self, session: Session, pairs: Sequence[tuple[str, str]]) -> None:
        assert self.link is not None
        writing = Writing(session, self.setup, self.setup.by, self.setup.at, self.system)
        texts = {text for pair in pairs for text in pair}
        found = self.link.find(session, self.setup.by, texts)
        one = {text: ids[0] for text, ids in found.items() if len(ids) == 1}
        lost = [parent for _child, parent in pairs if not found.get(parent)]
        if lost and self.link.make is not None and self.setup.options.links == "create":
            one |= self.link.make(writing, list(dict.fromkeys(lost)))
        wanted = {one[child]: one[parent] for child, parent in pairs if child in one and parent in one}
        self._write(writing, wanted)
        if writing.facts and self.setup.run_id is not None:
            keep_facts(session, self.setup.run_id, writing.facts)

    def _write(self, writing: Writing, wanted: Mapping[int, int]) -> None:
        assert self.link is not None
        attribute = self.declared.entity.fields[self.link.field].attribute
        table: Table = self.declared.entity.model.__table__
        parent = table.c[attribute]
        session = writing.session
        rows = session.execute(select(table.c.id, table.c.version, parent).where(table.c.id.in_(list(wanted)))).all()
        above = self._above(session, table, parent, set(wanted.values()))
        changes, notes = [], []
        for record_id, version, present in rows:
            goal = wanted[record_id]
            if goal == present:
                continue
            if record_id == goal or record_id in _chain(goal, above):
                self.loops += 1
                continue
            above[record_id] = goal
            changes.append({"of_id": record_id, attribute: goal, "version": version + 1, "updated_at": writing.at})
            notes.append((record_id, version + 1, "changed", {attribute: present}, {attribute: goal}))
            writing.facts.append({
                "kind": self.declared.kind, "record_id": record_id, "verb": "updated", "version": version + 1,
                "before": {attribute: present}, "source_values": None,
            })  # fmt: skip
        write_many(session, update(table).where(table.c.id == bindparam("of_id")), changes)
        note_many(session, self.declared.kind, notes)  # type: ignore[arg-type]  # "changed" is a verb

    @staticmethod
    def _above(session: Session, table: Table, parent: Any, ids: set[int]) -> dict[int, int]:
        """Child -> parent for everything above these records."""
        above: dict[int, int] = {}
        for _level in range(DEEPEST):
            ids = {each for each in ids if each not in above}
            if not ids:
                break
            found = session.execute(select(table.c.id, parent).where(table.c.id.in_(list(ids)), parent.is_not(None)))
            above |= {row[0]: row[1] for row in found}
            ids = {above[each] for each in ids if each in above}
        return above


def _chain(start: int, above: Mapping[int, int]) -> set[int]:
    seen: set[int] = set()
    while start not in seen:
        seen.add(start)
        if start not in above:
            break
        start = above[start]
    return seen
