"""The place of CRM records in the frame, and the names of records elsewhere on their pages."""

from __future__ import annotations

from flask import Flask

from implementor.exchange.models import ExternalId
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable
from implementor.web.navigation import directory


def contribute(app: Flask) -> None:
    """Called once by the factory, before the kinds."""
    sections = directory(app).sections
    settings = {name: sections.pop(name) for name in ("settings",) if name in sections}
    sections |= {"crm": say("CRM records"), **settings}  # settings come last: people open them least
    undoable["external_id"] = Restorer(ExternalId)
