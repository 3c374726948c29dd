"""Joins imported stories to their parents once every row is in: by key, number or title, or by one made for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row as DatabaseRow
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from implementor.exchange.models import ImportedRow
from implementor.exchange.queries import last_source_values
from implementor.exchange.readers.source import Row
from implementor.foundation.bulk import reserved_ids, write_many
from implementor.foundation.text import folded
from implementor.foundation.words import Phrase, say_n
from implementor.history.services import note_many
from implementor.stories.models import Story
from implementor.waves.story_import_drafts import Draft, mark_of, title_key
from implementor.waves.story_import_hanging import Hanging, parents_above, stories_named, without_loops
from implementor.waves.story_import_rows import RowReader
from implementor.waves.story_import_writes import Writer, insert_belongings, insert_stories

KEY_LIKE = re.compile(r"[^\W\d]{0,21}[-_.#]?\d{1,9}\Z")
Pair = tuple[str, str]


@dataclass
class Joint:
    """A story that names its parent: what its source said before, and the fact of this run that made it, if it did."""

    child: DatabaseRow[Any]
    reference: str
    marks: Mapping[str, Any]
    fact_id: int | None

    @property
    def is_new(self) -> bool:
        return self.fact_id is not None


class Parents:
    """The second pass. Doing it twice changes nothing more."""

    def __init__(self, reader: RowReader, hanging: Hanging, run_id: int | None) -> None:
        self.reader, self.hanging, self.run_id = reader, hanging, run_id
        self.missing = self.made = 0
        self._pairs: Iterator[list[Pair]] | None = None

    def step(self, writer: Writer) -> tuple[bool, list[dict[str, Any]]]:
        """Join the next thousand; says whether there may be more, with the facts of what was touched."""
        self._pairs = self._pairs or self.hanging.all()
        pairs = next(self._pairs, None)
        if pairs is None:
            return False, []
        joints = self._joints(writer, pairs)
        facts: list[dict[str, Any]] = []
        found = self._found(writer, {joint.reference for joint in joints}, facts)
        good = [(joint, found[joint.reference]) for joint in joints if joint.reference in found]
        lost = [joint for joint in joints if joint.reference not in found]
        self.missing += len(lost)
        forget_parents(writer.session, lost)
        return True, facts + self._join(writer, self._without_loops(writer.session, good))

    def remarks(self) -> list[Phrase]:
        """What people should know of it."""
        return [
            *(
                [
                    say_n(
                        "%(count)s parent that no row holds became a story of its own.",
                        "%(count)s parents that no row holds became stories of their own.",
                        self.made,
                    )
                ]
                if self.made
                else []
            ),
            *(
                [
                    say_n(
                        "%(count)s story names a parent that is neither in the file nor here.",
                        "%(count)s stories name a parent that is neither in the file nor here.",
                        self.missing,
                    )
                ]
                if self.missing
                else []
            ),
            *(
                [
                    say_n(
                        "%(count)s story would be part of itself; its parent was left out.",
                        "%(count)s stories would be part of themselves; their parents were left out.",
                        self.hanging.loops,
                    )
                ]
                if self.hanging.loops
                else []
            ),
        ]

    # --- who is whose -------------------------------------------------------------------------------------------------

    def _joints(self, writer: Writer, pairs: Sequence[Pair]) -> list[Joint]:
        stories = stories_named(writer.session, writer.project_id, [child for child, _ in pairs])
        ids = [row.id for row in stories.values()]
        made = writer.session.execute(
            select(ImportedRow.record_id, ImportedRow.id).where(
                ImportedRow.kind == "story", ImportedRow.record_id.in_(ids), ImportedRow.run_id == self.run_id,
                ImportedRow.verb == "created",
            )
        )  # fmt: skip
        new = {row.record_id: row.id for row in made}
        older = [one for one in ids if one not in new]
        marks = {
            row.record_id: row.source_values or {}
            for row in writer.session.execute(last_source_values(kind="story", record_ids=older))
        } if older else {}  # fmt: skip
        joints = []
        for child, reference in pairs:
            row = stories.get(child)
            if row is None:
                continue  # refused, or put away by somebody
            said = marks.get(row.id, {})
            if said.get("parent") == mark_of(reference):
                continue  # the source says what it said before: what people made of it stays
            joints.append(Joint(row, reference, said, new.get(row.id)))
        return joints

    def _found(self, writer: Writer, references: set[str], facts: list[dict[str, Any]]) -> dict[str, int]:
        """The stories that these texts mean, made where they are titles without a row of their own."""
        names = {text: f"{source}\x1f{key}" for text in references for source, key in [self.reader.identity_of(text)]}
        aliases = self.hanging.notebook.named(sorted(references))
        own = {text: f"{self.reader.file_source}\x1f{title_key(text)}" for text in references}
        made = {text: f"{self.reader.file_source}\x1fparent:{title_key(text)}" for text in references}
        wanted = [*names.values(), *aliases.values(), *own.values(), *made.values()]
        by_name = stories_named(writer.session, writer.project_id, wanted)
        found: dict[str, int] = {}
        for text in references:
            keys = (names[text], aliases.get(text, ""), own[text], made[text])
            row = next((by_name[key] for key in keys if key in by_name), None)
            if row is not None:
                found[text] = row.id
        titles = stories_titled(writer.session, writer.project_id, references - found.keys())
        found |= {text: titles[folded(text)] for text in references - found.keys() if folded(text) in titles}
        unknown = [text for text in sorted(references - found.keys()) if self._is_title(text)]
        return found | self._make(writer, unknown, facts)

    def _is_title(self, text: str) -> bool:
        """Keys and numbers point at rows that are elsewhere; only words can be a story of their own."""
        return not KEY_LIKE.match(text) and self.reader.setup.detected.kind in ("table", "text")

    def _make(self, writer: Writer, titles: Sequence[str], facts: list[dict[str, Any]]) -> dict[str, int]:
        drafts = []
        for place, title in enumerate(titles):
            draft = Draft(
                Row(0, [], self.made + place), source=self.reader.file_source, key=f"parent:{title_key(title)}"
            )
            draft.values = {"title": title[:250], "status": "idea"}
            drafts.append(draft)
        ids = reserved_ids(writer.session, "story", len(drafts))
        stories = list(zip(ids, drafts, strict=True))
        insert_stories(writer, stories, {})
        insert_belongings(writer, stories, {})
        facts += [
            {"kind": "story", "record_id": one, "verb": "created", "version": 1, "source_values": {}} for one in ids
        ]
        self.made += len(ids)
        return dict(zip(titles, ids, strict=True))

    def _without_loops(self, session: Session, joints: Sequence[tuple[Joint, int]]) -> list[tuple[Joint, int]]:
        above = parents_above(session, {parent for _, parent in joints})
        kept = without_loops(above, [(joint.child.id, parent) for joint, parent in joints])
        self.hanging.loops += len(joints) - len(kept)
        return [(joint, parent) for joint, parent in joints if kept.get(joint.child.id) == parent]

    def _join(self, writer: Writer, joints: Sequence[tuple[Joint, int]]) -> list[dict[str, Any]]:
        moved = [(joint, parent) for joint, parent in joints if joint.child.parent_id != parent]
        rows, notes, facts = [], [], []
        for joint, parent in moved:
            child, version = joint.child, joint.child.version + (not joint.is_new)
            rows.append({"of_id": child.id, "parent_id": parent, "version": version})
            if not joint.is_new:
                before = {"parent_id": child.parent_id}
                notes.append((child.id, version, "changed", before, {"parent_id": parent}))
                facts.append(
                    {
                        "kind": "story",
                        "record_id": child.id,
                        "verb": "updated",
                        "version": version,
                        "before": before,
                        "source_values": {**joint.marks, "parent": mark_of(joint.reference)},
                    }
                )
        if rows:
            stories = Story.__table__
            statement = update(stories).where(stories.c.id == bindparam("of_id"))  # type: ignore[arg-type]  # a table
            write_many(writer.session, statement, rows)
        note_many(writer.session, "story", notes, project_id=writer.project_id)  # type: ignore[arg-type]
        return facts


def stories_titled(session: Session, project_id: int, titles: Iterable[str]) -> dict[str, int]:
    """Stories in use by folded title; the oldest of several."""
    keys = [folded(title) for title in titles]
    if not keys:
        return {}
    rows = session.execute(
        select(Story.id, Story.title_key)
        .where(Story.project_id == project_id, Story.archived_at.is_(None), Story.title_key.in_(keys))
        .order_by(Story.id.desc())
    )
    return {row.title_key: row.id for row in rows}


def forget_parents(session: Session, joints: Sequence[Joint]) -> None:
    """Where a new story's parent is not here yet, a later file shall still be able to bring it."""
    ids = [joint.fact_id for joint in joints if joint.fact_id is not None]
    if not ids:
        return
    for fact in session.scalars(select(ImportedRow).where(ImportedRow.id.in_(ids))):
        fact.source_values = {name: mark for name, mark in (fact.source_values or {}).items() if name != "parent"}
