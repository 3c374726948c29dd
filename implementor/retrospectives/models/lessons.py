"""Tables of lessons, of what projects say to lessons they are offered, and of who signed those of a project."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Archivable, Record, table_args


class Lesson(Archivable, Record):
    """What a project learned; a draft until it is kept, of its project alone until it is shared with everybody.

    `source_kind` and `source_id` point at the record it came from.
    """

    __tablename__ = "lesson"
    __record_kind__: ClassVar[str] = "lesson"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        CheckConstraint("(source_kind IS NULL) = (source_id IS NULL)", name="source"),
        CheckConstraint("shared_at IS NULL OR kept_at IS NOT NULL", name="shared_when_kept"),
        Index("ix_lesson_list", "project_id", "title", "id"),
        Index("ix_lesson_kept", "project_id", "kept_at", "id"),
        Index("ix_lesson_shared", "shared_at", "id"),
        Index("ix_lesson_source", "source_kind", "source_id"),
        Index("ix_lesson_wave", "wave_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str]
    context: Mapped[str] = mapped_column(default="")
    what_happened: Mapped[str] = mapped_column(default="")
    recommendation: Mapped[str] = mapped_column(default="")
    tags: Mapped[list[Any]] = mapped_column(default=list)
    wave_id: Mapped[int | None]
    source_kind: Mapped[str | None]
    source_id: Mapped[int | None]
    kept_at: Mapped[datetime | None]
    kept_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    shared_at: Mapped[datetime | None]
    shared_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class LessonOffer(Record):
    """What a project said to a lesson of another one: it is of use here, or it is not."""

    __tablename__ = "lesson_offer"
    __record_kind__: ClassVar[str] = "lesson_offer"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "lesson_id"),
        CheckConstraint("answer IN ('kept', 'dismissed')", name="answer"),
        Index("ix_lesson_offer_lesson", "lesson_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    lesson_id: Mapped[int] = mapped_column(ForeignKey("lesson.id"))
    answer: Mapped[str]


class LessonSignature(Record):
    """Somebody signed, in a role, that the lessons of the project are complete; `lessons` is how many there were."""

    __tablename__ = "lesson_signature"
    __record_kind__: ClassVar[str] = "lesson_signature"
    __table_args__ = table_args(UniqueConstraint("project_id", "id"), UniqueConstraint("project_id", "role"))

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    role: Mapped[str]
    signed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    signed_at: Mapped[datetime]
    lessons: Mapped[int] = mapped_column(Integer)
