"""What the search adds below: its place in the side bar, the eye for visits, projects as documents."""

from __future__ import annotations

from flask import Flask

from implementor.duplicates.references import pointer
from implementor.foundation.permissions import SIGNED_IN
from implementor.foundation.searchable import Document, Searchable, searchable
from implementor.foundation.words import say
from implementor.projects.models import Project
from implementor.search.visits import notice_visit
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    searchable(Searchable("project", project_document, frozenset({"key", "name", "purpose", "archived_at"})))
    for table in ("search_document", "visit"):  # written anew with the records; where somebody was stays told
        pointer(table, "kind", "record_id", moves=False)
    directory(app).items.append(NavItem("start", say("Search"), "search.index", SIGNED_IN, order=30))
    app.after_request(notice_visit)


def project_document(project: Project, _project_key: str | None) -> Document:
    """A project is found by its own people, under its key."""
    return Document(title=project.name, body=project.purpose, key=project.key, project_id=project.id)
