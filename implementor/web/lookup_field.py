"""A form's input for one record among very many: its title as text, resolved when it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session
from wtforms import StringField

from implementor.foundation.lookup import MARK, MOST_FOUND, Lookup, lookups, mark_of, marked
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean_line, folded, whole_number
from implementor.foundation.words import say

LONGEST_TEXT = 200


class LookupField(StringField):
    """`data` is the key of the record as text; `text` what the input shows; `candidates` are (mark, title, hint).

    With scripts the input offers what is found while typing and notes what was chosen; without, the text must be the
    title of one record, or the form comes back with the records that were meant perhaps.
    """

    def __init__(self, *args: Any, target: str, actor: Actor, session: Session, **more: Any) -> None:
        super().__init__(*args, **more)
        self.target = target
        self.text = ""
        self.candidates: list[tuple[str, str, str | None]] = []
        self._actor = actor
        self._session = session
        self._present = ("", "")
        self._mark = ""

    @property
    def mark(self) -> str:
        """What goes along with the text, so that a changed text is noticed."""
        return mark_of(self.data, self.text) if self.data else ""

    def process(self, formdata: Any, *args: Any, **more: Any) -> None:
        """Take what was sent beside the text along."""
        marks = formdata.getlist(self.name + MARK) if formdata is not None else []
        self._mark = next((mark for mark in reversed(marks) if mark), "")
        super().process(formdata, *args, **more)

    def process_data(self, value: Any) -> None:
        """The record that is held now; its title is asked for once."""
        number = whole_number(str(value)) if value else None
        self.data = "" if number is None else str(number)
        if number is not None:
            self.text = self._title(number) or str(say("something you cannot see"))
        self._present = (self.data, self.text)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Find the record that was meant. Raises ValueError with a sentence and leaves candidates to choose from."""
        if not valuelist:
            return
        self.text, self.data = clean_line(valuelist[0])[:LONGEST_TEXT], ""
        if not self.text:
            return
        key = marked(self.text, self._mark)
        if key is not None and (key, self.text) == self._present:
            self.data = key  # what stands there may stay, even out of the sight of who edits the rest
            return
        number = whole_number(key)
        if number is None:
            self._find()
            return
        title = self._title(number)
        if title is None:
            raise ValueError(say("Choose %(field)s from the list.", field=self.label.text))
        self.data, self.text = str(number), title

    def _find(self) -> None:
        rows = self._session.execute(self._lookup.search(self.text, self._actor).limit(MOST_FOUND)).all()
        same = [row for row in rows if folded(clean_line(str(row[1]))) == folded(self.text)]
        if len(same) == 1:
            self.data, self.text = str(same[0][0]), str(same[0][1])
            return
        self.candidates = [(mark_of(row[0], self.text), str(row[1]), row[2]) for row in same or rows]
        if same:
            raise ValueError(say("Several are called “%(text)s”. Choose one of them.", text=self.text))
        if rows:
            raise ValueError(say("Nothing is called “%(text)s”. Choose one of these, or type more.", text=self.text))
        raise ValueError(say("Nothing is called “%(text)s”.", text=self.text))

    def _title(self, number: int) -> str | None:
        row = self._session.execute(self._lookup.titles([number], self._actor)).first()
        return None if row is None else clean_line(str(row[1]))

    @property
    def _lookup(self) -> Lookup:
        return lookups[self.target]
