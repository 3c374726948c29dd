"""The longer texts of an imported story: its description in Markdown, its comments, its dates and what else is told."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from implementor.exchange.kinds import Setup
from implementor.exchange.markup import markdown_of
from implementor.exchange.moments import DateStyle, day_of, moment_of
from implementor.exchange.readers.source import Cell, Row
from implementor.exchange.values import UnreadableValue, attachment_of, comment_of, line_of, text_of
from implementor.exchange.vocabulary import status_of
from implementor.foundation.words import say
from implementor.stories.catalogue import STORY
from implementor.waves.story_import_drafts import Draft, ImportedComment

if TYPE_CHECKING:
    from implementor.waves.story_import_rows import RowReader

LONGEST_COMMENT = 200_000
MOST_MOMENTS = 50_000
_TIMES = ("created_at", "updated_at", "resolved_at")
_DAYS = ("start_on", "due_on")
_MARKUP = re.compile(
    r"\{(?:code|noformat|quote|panel|color)[:}]|^h[1-6]\. |\[[^\]|\n]{1,200}\|https?:|\{\{", re.MULTILINE
)
_PROSE = re.compile(r"[^\W_](?:[^\W_]|[ .,;:()'\"/%?¿¡])*(?:\n[^\W_](?:[^\W_]|[ .,;:()'\"/%?¿¡])*)*\Z")
"""Lines of words and no sign that any markup uses; most texts are that, and need no turning."""
_BLOCK = re.compile(r"^[ \t]*(?:h\d|bq)\.", re.MULTILINE)
_MENTION = re.compile(r"@(\d{1,8}:[0-9a-f-]{36}|[0-9a-f]{24,32})\b")
_NUMERIC_DATE = re.compile(r"\s*\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}")


class Texts:
    """Reads the texts and moments of rows; knows how each column of dates is written."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.zone = ZoneInfo(setup.options.time_zone)
        self.is_jira = setup.detected.kind == "jira"
        self.dated = [column for name in (*_TIMES, *_DAYS, "comments") for column in setup.columns_of(name)]
        self._moments: dict[tuple[int, Cell], datetime | None] = {}
        self.styles = {column: DateStyle() for column in self.dated}
        for column in self.dated:
            self._see(column, setup.source.columns[column].samples)

    # --- how dates are written ----------------------------------------------------------------------------------------

    def undecided(self) -> bool:
        """Whether a column writes dates in numbers and its first cells do not show whether the day comes first."""
        return "day_first" not in self.setup.learned and any(
            self.styles[column].day_first is None
            and any(_NUMERIC_DATE.match(str(cell)) for cell in self.setup.source.columns[column].samples)
            for column in self.dated
        )

    def see(self, row: Row) -> None:
        """Take one row into account."""
        for column in self.dated:
            if column < len(row.cells):
                self._see(column, (row.cells[column],))

    def _see(self, column: int, cells: tuple[Cell, ...]) -> None:
        for cell in cells:
            text = cell.partition(";")[0] if isinstance(cell, str) else cell
            self.styles[column].see(text)

    def learned(self) -> dict[str, Any]:
        """What was seen, to be stored: column -> whether the day comes first; columns that do not say follow others."""
        said = [style.day_first for style in self.styles.values() if style.day_first is not None]
        usual = said[0] if said and all(one == said[0] for one in said) else None
        return {
            str(column): style.day_first if style.day_first is not None else usual
            for column, style in self.styles.items()
        }

    def _day_first(self, column: int) -> bool | None:
        known: dict[str, bool | None] = self.setup.learned.get("day_first") or {}
        return known.get(str(column), self.styles[column].day_first)

    def moment(self, column: int, cell: Cell) -> datetime | None:
        """A moment in UTC; without a zone of its own it is taken in the importer's."""
        known = (column, cell)
        if known not in self._moments:
            if len(self._moments) > MOST_MOMENTS:
                self._moments.clear()
            self._moments[known] = self._read_moment(column, cell)
        return self._moments[known]

    def _read_moment(self, column: int, cell: Cell) -> datetime | None:
        found = moment_of(cell, day_first=self._day_first(column))
        if found is None:
            return None
        return (found if found.tzinfo else found.replace(tzinfo=self.zone)).astimezone(UTC)

    def _day(self, column: int, cell: Cell) -> date | None:
        return day_of(cell, day_first=self._day_first(column))

    # --- a row --------------------------------------------------------------------------------------------------------

    def read(self, reader: RowReader, draft: Draft) -> None:
        """Everything of a row that is text or time."""
        for target in _TIMES:
            at = reader.attempt(draft, target, partial(self.moment, reader.cell(draft, target)[0]))
            if at is not None:
                draft.moments[target] = at
        self._details(reader, draft)
        self._description(reader, draft)
        self._comments(reader, draft)
        if reader.is_trello and self.setup.source.document is not None:
            key = line_of(reader.cell(draft, "external_key")[1])
            draft.moves = self._moves(reader, key)

    def markdown(self, text: str) -> str:
        """Text in Markdown; Jira's markup is turned where it is, or seems to be, Jira's."""
        if not text or (_PROSE.match(text) and not _BLOCK.search(text)):
            return text
        turned = markdown_of(text) if self.is_jira or _MARKUP.search(text) else text
        accounts: dict[str, str] = self.setup.learned.get("accounts", {})
        return _MENTION.sub(lambda one: f"@{accounts.get(one[1], one[1])}", turned) if accounts else turned

    def _description(self, reader: RowReader, draft: Draft) -> None:
        if not reader.carries("description") and not draft.details:
            return
        column, cell = reader.cell(draft, "description")
        raw = text_of(cell)
        text = self.markdown(raw)
        longest = STORY.fields["description"].longest
        if len(text) + len(draft.details) > longest:
            reader.refuse(draft, column, cell, say("A description may have %(longest)s characters.", longest=longest))
        if reader.carries("description"):
            reader.put(draft, "description", raw or None)
        draft.values["description"] = (text + draft.details).strip() or None
        draft.empty -= {"description"} if draft.values["description"] else set()

    def _details(self, reader: RowReader, draft: Draft) -> None:
        """What our story has no field for is told under its description, so that nothing is lost."""
        lines = []
        for target in _DAYS:
            column = reader.cell(draft, target)[0]
            day = reader.attempt(draft, target, partial(self._day, column))
            if day is not None:
                lines.append(f"- {reader.labels[column]}: {day.isoformat()}")
        for target in ("reporter", "links"):
            texts = {line_of(cell): reader.labels[column] for column, cell in reader.cells(draft, target)}
            if texts:
                lines.append(f"- {next(iter(texts.values()))}: {escaped(', '.join(texts))}")
        for column, cell in reader.cells(draft, "attachments"):
            file = attachment_of(cell)
            if file is not None:
                link = f"[{escaped(file.name)}](<{file.address}>)" if file.address else escaped(file.name)
                lines.append(f"- {reader.labels[column].partition(' (')[0]}: {link}")
        if lines:
            draft.details += "\n\n" + "\n".join(lines)
        draft.marks["details"] = draft.details.strip()

    def _comments(self, reader: RowReader, draft: Draft) -> None:
        taken: set[str] = set()
        for column, cell in reader.cells(draft, "comments"):
            found = comment_of(cell)
            text = self.markdown(found.text)[:LONGEST_COMMENT].strip() if found else ""
            if found is None or not text:
                continue
            mark = hashlib.blake2b(" ".join(found.text.split()).encode(), digest_size=10).hexdigest()
            while mark in taken:
                mark += "+"
            taken.add(mark)
            draft.comments.append(ImportedComment(text, self._when(column, found.when), found.who, mark))
        if reader.carries("comments"):
            draft.marks["comments"] = "".join(sorted(comment.mark[:6] for comment in draft.comments))

    def _when(self, column: int, text: str | None) -> datetime | None:
        try:
            return self.moment(column, text)
        except UnreadableValue:
            return None  # the comment itself is worth more than its moment

    def _moves(self, reader: RowReader, key: str) -> list[tuple[datetime, str]]:
        """The card's way over the lists, as statuses; lists whose name says no status are passed over."""
        moves: list[tuple[datetime, str]] = []
        for move in self.setup.source.document.moves(key):
            try:
                status = reader.status_words.get(move.went_to.casefold()) or status_of(move.went_to)
            except UnreadableValue:
                continue
            if status and (not moves or moves[-1][1] != status):
                moves.append((move.at.astimezone(UTC), status))
        return moves


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))
