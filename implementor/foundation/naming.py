"""What a kind of record is called: the words of the program, or the company's own where somebody gave it others."""

from __future__ import annotations

from typing import Any

from implementor.foundation import live
from implementor.foundation.words import Phrase


class KindName(Phrase):
    """The name of one record of a kind or of several, as it is when it is read: menus are put up once, and renamed."""

    __slots__ = ("declared", "is_plural", "kind")

    def __init__(self, kind: str, declared: Phrase, *, is_plural: bool) -> None:
        super().__init__(declared.message, declared.plural, declared.count, declared.values)
        self.kind, self.declared, self.is_plural = kind, declared, is_plural

    @property
    def present(self) -> Phrase:
        """The name that is live."""
        called = live.present().shape(self.kind).called
        return self.declared if called is None else called[self.is_plural]

    def __str__(self) -> str:
        return str(self.present)

    def as_json(self) -> dict[str, Any]:
        """The name of now: what was noted once says what it was called then."""
        return self.present.as_json()


def named(kind: str, declared: Phrase, *, is_plural: bool = False) -> Phrase:
    """The live name of a kind, of a declared one; a live one stays."""
    return declared if isinstance(declared, KindName) else KindName(kind, declared, is_plural=is_plural)
