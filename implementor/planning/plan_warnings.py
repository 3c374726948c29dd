"""The registry of what else speaks against the plan of a wave, filled in by packages above."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from implementor.foundation.words import Phrase
from implementor.waves.models import Wave

PlanWarning = Callable[[Session, Wave], Sequence[Phrase]]

plan_warnings: dict[str, PlanWarning] = {}
"""Sentences by the name of who knows of them; packages add theirs in contributions."""


def plan_warning(name: str, told: PlanWarning) -> None:
    """Let the page of a plan say this too; called from a package's contributions."""
    plan_warnings[name] = told


def told_of(session: Session, wave: Wave) -> list[Phrase]:
    """Every warning of a wave that is not over."""
    if wave.is_closed:
        return []
    return [sentence for told in plan_warnings.values() for sentence in told(session, wave)]
