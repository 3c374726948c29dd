"""Pages of retrospectives and lessons: the table, what comes of it, the lessons of a project and of all."""

from implementor.retrospectives.views import actions, export, lessons, library, notes, offers, retrospectives, table
from implementor.retrospectives.views.routing import blueprint

blueprints = (blueprint, library.blueprint)

__all__ = [
    "actions", "blueprint", "blueprints", "export", "lessons", "library", "notes", "offers", "retrospectives", "table",
]  # fmt: skip
