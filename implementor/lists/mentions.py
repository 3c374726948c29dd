"""The kept views that name a field or a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl

from flask import has_request_context
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.foundation.mentions import Mention, Subject, is_met
from implementor.foundation.words import say
from implementor.lists.models import SavedView
from implementor.lists.sheets import sheets

NAMING = ("columns", "sort", "group")
"""Parameters whose values are names of fields."""


def views_naming(session: Session, subjects: Sequence[Subject]) -> Iterator[Mention]:
    """Views in use that filter by it, show it or are ordered by it; they go on without."""
    found = select(SavedView).where(
        SavedView.entity_kind.in_({one.kind for one in subjects}), SavedView.archived_at.is_(None)
    )
    for view in session.scalars(found.order_by(SavedView.id)):
        if is_met(subjects, view.entity_kind, named_in(view.address)):
            yield Mention(
                say("Kept view"), view.name, project_id=view.project_id, is_private=not view.is_shared,
                url=_url(view),
            )  # fmt: skip


def named_in(address: str) -> Iterator[tuple[str, Sequence[str]]]:
    """(field, what is asked of it) of the address of a list."""
    for name, text in parse_qsl(address):
        parts = [part.strip() for part in text.replace(";", ",").split(",")]
        if name in NAMING:
            yield from ((part.removeprefix("-"), ()) for part in parts)
        else:
            yield name, parts


def _url(view: SavedView) -> str | None:
    """Where the view is, while there is a page from which to lead there."""
    sheet = sheets.get(view.entity_kind)
    if sheet is None or view.project_id is not None or not has_request_context():
        return None
    return f"{sheet.index_url()}?{view.address}"
