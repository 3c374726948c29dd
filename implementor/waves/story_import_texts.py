"""The longer texts of an imported story: its description in Markdown, its comments, its dates and what else is told."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from implementor.exchange.dates import Dates
from implementor.exchange.kinds import Setup
from implementor.exchange.markup import markdown_of
from implementor.exchange.values import UnreadableValue, attachment_of, comment_of, line_of, text_of
from implementor.exchange.vocabulary import status_of
from implementor.foundation.words import say
from implementor.stories.catalogue import STORY
from implementor.waves.story_import_drafts import Draft, ImportedComment

if TYPE_CHECKING:
    from implementor.waves.story_import_rows import RowReader

LONGEST_COMMENT = 200_000
_TIMES = ("created_at", "updated_at", "resolved_at")
_DAYS = ("start_on", "due_on")
_MARKUP = re.compile(
    r"\{(?:code|noformat|quote|panel|color)[:}]|^h[1-6]\. |\[[^\]|\n]{1,200}\|https?:|\{\{", re.MULTILINE
)
_PROSE = re.compile(r"[^\W_](?:[^\W_]|[ .,;:()'\"/%?¿¡])*(?:\n[^\W_](?:[^\W_]|[ .,;:()'\"/%?¿¡])*)*\Z")
"""Lines of words and no sign that any markup uses; most texts are that, and need no turning."""
_BLOCK = re.compile(r"^[ \t]*(?:h\d|bq)\.", re.MULTILINE)
_MENTION = re.compile(r"@(\d{1,8}:[0-9a-f-]{36}|[0-9a-f]{24,32})\b")


class Texts(Dates):
    """Reads the texts and moments of rows; knows how each column of dates is written."""

    def __init__(self, setup: Setup) -> None:
        names = (*_TIMES, *_DAYS, "comments")
        super().__init__(setup, [column for name in names for column in setup.columns_of(name)])
        self.is_jira = setup.detected.kind == "jira"
        self.longest = STORY.fields["description"].longest

    # --- a row --------------------------------------------------------------------------------------------------------

    def read(self, reader: RowReader, draft: Draft) -> None:
        """Everything of a row that is text or time."""
        for target in _TIMES:
            column, cell = reader.cell(draft, target)
            at = None if cell is None else reader.attempt(draft, target, partial(self.moment, column))
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
        longest = self.longest
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
            column, cell = reader.cell(draft, target)
            day = None if cell is None else reader.attempt(draft, target, partial(self.day, column))
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


@lru_cache(maxsize=2_000)
def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))
