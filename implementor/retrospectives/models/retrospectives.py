"""The table of retrospectives: what a team looks back on, how, and how far it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import User
from implementor.foundation.model import Archivable, Record, table_args

COLLECT, REVEAL, GROUP, VOTE, ACT, CLOSED = "collect", "reveal", "group", "vote", "act", "closed"


class Retrospective(Archivable, Record):
    """A team looks back on a wave, or on the project where `wave_id` is None.

    `own_columns` are the columns of the format own, one a line. `votes_each` is how many votes one person has.
    What is said in it is in other tables that history does not record (see decision 0028).
    """

    __tablename__ = "retrospective"
    __record_kind__: ClassVar[str] = "retrospective"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        CheckConstraint("format IN ('start_stop', 'four_ls', 'sailboat', 'own')", name="format"),
        CheckConstraint("phase IN ('collect', 'reveal', 'group', 'vote', 'act', 'closed')", name="phase"),
        CheckConstraint("names IN ('named', 'anonymous')", name="names"),
        CheckConstraint("votes_each BETWEEN 0 AND 20", name="votes_each"),
        CheckConstraint("(closed_at IS NULL) = (phase <> 'closed')", name="closed_with_a_moment"),
        Index("ix_retrospective_list", "project_id", "held_on", "id"),
        Index("ix_retrospective_wave", "wave_id"),
        Index("ix_retrospective_facilitator", "facilitator_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str]
    wave_id: Mapped[int | None]
    format: Mapped[str] = mapped_column(default="start_stop")
    own_columns: Mapped[str] = mapped_column(default="")
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    held_on: Mapped[date | None]
    phase: Mapped[str] = mapped_column(default=COLLECT)
    names: Mapped[str] = mapped_column(default="named")
    votes_each: Mapped[int] = mapped_column(Integer, default=3)
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    facilitator: Mapped[User | None] = relationship(foreign_keys=facilitator_id, lazy="raise_on_sql")

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody is to know who wrote what."""
        return self.names == "anonymous"

    @property
    def is_closed(self) -> bool:
        """Whether it is over."""
        return self.phase == CLOSED

    @property
    def is_revealed(self) -> bool:
        """Whether everybody of the project reads the notes; before that each reads only their own."""
        return self.phase != COLLECT
