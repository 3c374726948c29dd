"""Tables of comments, of the people named in them, and of attached files."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Archivable, Model, Record, table_args
from implementor.foundation.records import RecordRef


class AboutRecord:
    """Belongs to a record of any kind; without a foreign key, so it is found through that record's visibility only."""

    # projects stand above this package, so the number carries no foreign key
    project_id: Mapped[int | None]
    about_kind: Mapped[str]
    about_id: Mapped[int]

    @property
    def about(self) -> RecordRef:
        """The record this is about."""
        return RecordRef(self.about_kind, self.about_id)


class Comment(AboutRecord, Archivable, Record):
    """Somebody's words in Markdown; `author_text` names an author of another system who is no user here."""

    __tablename__ = "comment"
    __record_kind__: ClassVar[str] = "comment"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "external_source", "external_key"),
        Index("ix_comment_about", "about_kind", "about_id", "created_at", "id"),
    )

    body: Mapped[str]
    edited_at: Mapped[datetime | None]
    author_text: Mapped[str | None]
    external_source: Mapped[str | None]
    external_key: Mapped[str | None]


class Mention(Model):
    """A person was named in a comment."""

    __tablename__ = "mention"
    __table_args__ = table_args(UniqueConstraint("comment_id", "user_id"), Index(None, "user_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class Attachment(AboutRecord, Archivable, Record):
    """A file beside a record: its name for people, and where its bytes are kept. `size` is in bytes."""

    __tablename__ = "attachment"
    __record_kind__: ClassVar[str] = "attachment"
    __table_args__ = table_args(
        UniqueConstraint("storage_key"),
        CheckConstraint("size >= 0", name="size_not_negative"),
        Index("ix_attachment_about", "about_kind", "about_id", "id"),
        Index("ix_attachment_project", "project_id", "size"),
    )

    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    storage_key: Mapped[str]
