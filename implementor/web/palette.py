"""Actions of the command palette: things to do that are no place of the side bar, put up by packages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from implementor.foundation.permissions import SIGNED_IN, Permission
from implementor.foundation.words import Phrase


@dataclass(frozen=True)
class PaletteAction:
    """Something to do, as a link to the page where it is done; `in_project` ones take the project's key."""

    label: Phrase
    endpoint: str
    permission: Permission = SIGNED_IN
    in_project: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)


def palette_actions(app: Flask) -> list[PaletteAction]:
    """The actions of this application; packages append theirs in contributions.

    "New story" and its like need no entry: every sheet that can create records is offered by itself.
    """
    found: list[PaletteAction] = app.extensions.setdefault("implementor_palette", [])
    return found
