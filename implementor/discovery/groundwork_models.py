"""Tables of what a project stands on: who is needed, how the four bases are, and strengths, weaknesses and the rest."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from implementor.discovery.staffing import recommended
from implementor.foundation.model import Archivable, RankKey, Record, table_args
from implementor.foundation.text import folded

YES_OR_NO = "IN ('yes', 'no')"
BASES = ("strategy", "people", "processes", "technology")
QUADRANTS = ("strength", "weakness", "opportunity", "threat")


class StaffingNeed(Archivable, Record):
    """Somebody the project needs, the four questions about it, and what was decided: own people or help from outside.

    `recommendation` follows from the answers (see `staffing`). Help from outside leaves knowledge behind: which, with
    whom, and what proves it before they go.
    """

    __tablename__ = "staffing_need"
    __record_kind__: ClassVar[str] = "staffing_need"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        *(
            CheckConstraint(f"{name} {YES_OR_NO}", name=name)
            for name in ("knows_us", "is_one_off", "is_defined", "can_start")
        ),
        CheckConstraint("recommendation IN ('open', 'own', 'both', 'external')", name="recommendation"),
        CheckConstraint("decision IN ('own', 'both', 'external')", name="decision"),
        CheckConstraint("(cost_amount IS NULL) = (cost_currency IS NULL)", name="cost_has_a_currency"),
        CheckConstraint("ends_on >= starts_on", name="days_in_order"),
        Index("ix_staffing_need_list", "project_id", "title_key", "id"),
        Index("ix_staffing_need_recommendation", "project_id", "recommendation", "id"),
        Index("ix_staffing_need_decision", "project_id", "decision", "id"),
        Index("ix_staffing_need_ends_on", "project_id", "ends_on", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(RankKey, info={"history": False})
    work: Mapped[str | None]
    knows_us: Mapped[str | None]
    is_one_off: Mapped[str | None]
    is_defined: Mapped[str | None]
    can_start: Mapped[str | None]
    recommendation: Mapped[str] = mapped_column(default="open")
    decision: Mapped[str | None]
    reason: Mapped[str | None]
    supplier: Mapped[str | None]
    cost_amount: Mapped[int | None]
    cost_currency: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    transfer_topic: Mapped[str | None]
    transfer_to_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    transfer_proof: Mapped[str | None]
    transferred_on: Mapped[date | None]


class Assessment(Archivable, Record):
    """How the four bases were on a day, each from 1 to 5 with what shows it; repeated, so that days can be compared."""

    __tablename__ = "assessment"
    __record_kind__: ClassVar[str] = "assessment"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        *(CheckConstraint(f"{base}_score BETWEEN 1 AND 5", name=f"{base}_score") for base in BASES),
        *(
            CheckConstraint(f"{base}_score IS NULL OR {base}_evidence IS NOT NULL", name=f"{base}_with_evidence")
            for base in BASES
        ),
        Index("ix_assessment_list", "project_id", "assessed_on", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str]
    assessed_on: Mapped[date]
    strategy_score: Mapped[int | None] = mapped_column(SmallInteger)
    strategy_evidence: Mapped[str | None]
    people_score: Mapped[int | None] = mapped_column(SmallInteger)
    people_evidence: Mapped[str | None]
    processes_score: Mapped[int | None] = mapped_column(SmallInteger)
    processes_evidence: Mapped[str | None]
    technology_score: Mapped[int | None] = mapped_column(SmallInteger)
    technology_evidence: Mapped[str | None]
    situation: Mapped[str | None]
    market: Mapped[str | None]


class SwotItem(Archivable, Record):
    """A strength, weakness, opportunity or threat, with its weight from 1 to 5 and the objective it concerns."""

    __tablename__ = "swot_item"
    __record_kind__: ClassVar[str] = "swot_item"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "objective_id"], ["objective.project_id", "objective.id"]),
        CheckConstraint("quadrant IN ('strength', 'weakness', 'opportunity', 'threat')", name="quadrant"),
        CheckConstraint("weight BETWEEN 1 AND 5", name="weight"),
        Index("ix_swot_item_list", "project_id", "weight", "id"),
        Index("ix_swot_item_quadrant", "project_id", "quadrant", "id"),
        Index("ix_swot_item_objective", "project_id", "objective_id", "id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    quadrant: Mapped[str]
    statement: Mapped[str]
    weight: Mapped[int] = mapped_column(SmallInteger, default=3)
    objective_id: Mapped[int | None]
    note: Mapped[str | None]


@event.listens_for(StaffingNeed, "before_insert")
@event.listens_for(StaffingNeed, "before_update")
def derive(_mapper: Any, _connection: Any, need: StaffingNeed) -> None:
    """Keep what follows from other columns true whoever changed the need."""
    need.title_key = folded(need.title)
    need.recommendation = recommended(need.knows_us, need.is_one_off, need.is_defined, need.can_start)
