"""Understands one row of a backlog: what it says of a story, and why it cannot be taken where that is unusable."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from implementor.exchange.kinds import Reason, Setup
from implementor.exchange.names import name_signature
from implementor.exchange.readers.source import Cell, Row
from implementor.exchange.sentences import sentence_of, starts_story
from implementor.exchange.values import (
    UnreadableValue,
    line_of,
    lines_of,
    list_of,
    number_of,
    text_of,
)
from implementor.exchange.vocabulary import moscow_of, status_of, type_of
from implementor.foundation.fields import Field, Kind
from implementor.foundation.text import clean_line, folded
from implementor.foundation.values import as_stored
from implementor.foundation.words import say
from implementor.stories.catalogue import STORY
from implementor.stories.statuses import BY_HAND
from implementor.waves.story_import_cells import Cells
from implementor.waves.story_import_drafts import ISSUE_KEY, LONGEST_KEY, Draft, mark_of, title_key
from implementor.waves.story_import_people import People
from implementor.waves.story_import_readings import number_for, priority_as_moscow, wave_names_of
from implementor.waves.story_import_targets import OTHERS
from implementor.waves.story_import_texts import Texts

WAVE_LIKE = re.compile(r"(?:sprint|iteraci[oó]n|iteration|ola|wave|release|fase|phase|incremento)\b", re.IGNORECASE)


class RowReader(Cells):
    """Reads the rows of one file by its mapping."""

    def __init__(self, setup: Setup, people: People, texts: Texts) -> None:
        super().__init__(setup)
        self.people, self.texts = people, texts
        self.statuses: dict[tuple[Cell, Cell, bool], str | None] = {}
        self.number_readers: dict[str, Callable[[Cell], Any]] = {}
        self.wave_readers = {
            column: partial(wave_names_of, setup.source.columns[column].name) for column in setup.columns_of("wave")
        }
        self.longest = {name: STORY.fields[name].longest for name in ("title", "as_a", "i_want", "so_that")}
        self.is_trello = setup.detected.kind == "trello"
        self.status_words = setup.options.meanings.get("status", {})
        self.others = [one for one in OTHERS if self.carries(one.name)]
        names = {column.name: column.index for column in setup.source.columns}
        self.archived_column = names.get("Archived") if self.is_trello else None
        self.file_source = f"file:{name_signature(setup.file_name)}"

    def read(self, row: Row) -> Draft:
        """What a row says."""
        draft = Draft(row)
        if row.problem is not None:
            draft.reasons.append(Reason(row.problem))
            return draft
        draft.present = self.look(row.cells)
        self._waves(draft)
        self._narrative(draft)
        self._choices(draft)
        self._numbers(draft)
        self._as_they_are(draft)
        self._people(draft)
        self._lists(draft)
        self.texts.read(self, draft)
        self._status(draft)
        self._identity(draft)
        return draft

    # --- fields -------------------------------------------------------------------------------------------------------

    def _narrative(self, draft: Draft) -> None:
        for target in ("as_a", "i_want", "so_that"):
            if self.carries(target):
                self.put(draft, target, self._fitted(draft, target, line_of(self.cell(draft, target)[1])))
        title = self._title(draft)
        if title and not draft.values.get("i_want") and starts_story(title):
            parts = sentence_of(title)
            if parts is not None:
                for target in ("as_a", "i_want", "so_that"):
                    self.put(draft, target, self._fitted(draft, target, getattr(parts, target)))
        if title:
            draft.values["title"] = self._fitted(draft, "title", title)
            draft.marks["title"] = mark_of(title)
        else:
            column, cell = self.cell(draft, "title")
            self.refuse(draft, column, cell, say("There is no title. Write what the story is about."))

    def _title(self, draft: Draft) -> str:
        for target in ("title", "i_want"):
            if text := line_of(self.cell(draft, target)[1]):
                return text
        lines = text_of(self.cell(draft, "description")[1]).splitlines() if self.carries("description") else []
        return next((line for line in map(clean_line, lines) if line), "")

    def _fitted(self, draft: Draft, target: str, text: str) -> str | None:
        """Text cut to what its field holds (the whole is kept in the description); None for no text."""
        longest = self.longest[target]
        if len(text) <= longest:
            return text or None
        draft.details += f"\n\n{STORY.fields[target].label}: {text}"
        return text[: longest - 1].rstrip() + "…"

    def _choices(self, draft: Draft) -> None:
        if self.carries("type"):
            _, cell = self.cell(draft, "type")
            try:
                kind = self.once(self._type, cell)
            except UnreadableValue:
                # a kind of work that only the other system knows: kept as a tag, so that nothing is lost
                kind = "function"
                draft.tags.append(line_of(cell)[:60])
                self.wonder("type", line_of(cell))
            draft.values["type"] = kind or "function"
            draft.marks["type"] = mark_of(kind)
        if self.carries("moscow"):
            self.put(draft, "moscow", self.attempt(draft, "moscow", self._moscow))
        elif self.carries("priority"):
            self.put(draft, "moscow", self.once(priority_as_moscow, self.cell(draft, "priority")[1]))
        if self.carries("module"):
            texts = [line_of(cell) for _, cell in self.cells(draft, "module")]
            self.put(draft, "module", ", ".join(texts)[:80] or None)

    def _type(self, cell: Cell) -> str | None:
        return self.word("type", cell, type_of)

    def _moscow(self, cell: Cell) -> str | None:
        return self.word("moscow", cell, moscow_of)

    def _as_they_are(self, draft: Draft) -> None:
        """The fields of the catalogue of which a cell holds nothing but the value."""
        for one in self.others:
            self.put(draft, one.name, self.attempt(draft, one.name, partial(self._stored, one)))

    def _stored(self, one: Field, cell: Cell) -> Any:
        if one.kind is Kind.CHOICE:
            return self.word(one.name, cell, partial(as_stored, one))
        if one.kind in (Kind.WHOLE, Kind.DECIMAL):
            number = number_of(cell, comma=self.setup.learned.get("comma", {}).get(str(self.columns[one.name][0])))
            return None if number is None else as_stored(one, number)
        return as_stored(one, text_of(cell))

    def _numbers(self, draft: Draft) -> None:
        commas: dict[str, bool | None] = self.setup.learned.get("comma", {})
        for target in ("points", "value", "urgency", "risk_reduction"):
            if not self.carries(target):
                continue
            comma = commas.get(str(self.columns[target][0]))
            number = self.attempt(draft, target, partial(self.once, self._number_reader(target, comma)))
            self.put(draft, target, number)

    def _number_reader(self, target: str, comma: bool | None) -> Callable[[Cell], Any]:
        if target not in self.number_readers:
            self.number_readers[target] = partial(number_for, target, comma)
        return self.number_readers[target]

    def _people(self, draft: Draft) -> None:
        if self.carries("owner"):
            line, owner_id, owner_text = self.once(self._person, self.cell(draft, "owner")[1])
            if owner_text:
                self.wonder("owner", line)
            self.put(draft, "owner", line or None, owner_id=owner_id, owner_text=owner_text)
            if owner_id is not None or owner_text:
                draft.empty -= {"owner_id", "owner_text"}
        if self.carries("area"):
            line, area_id = self.once(self._area, self.cell(draft, "area")[1])
            self.put(draft, "area", line or None, area_id=area_id)
            if area_id is None and line:
                draft.tags.append(line[:60])

    def _person(self, cell: Cell) -> tuple[str, int | None, str | None]:
        return line_of(cell), *self.people.found(cell)

    def _area(self, cell: Cell) -> tuple[str, int | None]:
        return line_of(cell), self.people.area(cell)

    def _lists(self, draft: Draft) -> None:
        for _, cell in self.cells(draft, "tags"):
            spaced = self.setup.detected.kind == "jira"
            draft.tags += [tag[:60] for tag in list_of(cell, spaces=spaced)]
        for _, cell in self.cells(draft, "criteria"):
            draft.criteria += [line[:20_000] for line in lines_of(cell)]
        for _, cell in self.cells(draft, "tasks"):
            ticked = [
                bool(re.match(r"\s*(?:[-*]\s*)?(?:\[[xX]\]|[☑✓✔])", line))
                for line in text_of(cell).split("\n")
                if line.strip()
            ]
            lines = lines_of(cell)
            ticks = ticked if len(ticked) == len(lines) else [False] * len(lines)
            draft.tasks += [(line[:250], tick) for line, tick in zip(lines, ticks, strict=True)]
        for target in ("criteria", "tasks"):
            if self.carries(target):
                draft.marks[target] = mark_of(getattr(draft, target))

    def _waves(self, draft: Draft) -> None:
        for column, cell in self.cells(draft, "wave"):
            for name in self.once(self.wave_readers[column], cell):
                if name not in draft.waves:
                    draft.waves.append(name)
        if self.carries("wave"):
            draft.marks["wave"] = mark_of(draft.waves[-1:])

    def _status(self, draft: Draft) -> None:
        if not (self.carries("status") or self.carries("status_category")):
            return
        column, cell = self.cell(draft, "status")
        category = self.cell(draft, "status_category")[1]
        status: str | None = None
        try:
            status = self._known_status(cell, category, in_wave=bool(draft.waves))
        except UnreadableValue as fault:
            if not self.is_trello:
                self.refuse(draft, column, cell, fault.reason)
                self.wonder("status", line_of(cell))
                return
            status = self._status_of_list(draft, line_of(cell))
        if self.archived_column is not None and draft.row.cells[self.archived_column] is True and status != "validated":
            status = "dropped"
        draft.values["status"] = status or ("planned" if draft.waves else "idea")
        draft.marks["status"] = mark_of(status)

    def _known_status(self, cell: Cell, category: Cell, *, in_wave: bool) -> str | None:
        known = (cell, category, in_wave)
        if known not in self.statuses:
            read = partial(status_of, category=category, in_wave=in_wave)
            self.statuses[known] = self.word("status", cell, read, among=BY_HAND)
        return self.statuses[known]

    def _status_of_list(self, draft: Draft, name: str) -> str:
        """A list of a board whose name is no status: a wave where it sounds like one, else a tag."""
        if WAVE_LIKE.match(name):
            draft.waves.append(name[:120])
            draft.marks["wave"] = mark_of(draft.waves[-1:])
            return "planned"
        draft.tags.append(name[:60])
        return "idea"

    def _identity(self, draft: Draft) -> None:
        if draft.tags:
            draft.tags = list({folded(tag): tag for tag in reversed(draft.tags) if tag}.values())[::-1]
        if self.carries("tags") or self.is_trello:
            draft.marks["tags"] = draft.tags
        elif draft.tags:  # made of other columns: they come, but nothing says that any went
            draft.marks["other_tags"] = draft.tags
        draft.other_name = line_of(self.cell(draft, "external_id")[1])
        key = line_of(self.cell(draft, "external_key")[1]) or draft.other_name
        draft.parent = line_of(self.cell(draft, "parent")[1])[:250]
        if self.carries("parent"):
            draft.marks["parent"] = mark_of(draft.parent)
        if len(key) > LONGEST_KEY:
            column, cell = self.cell(draft, "external_key")
            self.refuse(draft, column, cell, say("A key may have %(most)s characters.", most=LONGEST_KEY))
        draft.has_key = bool(key)
        draft.source, draft.key = self.identity_of(key) if key else (self.file_source, title_key(draft.title))

    def identity_of(self, key: str) -> tuple[str, str]:
        """Source and key under which an import knows a record again, whatever its file is called."""
        issue = ISSUE_KEY.match(key)
        if issue:
            return f"jira:{issue[1]}", key
        return ("trello", key) if self.is_trello else (self.file_source, key)
