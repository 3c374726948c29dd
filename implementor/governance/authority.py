"""How far somebody decides alone: asked of whoever knows limits of authority, which stands above governance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.permissions import Actor

Refuses = Callable[[Session, int, int | None, str | None, int | None, Actor], None]
"""Takes project, minor units, currency, days of delay and person; raises a Refusal for what goes beyond their roles."""


def _everything(*_asked: Any) -> None:
    """Without limits anybody entitled decides."""


@dataclass
class Authority:
    """The rule in force; the package that knows committees sets it."""

    refuse_beyond: Refuses = _everything


authority = Authority()
