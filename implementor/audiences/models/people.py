"""Tables of the people whom a rollout affects, with or without a login, and of who stands by an audience."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from implementor.audiences.models.audiences import Audience
from implementor.auth.models import UNRECORDED, Area, Named, Team, User
from implementor.foundation.model import Archivable, Record, table_args
from implementor.foundation.text import folded

LANGUAGES = ("en", "es")
_HAS_ADDRESS = text("email_key IS NOT NULL")
_HAS_LOGIN = text("user_id IS NOT NULL")
_OPEN = text("until_on IS NULL")


class AffectedPerson(Named, Archivable, Record):
    """Somebody whose work the rollout changes. `user_id` is the login, where there is one.

    `left_on` is the last day in the company: the row stays as history. Once `erased_at` is set, name and addresses
    are gone for good and only area, team and role remain. `manager_id` is another affected person of the project.
    """

    __tablename__ = "affected_person"
    __record_kind__: ClassVar[str] = "affected_person"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "manager_id"], ["affected_person.project_id", "affected_person.id"]),
        CheckConstraint("manager_id <> id", name="not_own_manager"),
        CheckConstraint("language IN ('en', 'es')", name="language"),
        CheckConstraint("erased_at IS NULL OR (email IS NULL AND user_id IS NULL)", name="erased"),
        Index(
            "uq_affected_person_email",
            "project_id",
            "email_key",
            unique=True,
            sqlite_where=_HAS_ADDRESS,
            postgresql_where=_HAS_ADDRESS,
        ),
        Index(
            "uq_affected_person_login",
            "project_id",
            "user_id",
            unique=True,
            sqlite_where=_HAS_LOGIN,
            postgresql_where=_HAS_LOGIN,
        ),
        Index("ix_affected_person_list", "project_id", "name_key", "id"),
        Index("ix_affected_person_area", "project_id", "area_id", "id"),
        Index("ix_affected_person_team", "project_id", "team_id", "id"),
        Index("ix_affected_person_job_role", "project_id", "job_role_key", "id"),
        Index("ix_affected_person_manager", "project_id", "manager_id", "id"),
        Index("ix_affected_person_user_id", "user_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    email: Mapped[str | None]
    email_key: Mapped[str | None] = mapped_column(info=UNRECORDED)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    job_role: Mapped[str | None]
    job_role_key: Mapped[str | None] = mapped_column(info=UNRECORDED)
    hired_on: Mapped[date | None]
    left_on: Mapped[date | None]
    manager_id: Mapped[int | None]
    language: Mapped[str | None]
    erased_at: Mapped[datetime | None]

    user: Mapped[User | None] = relationship(foreign_keys=user_id, lazy="raise_on_sql")
    area: Mapped[Area | None] = relationship(lazy="raise_on_sql")
    team: Mapped[Team | None] = relationship(lazy="raise_on_sql")

    @validates("email")
    def _follow_email(self, _attribute: str, email: str | None) -> str | None:
        self.email_key = folded(email) if email else None
        return email or None

    @validates("job_role")
    def _follow_job_role(self, _attribute: str, job_role: str | None) -> str | None:
        self.job_role_key = folded(job_role) if job_role else None
        return job_role or None

    def has_left(self, today: date) -> bool:
        """Whether the person is in the company no more."""
        return self.left_on is not None and self.left_on < today


class Champion(Record):
    """A person who stands by an audience from a day on, the last day included, or to now."""

    __tablename__ = "champion"
    __record_kind__: ClassVar[str] = "champion"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "audience_id"], ["audience.project_id", "audience.id"]),
        ForeignKeyConstraint(["project_id", "person_id"], ["affected_person.project_id", "affected_person.id"]),
        CheckConstraint("until_on >= since_on", name="dates"),
        Index(
            "uq_champion_open",
            "audience_id",
            "person_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_champion_person", "project_id", "person_id"),
        Index("ix_champion_audience", "project_id", "audience_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    audience_id: Mapped[int]
    person_id: Mapped[int]
    since_on: Mapped[date]
    until_on: Mapped[date | None]

    audience: Mapped[Audience] = relationship(
        primaryjoin="foreign(Champion.audience_id) == Audience.id", lazy="raise_on_sql"
    )
    person: Mapped[AffectedPerson] = relationship(
        primaryjoin="foreign(Champion.person_id) == AffectedPerson.id", lazy="raise_on_sql"
    )
