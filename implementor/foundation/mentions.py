"""Who refers to a setting: fields, words and stages that views, rules, imports and metrics name, found before they go.

Each package that keeps such references says how they are found; a release asks all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.words import Phrase


@dataclass(frozen=True)
class Subject:
    """What goes: a field of a kind of record, or one `word` of it (as filters and conditions write it).

    Without a field it is the kind as a whole.
    """

    kind: str
    field: str = ""
    word: str | None = None

    def meets(self, kind: str, name: str, words: Iterable[str] = ()) -> bool:
        """Whether somebody who names a field of a kind with these words refers to it."""
        if kind != self.kind:
            return False
        return not self.field or (name == self.field and (self.word is None or self.word in words))


@dataclass(frozen=True)
class Mention:
    """Something that refers to a setting: what it is and which; `endpoint` with `values`, or `url`, is its page.

    One that `blocks` would do its work wrongly without the setting; others lose a part of what they show. Whoever may
    not see the project of one, or the person's own list, does not read its name.
    """

    what: Phrase
    name: Phrase | str
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    blocks: bool = False
    project_id: int | None = None
    is_private: bool = False
    url: str | None = None


Reader = Callable[[Session, Sequence[Subject]], Iterable[Mention]]
readers: dict[str, Reader] = {}


def mentions_of(name: str, reader: Reader) -> None:
    """Let a package say how its references are found; called from its contributions."""
    readers[name] = reader


def mentioned(session: Session, subjects: Sequence[Subject]) -> list[Mention]:
    """Everything that refers to one of these, by who keeps it."""
    if not subjects:
        return []
    return [one for name in sorted(readers) for one in readers[name](session, subjects)]


def is_met(subjects: Iterable[Subject], kind: str, named: Iterable[tuple[str, Iterable[str]]]) -> bool:
    """Whether pairs (field, words that are asked of it) of one kind refer to any of these; a whole kind needs none."""
    subjects = tuple(subjects)
    if any(one.kind == kind and not one.field for one in subjects):
        return True
    pairs = [(name, tuple(words)) for name, words in named]
    return any(one.meets(kind, name, words) for one in subjects for name, words in pairs)
