"""Finds rows that repeat an earlier row of the file, and numbers stories that share a title."""

from __future__ import annotations

from collections.abc import Sequence

from implementor.exchange.kinds import Reason
from implementor.exchange.notebook import Notebook
from implementor.foundation.words import say
from implementor.waves.story_import_drafts import Draft, mark_of

FARTHEST = 200
"""Rows that a story of merged cells may go on for."""


class Repeats:
    """What was seen of a file so far. `key_label` is the name of the column of keys."""

    def __init__(self, notebook: Notebook, key_label: str) -> None:
        self.notebook, self.key_label = notebook, key_label
        self.previous: Draft | None = None

    def settle(self, drafts: Sequence[Draft]) -> None:
        """Refuse what repeats an earlier row, join what goes on with the row before, number what shares a title."""
        self._number_titles([draft for draft in drafts if not draft.has_key])
        self._refuse_repeated([draft for draft in drafts if draft.has_key])

    def _refuse_repeated(self, drafts: Sequence[Draft]) -> None:
        seen = self.notebook.seen([draft.name for draft in drafts])
        for draft in drafts:
            known = seen.get(draft.name)
            if known is not None and self._continues(draft):
                draft.continues = self.previous
            elif known is not None:
                reason = say("The key %(key)s is in row %(row)s already.", key=draft.key, row=known[0])
                draft.reasons.append(Reason(reason, self.key_label, draft.key))
            else:
                seen[draft.name] = (draft.row.number, "")
                self.previous = draft
        self.notebook.note([(draft.name, draft.row.number, "") for draft in drafts if not draft.reasons])

    def _number_titles(self, drafts: Sequence[Draft]) -> None:
        """Stories without a key go by title; of several with one title each has its number, a repeated row none."""
        marks = [f"={draft.name}{mark_of(draft.row.cells)}" for draft in drafts]
        rows = self.notebook.seen(marks)
        tally = self.notebook.tally([draft.name for draft in drafts])
        for draft, mark in zip(drafts, marks, strict=True):
            if mark in rows:
                reason = say("The row says the same as row %(row)s.", row=rows[mark][0])
                draft.reasons.append(Reason(reason, "", draft.title[:60]))
                continue
            rows[mark] = (draft.row.number, "")
            if self._continues(draft):
                draft.key, draft.continues = self.previous.key if self.previous else draft.key, self.previous
                continue
            name = draft.name
            tally[name] = tally.get(name, 0) + 1
            if tally[name] > 1:
                draft.key += f"#{tally[name]}"
            self.previous = draft
        self.notebook.note([(mark, draft.row.number, "") for draft, mark in zip(drafts, marks, strict=True)])
        self.notebook.set_tally(tally)

    def _continues(self, draft: Draft) -> bool:
        """Whether a row goes on with the story of the row before, as merged cells make it: more criteria or tasks."""
        before = self.previous
        adds = bool(draft.criteria or draft.tasks)
        own = draft.name if draft.has_key else draft.title
        other = (before.name if before.has_key else before.title) if before is not None else None
        if before is None or not adds or own != other:
            return False
        return before.values == draft.values and draft.row.record - before.row.record < FARTHEST
