"""Rows of files that join two records, such as a price its product and its list: recognised by the two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.crm.records.importing import in_use
from implementor.crm.records.queries import reaches_all, within
from implementor.exchange.kinds import Outcome, Reason
from implementor.exchange.records.declaring import Draft, Found, Key, Link
from implementor.exchange.records.importer import RecordImporter
from implementor.foundation.permissions import SYSTEM
from implementor.foundation.words import say

BETWEEN = "\x1f"


def by_pair(model: Any, first: Link, second: Link, *, also: Sequence[str] = (), unique: bool = False) -> Key:
    """A key of two links and the values of further attributes; columns are called as the fields of the links."""

    def of(draft: Draft) -> str | None:
        named = (draft.links.get(first.field), draft.links.get(second.field))
        if not all(named):
            return None
        return BETWEEN.join((*map(str, named), *(str(draft.values.get(name) or "") for name in also)))

    def find(session: Session, texts: Collection[str]) -> Found:
        parts = {text: text.split(BETWEEN) for text in texts}
        left = first.find(session, SYSTEM, {part[0] for part in parts.values()})
        right = second.find(session, SYSTEM, {part[1] for part in parts.values()})
        known = _rows(session, model, (first, second), (left, right), also)
        return {
            text: [
                each
                for one in left.get(part[0], ())
                for other in right.get(part[1], ())
                for each in known.get((one, other, *part[2:]), ())
            ]
            for text, part in parts.items()
        }

    return Key(of, find, unique)


def _rows(
    session: Session, model: Any, links: Sequence[Link], found: Sequence[Found], also: Sequence[str]
) -> dict[tuple[Any, ...], list[int]]:
    """The rows that join any of the records, by the two ids and the further values as text."""
    columns = [getattr(model, f"{link.field}_id") for link in links]
    statement = select(model.id, *columns, *(getattr(model, name) for name in also)).where(*in_use(model))
    for column, each in zip(columns, found, strict=True):
        statement = statement.where(column.in_(sorted({one for ids in each.values() for one in ids})))
    rows: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for record_id, one, other, *more in session.execute(statement):
        rows[(one, other, *(str(value or "") for value in more))].append(record_id)
    return rows


class PartImporter(RecordImporter):
    """Takes parts of records: `parent` is their model and `pointer` the attribute that points there.

    A part is added only where the importing person may change the record it belongs to.
    """

    parent: Any = None
    pointer: str = ""

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row."""
        outcomes = super().plan(session, drafts, locking=locking)
        by = self.setup.by
        if reaches_all(self.parent, by, "edit"):
            return outcomes
        wanted = {one.data.draft.values.get(self.pointer) for one in outcomes if one.data is not None}
        changeable = select(self.parent.id).where(self.parent.id.in_(wanted - {None}), within(self.parent, by, "edit"))
        allowed = {None, *session.scalars(changeable)}
        return [self._unless_beyond(one, allowed) for one in outcomes]

    def _unless_beyond(self, outcome: Outcome, allowed: set[int | None]) -> Outcome:
        if outcome.data is None or outcome.data.draft.values.get(self.pointer) in allowed:
            return outcome
        return Outcome(outcome.row, "refused", [Reason(say("The record is somebody else's to change."))])
