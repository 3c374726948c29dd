"""Tables of the scorecard as it was given to areas: the frozen figures, to whom, and who took note of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, table_args


class ScorecardEdition(Model):
    """The metrics of a project as they stood on a day; never changed but for the moment of the reminder.

    `figures` holds one object for each metric (see `scorecard.frozen`), the goals of every CRM first.
    """

    __tablename__ = "scorecard_edition"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("project_id", "number"),
        CheckConstraint("number > 0", name="numbered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int] = mapped_column(Integer)
    on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    figures: Mapped[list[Any]]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reminded_at: Mapped[datetime | None]


class ScorecardArea(Model):
    """An area that an edition was given to."""

    __tablename__ = "scorecard_area"
    __table_args__ = (
        ForeignKeyConstraint(["project_id", "edition_id"], ["scorecard_edition.project_id", "scorecard_edition.id"]),
    )

    edition_id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    project_id: Mapped[int]


class ScorecardAcknowledgement(Model):
    """Somebody of an area took note of an edition."""

    __tablename__ = "scorecard_acknowledgement"
    __table_args__ = table_args(
        UniqueConstraint("edition_id", "area_id", "user_id"),
        ForeignKeyConstraint(["project_id", "edition_id"], ["scorecard_edition.project_id", "scorecard_edition.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    edition_id: Mapped[int]
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]
