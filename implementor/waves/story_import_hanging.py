"""Gives new stories the parents that are known as they are written; all others wait until every row is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.exchange.notebook import Notebook
from implementor.stories.models import Story
from implementor.waves.story_import_drafts import Draft
from implementor.waves.story_import_rows import RowReader
from implementor.waves.story_import_writes import Writer

DEEPEST = 50


class Hanging:
    """The stories of a file that name a parent: those of the latest rows here, earlier ones in the notebook."""

    def __init__(self, reader: RowReader, notebook: Notebook) -> None:
        self.reader, self.notebook = reader, notebook
        self.latest: dict[str, str] = {}
        self.loops = 0

    def expect(self, drafts: Iterable[Draft]) -> None:
        """Take the rows that were read last; what rows before them left open waits for the end."""
        self.put_down()
        self.latest = {
            draft.name: draft.parent
            for draft in drafts
            if draft.parent and draft.continues is None and draft.parent != draft.key
        }

    def put_down(self) -> None:
        """Leave what is still open to the second pass."""
        self.notebook.hang(list(self.latest.items()))
        self.latest = {}

    def all(self) -> Iterator[list[tuple[str, str]]]:
        """Every child that is left, with the text that names its parent, a thousand at once."""
        self.put_down()
        return self.notebook.hanging()

    def settle(self, draft: Draft) -> None:
        """A story's parent needs no second look."""
        self.latest.pop(draft.name, None)

    def parents_of(self, writer: Writer, stories: Sequence[tuple[int, Draft]]) -> dict[int, int]:
        """Story -> parent for new stories (with the ids that they will have) whose parent is here or comes with them.

        Only what names a row by its own key is certain before all rows were read: another row may still be called so.
        """
        coming = {draft.name: story_id for story_id, draft in stories}
        open_ones = [(story_id, draft) for story_id, draft in stories if draft.name in self.latest]
        wanted = [(story_id, draft, self._name_of(draft.parent)) for story_id, draft in open_ones]
        elsewhere = {name for _, _, name in wanted} - coming.keys()
        here = stories_named(writer.session, writer.project_id, elsewhere)
        known = coming | {name: row.id for name, row in here.items()}
        found = [(story_id, draft, known[name]) for story_id, draft, name in wanted if name in known]
        above = parents_above(writer.session, {row.id for row in here.values()})
        kept = without_loops(above, [(story_id, parent) for story_id, _, parent in found])
        self.loops += len(found) - len(kept)
        for _, draft, _ in found:
            self.settle(draft)
        return kept

    def _name_of(self, text: str) -> str:
        source, key = self.reader.identity_of(text)
        return f"{source}\x1f{key}"


def stories_named(session: Session, project_id: int, names: Iterable[str]) -> dict[str, Any]:
    """Stories in use by "source, key", as rows (id, version, parent_id, external_source, external_key)."""
    parts = [name.split("\x1f", 1) for name in names if "\x1f" in name]
    found: dict[str, Any] = {}
    for start in range(0, len(parts), 2000):
        chunk = parts[start : start + 2000]
        rows = session.execute(
            select(Story.id, Story.version, Story.parent_id, Story.external_source, Story.external_key).where(
                Story.project_id == project_id,
                Story.archived_at.is_(None),
                Story.external_source.in_({source for source, _ in chunk}),
                Story.external_key.in_([key for _, key in chunk]),
            )
        )
        found |= {f"{row.external_source}\x1f{row.external_key}": row for row in rows}
    return found


def parents_above(session: Session, ids: set[int]) -> dict[int, int | None]:
    """The parent of each of these stories and of all above them."""
    above: dict[int, int | None] = {}
    level = set(ids)
    while level:
        rows = session.execute(select(Story.id, Story.parent_id).where(Story.id.in_(level))).all()
        above |= {row.id: row.parent_id for row in rows}
        level = {row.parent_id for row in rows if row.parent_id is not None} - above.keys()
    return above


def without_loops(above: Mapping[int, int | None], edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Child -> parent of those pairs, one a child, that make nobody part of itself; `above` is what holds already."""
    known, kept = dict(above), {}
    for child, parent in edges:
        place: int | None = parent
        for _ in range(DEEPEST):
            if place is None or place == child:
                break
            place = known.get(place)
        if place is None:
            known[child] = kept[child] = parent
    return kept
