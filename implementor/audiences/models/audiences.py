"""Tables of audiences, the groups of people whom a rollout affects alike, and of who is in them."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import Area, Named, Team
from implementor.foundation.model import Archivable, Record, table_args

KINDS = ("area", "team", "role", "group")
PEOPLE_PER_CHAMPION = 15
"""Prosci and ServiceNow advise one champion for 10 to 15 people; the audience may state another figure."""
_IN_USE = text("archived_at IS NULL")


class Audience(Named, Archivable, Record):
    """People whom the rollout changes alike: an area, a team, a role of the company or a group of its own.

    `stated_size` counts people where nobody has listed them; once some are listed, they are counted instead unless
    it is larger. `people_per_champion` is the most people that one champion stands by.
    """

    __tablename__ = "audience"
    __record_kind__: ClassVar[str] = "audience"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        CheckConstraint("kind IN ('area', 'team', 'role', 'group')", name="kind"),
        CheckConstraint("stated_size BETWEEN 0 AND 1000000", name="stated_size"),
        CheckConstraint("people_per_champion BETWEEN 1 AND 1000", name="people_per_champion"),
        Index(
            "uq_audience_name",
            "project_id",
            "name_key",
            unique=True,
            sqlite_where=_IN_USE,
            postgresql_where=_IN_USE,
        ),
        Index("ix_audience_list", "project_id", "name_key", "id"),
        Index("ix_audience_area_id", "area_id"),
        Index("ix_audience_team_id", "team_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    kind: Mapped[str] = mapped_column(default="group")
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    job_role: Mapped[str | None]
    stated_size: Mapped[int | None] = mapped_column(Integer)
    people_per_champion: Mapped[int] = mapped_column(Integer, default=PEOPLE_PER_CHAMPION)
    notes: Mapped[str] = mapped_column(default="")

    area: Mapped[Area | None] = relationship(lazy="raise_on_sql")
    team: Mapped[Team | None] = relationship(lazy="raise_on_sql")


class AudienceMember(Record):
    """The fact that somebody is listed in an audience; a person may be in several and counts once in every total."""

    __tablename__ = "audience_member"
    __record_kind__: ClassVar[str] = "audience_member"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("audience_id", "person_id"),
        ForeignKeyConstraint(["project_id", "audience_id"], ["audience.project_id", "audience.id"]),
        ForeignKeyConstraint(["project_id", "person_id"], ["affected_person.project_id", "affected_person.id"]),
        Index("ix_audience_member_person", "project_id", "person_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    audience_id: Mapped[int]
    person_id: Mapped[int]
