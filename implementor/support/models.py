"""Tables of requests, with who takes each up and what became of it, of the roster, and of passing requests on."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import Named, User
from implementor.foundation.model import Archivable, Record, table_args

KINDS = ("how_to", "fault", "wish")
NATURES = ("corrective", "evolutive")
PRIORITIES = ("low", "normal", "high", "urgent")
OPEN, ANSWERED, KNOWN, PLANNED, DONE = "open", "answered", "known", "planned", "done"
STATES = (OPEN, ANSWERED, KNOWN, PLANNED, DONE)


def _among(column: str, values: tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(one) for one in values)})", name=column)


class SupportRequest(Named, Archivable, Record):
    """A request of its author. `name` is its first line, `page` the path on which it was written.

    `about_kind` and `about_id` name the record that the page showed; `known_id` an earlier request that says the same,
    `story_id` the story that it became. `answer` is what its author is told. `area_id` is the area of the author when
    it was sent; `is_late` says that a promise of a service level was not kept.
    """

    __tablename__ = "support_request"
    __record_kind__: ClassVar[str] = "support_request"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "known_id"], ["support_request.project_id", "support_request.id"]),
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        _among("kind", KINDS),
        _among("nature", NATURES),
        _among("priority", PRIORITIES),
        _among("state", STATES),
        CheckConstraint("(about_kind IS NULL) = (about_id IS NULL)", name="about"),
        CheckConstraint("known_id <> id", name="known"),
        Index("ix_support_request_list", "project_id", "created_at", "id"),
        Index("ix_support_request_state", "project_id", "state", "id"),
        Index("ix_support_request_owner", "project_id", "owner_id", "id"),
        Index("ix_support_request_area", "project_id", "area_id", "id"),
        Index("ix_support_request_late", "project_id", "is_late", "id"),
        Index("ix_support_request_known", "project_id", "known_id"),
        Index("ix_support_request_story", "project_id", "story_id"),
        Index("ix_support_request_sender", "created_by_id", "id"),
        Index("ix_support_request_about", "about_kind", "about_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    kind: Mapped[str] = mapped_column(default="how_to")
    nature: Mapped[str | None]
    priority: Mapped[str] = mapped_column(default="normal")
    state: Mapped[str] = mapped_column(default=OPEN)
    body: Mapped[str] = mapped_column(default="")
    page: Mapped[str | None]
    about_kind: Mapped[str | None]
    about_id: Mapped[int | None]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    is_late: Mapped[bool] = mapped_column(Boolean, default=False)
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    known_id: Mapped[int | None]
    story_id: Mapped[int | None]

    owner: Mapped[User | None] = relationship(foreign_keys=owner_id, lazy="raise_on_sql")


class SupportShift(Named, Archivable, Record):
    """Hours in which somebody is reachable for people of the CRM. `name` is who it is, with an account or without.

    `channel` says how; `audience_id` for whom alone, if not for everybody.
    """

    __tablename__ = "support_shift"
    __record_kind__: ClassVar[str] = "support_shift"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "audience_id"], ["audience.project_id", "audience.id"]),
        CheckConstraint("starts_at < ends_at", name="hours"),
        Index("ix_support_shift_list", "project_id", "starts_at", "id"),
        Index("ix_support_shift_audience", "project_id", "audience_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    channel: Mapped[str]
    audience_id: Mapped[int | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class SupportHandover(Archivable, Record):
    """Requests of the weeks after a wave went live, passed on to whoever takes them up from `handed_on` on.

    `requests` is how many were open at that moment.
    """

    __tablename__ = "support_handover"
    __record_kind__: ClassVar[str] = "support_handover"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        CheckConstraint("requests >= 0", name="requests"),
        Index("ix_support_handover_wave", "project_id", "wave_id", "id"),
        Index("ix_support_handover_owner", "owner_id", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    wave_id: Mapped[int]
    owner_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    handed_on: Mapped[date]
    requests: Mapped[int] = mapped_column(Integer, default=0)
    note: Mapped[str] = mapped_column(default="")
