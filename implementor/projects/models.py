"""Tables of programmes and projects, of the areas in scope and of who has which role."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import Area, Named, User
from implementor.foundation.model import Archivable, Record, table_args
from implementor.foundation.permissions import PROJECT_ROLES

DEPLOYMENTS = ("own_servers", "hosted")
STATUSES = ("active", "paused", "closed", "handed_on")
ENDED = ("closed", "handed_on")
"""Nobody works on these; what was handed on is kept by its committee."""
WATCHED = ("active", "handed_on")
"""Risks, obstacles and action items of these go on, with their clocks."""
KEY_SHAPE = "[A-Z][A-Z0-9]{1,9}"
"""What a project's key looks like, as a regular expression over the whole key."""

_OPEN = text("removed_at IS NULL")
_IN_USE = text("archived_at IS NULL")


def _one_of(column: str, keys: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(str(key)) for key in keys)})"


class Programme(Named, Archivable, Record):
    """Several projects with one sponsor, one currency and one calendar."""

    __tablename__ = "programme"
    __record_kind__: ClassVar[str] = "programme"
    __table_args__ = table_args(
        Index("uq_programme_name", "name_key", unique=True, sqlite_where=_IN_USE, postgresql_where=_IN_USE),
        CheckConstraint("length(currency) = 3", name="currency"),
        CheckConstraint("length(country) = 2", name="country"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )

    purpose: Mapped[str] = mapped_column(default="")
    sponsor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    currency: Mapped[str]
    country: Mapped[str]
    region: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    sponsor: Mapped[User | None] = relationship(foreign_keys=sponsor_id, lazy="raise_on_sql")


class Project(Archivable, Record):
    """One rollout: what it is for, when, in which areas, by which method; everything of a rollout belongs to one."""

    __tablename__ = "project"
    __record_kind__: ClassVar[str] = "project"
    __table_args__ = table_args(
        UniqueConstraint("key"),
        CheckConstraint("length(key) BETWEEN 2 AND 10", name="key"),
        CheckConstraint(_one_of("deployment", DEPLOYMENTS), name="deployment"),
        CheckConstraint(_one_of("status", STATUSES), name="status"),
        CheckConstraint("length(country) = 2", name="country"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )

    key: Mapped[str]
    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    deployment: Mapped[str] = mapped_column(default="hosted")
    method_key: Mapped[str] = mapped_column(default="agile")
    method_version: Mapped[int] = mapped_column(Integer, default=1)
    country: Mapped[str]
    region: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(default="active")
    # counters are taken in one UPDATE (services.take_numbers) and are no news of the project
    next_story_number: Mapped[int] = mapped_column(Integer, default=1, info={"history": False})
    next_wave_number: Mapped[int] = mapped_column(Integer, default=1, info={"history": False})
    next_obstacle_number: Mapped[int] = mapped_column(Integer, default=1, info={"history": False})
    next_risk_number: Mapped[int] = mapped_column(Integer, default=1, info={"history": False})
    next_decision_number: Mapped[int] = mapped_column(Integer, default=1, info={"history": False})
    next_action_number: Mapped[int] = mapped_column(Integer, default=1, info={"history": False})
    next_change_number: Mapped[int] = mapped_column(Integer, default=1, info={"history": False})

    programme: Mapped[Programme] = relationship(lazy="raise_on_sql")

    @property
    def history_project_id(self) -> int:
        """A project's own changes belong to its history."""
        return self.id


class ProjectDependency(Archivable, Record):
    """What one project of a programme waits for from another, by when it is needed and for when it is promised."""

    __tablename__ = "project_dependency"
    __record_kind__: ClassVar[str] = "project_dependency"
    __table_args__ = table_args(
        CheckConstraint("supplier_id <> receiver_id", name="not_itself"),
        CheckConstraint("what <> ''", name="said"),
        Index("ix_project_dependency_needed", "needed_on", "id"),
    )

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    supplier_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    receiver_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    what: Mapped[str]
    needed_on: Mapped[date]
    promised_on: Mapped[date | None]
    delivered_on: Mapped[date | None]

    supplier: Mapped[Project] = relationship(foreign_keys=supplier_id, lazy="raise_on_sql")
    receiver: Mapped[Project] = relationship(foreign_keys=receiver_id, lazy="raise_on_sql")

    def is_late(self, today: date) -> bool:
        """Whether it is not there and was promised for later than it is needed, or the day it is needed is over."""
        if self.delivered_on is not None:
            return False
        return self.needed_on < today or (self.promised_on is not None and self.promised_on > self.needed_on)


class ProjectArea(Record):
    """An area of the company that the project is for."""

    __tablename__ = "project_area"
    __record_kind__: ClassVar[str] = "project_area"
    __table_args__ = table_args(UniqueConstraint("project_id", "area_id"), UniqueConstraint("project_id", "id"))

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)

    area: Mapped[Area] = relationship(lazy="raise_on_sql")


class Membership(Record):
    """A person in a role of a project; who was removed stays here with the moment, as history.

    `created_at` and `created_by_id` say when and by whom the person was added. A person may hold several roles,
    each open at most once.
    """

    __tablename__ = "membership"
    __record_kind__: ClassVar[str] = "membership"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        CheckConstraint(_one_of("role", PROJECT_ROLES), name="role"),
        Index(
            "uq_membership_open",
            "project_id",
            "user_id",
            "role",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_membership_user_id", "user_id", "project_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    role: Mapped[str]
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    project: Mapped[Project] = relationship(lazy="raise_on_sql")
    user: Mapped[User] = relationship(foreign_keys=user_id, lazy="raise_on_sql")

    @property
    def is_open(self) -> bool:
        """Whether the person holds the role now."""
        return self.removed_at is None
