"""Tables of contracts: what is bought from whom until when, and how many of its licences are used."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Archivable, Model, RankKey, Record, table_args
from implementor.foundation.text import folded

IN_USE = text("archived_at IS NULL")
ABOUT_HISTORY: dict[str, Any] = {"history": False}
GO, NO_GO = "go", "no_go"


def list_index(*columns: str) -> Index:
    """An index for one order of the list of contracts, over those in use."""
    name = f"ix_contract_list_{'_'.join(columns)}"
    return Index(name, "project_id", *columns, "id", sqlite_where=IN_USE, postgresql_where=IN_USE)


class Contract(Archivable, Record):
    """Something that is bought from a supplier for a term, once a decision says so.

    `verdict` and `decision_id` are there together, and gone together when that decision is reversed. The cost of what
    was approved is committed on its budget line, spread over the months of the term. `warn_days` before the end of
    the term its owner hears of it; `warned_at` says when that was. `counted_by` names what counts its licences
    by itself.
    """

    __tablename__ = "contract"
    __record_kind__: ClassVar[str] = "contract"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "line_id"], ["budget_line.project_id", "budget_line.id"]),
        ForeignKeyConstraint(["project_id", "decision_id"], ["decision.project_id", "decision.id"]),
        CheckConstraint("(amount IS NULL) = (currency IS NULL)", name="amount_has_a_currency"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("verdict IN ('go', 'no_go')", name="verdict"),
        CheckConstraint("(verdict IS NULL) = (decision_id IS NULL)", name="decided"),
        CheckConstraint("licences >= 0", name="licences"),
        CheckConstraint("warn_days BETWEEN 0 AND 730", name="warn_days"),
        Index("ix_contract_decision", "project_id", "decision_id"),
        Index("ix_contract_ending", "ends_on", "id", sqlite_where=IN_USE, postgresql_where=IN_USE),
        list_index("title_key"),
        list_index("verdict"),
        list_index("ends_on"),
        list_index("owner_id"),
        list_index("line_id"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    supplier: Mapped[str]
    purpose: Mapped[str | None]
    line_id: Mapped[int | None]
    amount: Mapped[int | None]
    currency: Mapped[str | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    warn_days: Mapped[int] = mapped_column(Integer, default=60)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    licences: Mapped[int | None] = mapped_column(Integer)
    verdict: Mapped[str | None]
    decision_id: Mapped[int | None]
    warned_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)
    counted_by: Mapped[str | None]

    @property
    def is_decided(self) -> bool:
        """Whether somebody said go or no-go."""
        return self.verdict is not None


class LicenceCount(Model):
    """How many licences of a contract were used on a day, and by which evidence; only ever added.

    `source` names what counted by itself; None for what somebody wrote down.
    """

    __tablename__ = "licence_count"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "contract_id"], ["contract.project_id", "contract.id"]),
        CheckConstraint("used >= 0", name="used"),
        Index("ix_licence_count_contract", "project_id", "contract_id", "counted_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    contract_id: Mapped[int]
    counted_on: Mapped[date]
    used: Mapped[int] = mapped_column(Integer)
    evidence: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    source: Mapped[str | None]


@event.listens_for(Contract, "before_insert")
@event.listens_for(Contract, "before_update")
def derive(_mapper: Any, _connection: Any, contract: Contract) -> None:
    """Keep what follows from other columns true whoever changed the contract."""
    contract.title_key = folded(contract.title)
