"""Daily facts of how the CRM is used: of people, of their work with each kind of record, of teams; and the formula.

Facts of a day are written by a job and written anew while the day lasts; they are no records that people edit.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from implementor.adoption.intervention_models import Intervention as Intervention
from implementor.foundation.model import Json, Model, Record, table_args


class AdoptionFormula(Record):
    """One version of how adoption is judged; the newest counts, facts keep the version by which they were judged."""

    __tablename__ = "adoption_formula"
    __record_kind__: ClassVar[str] = "adoption_formula"
    __table_args__ = table_args()

    terms: Mapped[dict[str, Any]] = mapped_column(Json)
    why: Mapped[str]


class Kept:
    """Sums that people and teams have alike; sums of days run over the 28 days that end with the day."""

    writes: Mapped[int] = mapped_column(Integer, default=0)
    """What was written on the day itself."""
    present: Mapped[int] = mapped_column(Integer, default=0)
    writing: Mapped[int] = mapped_column(Integer, default=0)
    entered: Mapped[int] = mapped_column(Integer, default=0)
    on_time: Mapped[int] = mapped_column(Integer, default=0)
    records: Mapped[int] = mapped_column(Integer, default=0)
    wanted: Mapped[int] = mapped_column(Integer, default=0)
    filled: Mapped[int] = mapped_column(Integer, default=0)
    checked: Mapped[int] = mapped_column(Integer, default=0)
    valid: Mapped[int] = mapped_column(Integer, default=0)
    open_sales: Mapped[int] = mapped_column(Integer, default=0)
    healthy: Mapped[int] = mapped_column(Integer, default=0)
    access: Mapped[int | None] = mapped_column(Integer)
    process: Mapped[int | None] = mapped_column(Integer)
    quality: Mapped[int | None] = mapped_column(Integer)
    outcome: Mapped[int | None] = mapped_column(Integer)
    score: Mapped[int | None] = mapped_column(Integer)
    """The adoption index in ten-thousandths, and its parts before it."""


class PersonDay(Kept, Model):
    """What is known of one person on one day. Who is new is kept, but counts in no figure of a group."""

    __tablename__ = "adoption_person_day"
    __table_args__ = table_args(
        Index("ix_adoption_person_day_day", "day", "team_id", "user_id"),
        CheckConstraint("filled <= wanted AND valid <= checked AND healthy <= open_sales", name="parts_of_wholes"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    formula_id: Mapped[int] = mapped_column(ForeignKey("adoption_formula.id"))
    is_new: Mapped[bool] = mapped_column(Boolean)
    was_there: Mapped[bool] = mapped_column(Boolean)
    """Seen signed in on the day, or writing."""
    active_7: Mapped[bool] = mapped_column(Boolean)
    """Wrote something on one of the seven days that end with the day."""
    started_on: Mapped[date | None]
    """From when on correct records count: the first day of access, or of the first wave for them if that came later."""
    correct: Mapped[int | None] = mapped_column(Integer)
    """Correct records entered by hand until the end of the day, at most ten; None before any were looked for."""
    first_on: Mapped[date | None]
    tenth_on: Mapped[date | None]


class CorrectRecord(Model):
    """One of the first ten records that somebody entered by hand and correctly, and when it was first found correct."""

    __tablename__ = "adoption_correct_record"
    __table_args__ = table_args()

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entered_on: Mapped[date]
    correct_on: Mapped[date]


class TeamDay(Kept, Model):
    """The same added up over the people of a team who count; `team_id` 0 holds those of no team."""

    __tablename__ = "adoption_team_day"
    __table_args__ = table_args()

    day: Mapped[date] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    formula_id: Mapped[int] = mapped_column(ForeignKey("adoption_formula.id"))
    people: Mapped[int] = mapped_column(Integer)
    newcomers: Mapped[int] = mapped_column(Integer)
    active_1: Mapped[int] = mapped_column(Integer)
    active_7: Mapped[int] = mapped_column(Integer)
    active_28: Mapped[int] = mapped_column(Integer)


class WorkDay(Model):
    """What one person wrote of one kind of record on one day; bulk edits count once, imports and jobs never."""

    __tablename__ = "adoption_work_day"
    __table_args__ = table_args(Index("ix_adoption_work_day_day", "day", "kind"))

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    created: Mapped[int] = mapped_column(Integer, default=0)
    changed: Mapped[int] = mapped_column(Integer, default=0)
    entered: Mapped[int] = mapped_column(Integer, default=0)
    on_time: Mapped[int] = mapped_column(Integer, default=0)


class KeptDay(Model):
    """How well one person's records of one kind were kept at the end of a day; the newest for each is what counts."""

    __tablename__ = "adoption_kept_day"
    __table_args__ = table_args(Index("ix_adoption_kept_day_day", "day", "kind"))

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    records: Mapped[int] = mapped_column(Integer, default=0)
    whole: Mapped[int] = mapped_column(Integer, default=0)
    wanted: Mapped[int] = mapped_column(Integer, default=0)
    filled: Mapped[int] = mapped_column(Integer, default=0)
    checked: Mapped[int] = mapped_column(Integer, default=0)
    valid: Mapped[int] = mapped_column(Integer, default=0)


class ReachDay(Model):
    """How far a field of one's own reached by a day: of records touched lately and of the people who keep them."""

    __tablename__ = "adoption_reach_day"
    __table_args__ = table_args(CheckConstraint("filled <= records AND users <= people", name="parts_of_wholes"))

    day: Mapped[date] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    """The key of the field, which is one over all kinds."""
    records: Mapped[int] = mapped_column(Integer)
    filled: Mapped[int] = mapped_column(Integer)
    people: Mapped[int] = mapped_column(Integer)
    users: Mapped[int] = mapped_column(Integer)


class FactDay(Model):
    """That the facts of a day were written, when, and with which change the history of the day begins."""

    __tablename__ = "adoption_fact_day"
    __table_args__ = table_args()

    day: Mapped[date] = mapped_column(primary_key=True)
    written_at: Mapped[datetime]
    first_change_id: Mapped[int]
