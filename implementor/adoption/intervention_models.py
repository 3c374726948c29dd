"""The table of interventions: help that somebody gets, why, and whether it worked."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from implementor.auth.models import User
from implementor.foundation.model import Archivable, Record, table_args

DERIVED = {"history": False}
"""For columns that are measured, which nobody edits."""
SHORTEST, LONGEST = 5, 480
"""Minutes of an appointment."""


class Intervention(Archivable, Record):
    """Help for one person, meant to change one figure; measured afterwards against others who had none.

    `value_then` is the figure on the last day known when it was written down, in ten-thousandths, as are the effects.
    `meets_at` is when whoever writes it meets the person, kept in UTC; `meets_zone` is that of whom they meet, in which
    the hour is read, and `meets_number` counts the appointments that were made, so that calendars tell them apart.
    """

    __tablename__ = "intervention"
    __record_kind__: ClassVar[str] = "intervention"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        CheckConstraint(
            "figure IN ('writing', 'prompt', 'complete', 'valid', 'healthy', 'score')", name="figure_known"
        ),
        CheckConstraint("(done_at IS NULL) = (result IS NULL)", name="done_with_a_result"),
        CheckConstraint("(day_then IS NULL) = (value_then IS NULL)", name="value_of_a_day"),
        CheckConstraint("(meets_at IS NULL) = (meets_minutes IS NULL)", name="meeting_of_a_length"),
        CheckConstraint("(meets_at IS NULL) = (meets_zone IS NULL)", name="meeting_in_a_zone"),
        CheckConstraint("(meets_at IS NULL) = (meets_with_id IS NULL)", name="meeting_with_somebody"),
        CheckConstraint(f"meets_minutes BETWEEN {SHORTEST} AND {LONGEST}", name="meeting_minutes"),
        Index("ix_intervention_meets_with_id", "meets_with_id", "meets_at"),
        Index("ix_intervention_list", "project_id", "done_at", "id"),
        Index("ix_intervention_due", "project_id", "due_on", "id"),
        Index("ix_intervention_person_id", "person_id", "done_at"),
        Index("ix_intervention_owner_id", "owner_id", "done_at"),
        Index("ix_intervention_figure", "project_id", "figure", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    figure: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    action: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    due_on: Mapped[date | None]
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    day_then: Mapped[date | None]
    value_then: Mapped[int | None] = mapped_column(Integer)
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    result: Mapped[str | None]
    meets_at: Mapped[datetime | None]
    meets_minutes: Mapped[int | None] = mapped_column(Integer)
    meets_zone: Mapped[str | None]
    meets_place: Mapped[str | None]
    meets_link: Mapped[str | None]
    meets_with_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    meets_number: Mapped[int] = mapped_column(Integer, default=0)
    effect_on: Mapped[date | None] = mapped_column(info=DERIVED)
    effect_own: Mapped[int | None] = mapped_column(Integer, info=DERIVED)
    effect_others: Mapped[int | None] = mapped_column(Integer, info=DERIVED)
    effect_n: Mapped[int | None] = mapped_column(Integer, info=DERIVED)

    person: Mapped[User] = relationship(foreign_keys=person_id, lazy="raise_on_sql")
    owner: Mapped[User | None] = relationship(foreign_keys=owner_id, lazy="raise_on_sql")
    meets_with: Mapped[User | None] = relationship(foreign_keys=meets_with_id, lazy="raise_on_sql")
    done_by: Mapped[User | None] = relationship(foreign_keys=done_by_id, lazy="raise_on_sql")

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None
