"""What the editor of a story's settings must know of a kind of setting, beside what its release must know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.orm import Session

from implementor.foundation.fields import Field
from implementor.foundation.live import LiveConfiguration
from implementor.foundation.words import Label, Phrase
from implementor.releases.item_kinds import Image, ItemKind, Operation, Verb, item_kinds


@dataclass(frozen=True)
class Wish:
    """What somebody wants of one setting: typed values by the names of the fields that the kind asks.

    `target` is the identity of the setting, None for one that is to be added.
    """

    kind: str
    verb: Verb
    target: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


class SettingKind(ItemKind, Protocol):
    """A kind of setting that stories may carry."""

    verbs: tuple[Verb, ...]

    def targets(self, session: Session) -> Sequence[tuple[str, Phrase | str]]:
        """(identity, name) of what can be changed or retired now."""

    def places(self) -> Sequence[tuple[str, Phrase]]:
        """(kind of record, name) of which one is chosen before anything is added; none where that is asked later."""

    def fields(self, session: Session, verb: Verb, before: Image | None) -> Sequence[Field]:
        """What is asked of somebody; for what is retired, the answers by the codes of findings.

        Of something new, `before` is `{"kind": ...}` where a kind of record was chosen, else None.
        """

    def values(self, image: Image) -> dict[str, Any]:
        """An image as its fields show it."""

    def image(self, session: Session, before: Image | None, values: Mapping[str, Any]) -> Image:
        """What the setting shall be, from values of its fields. Raises InvalidInput, by field."""

    def identity(self, session: Session, image: Image) -> str:
        """The identity of a setting that is to be added."""

    def name(self, image: Image) -> Label:
        """The name of the setting in each language."""

    def shaped(self, configuration: LiveConfiguration, operation: Operation) -> LiveConfiguration:
        """The configuration as it would be with the operation; what it is already where nothing shows."""

    def previewed(self, operation: Operation) -> Sequence[str]:
        """The kinds of record whose form shows it, the best first."""

    def path(self, session: Session, operation: Operation) -> Sequence[tuple[Phrase, str, bool]]:
        """The stages that a sale goes through with it, each with its probability and whether it is this one."""


def setting_kind(key: str) -> SettingKind | None:
    """A kind that stories may carry; None for a name that nobody declared."""
    found: Any = item_kinds.get(key)
    return found if found is not None and hasattr(found, "verbs") else None
