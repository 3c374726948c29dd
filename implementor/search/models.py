"""The table that is searched, and what each person opened last."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, ForeignKey, Index, Table, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, table_args
from implementor.search.index import create_index


class SearchDocument(Model):
    """One record as it is found.

    A document is written anew (with a new id) whenever its text changes, so the order of ids is the order of news.
    `words` holds its folded words once each, with marks for its project and kind (see `tokens`): the full-text index
    of either database is made of this column alone, so both find the same.
    """

    __tablename__ = "search_document"
    __table_args__ = table_args(
        UniqueConstraint("kind", "record_id"),
        Index("ix_search_document_key", "key"),
        Index("ix_search_document_project", "project_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    record_id: Mapped[int]
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int | None]
    key: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    words: Mapped[str]
    updated_at: Mapped[datetime]


class Visit(Model):
    """Somebody opened a record, last at this moment; the palette offers the latest ones."""

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_latest", "user_id", "at"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]


def _index_too(_table: Table, connection: Connection, **_options: object) -> None:
    """Tests that create tables without migrations get the index with them."""
    create_index(connection)


event.listen(SearchDocument.__table__, "after_create", _index_too)
