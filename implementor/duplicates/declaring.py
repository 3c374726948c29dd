"""Putting a kind in its place: its sameness, and the panel of possible duplicates on its pages."""

from __future__ import annotations

from implementor.duplicates.panel import candidates_beside
from implementor.duplicates.sameness import Sameness, sameness
from implementor.foundation.panels import panel


def recognise(declared: Sameness) -> Sameness:
    """Let records of a kind be compared, found on entry and merged; called from a package's contributions."""
    panel(f"crm.{declared.kind}.side", 20, "duplicates/_candidates.html", candidates_beside(declared))
    return sameness(declared)
