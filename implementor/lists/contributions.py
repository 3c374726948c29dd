"""What the shared pages add to others: saved views can be taken back like any other record."""

from __future__ import annotations

from flask import Flask

from implementor.history.restoring import Restorer, undoable
from implementor.lists.models import SavedView


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    undoable["saved_view"] = Restorer(SavedView)
