"""What the shared pages add to others: drawing for templates, and saved views that can be taken back."""

from __future__ import annotations

from flask import Flask

from implementor.foundation.mentions import mentions_of
from implementor.history.restoring import Restorer, undoable
from implementor.lists.drawing import draw_cell, draw_field
from implementor.lists.mentions import views_naming
from implementor.lists.models import SavedView
from implementor.lists.origins import origin_link
from implementor.lists.rows import draw_rows


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    app.jinja_env.globals.update(
        draw_cell=draw_cell, draw_field=draw_field, draw_rows=draw_rows, origin_link=origin_link
    )
    mentions_of("lists", views_naming)
    undoable["saved_view"] = Restorer(SavedView)
