"""Tables of a budget: its lines, what each month of a line holds, and every amount that ever stood there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Archivable, Model, RankKey, Record, table_args
from implementor.foundation.text import folded

CATEGORY_KEYS = ("licence", "services", "people", "training", "integration", "other")
PLANNED, COMMITTED, ACTUAL, FORECAST = "planned", "committed", "actual", "forecast"
KINDS = (PLANNED, COMMITTED, ACTUAL, FORECAST)
IN_USE = text("archived_at IS NULL")
ABOUT_HISTORY: dict[str, Any] = {"history": False}


def one_of(column: str, keys: tuple[str, ...]) -> str:
    """The condition that a column holds one of these keys."""
    return f"{column} IN ({', '.join(repr(key) for key in keys)})"


def list_index(*columns: str) -> Index:
    """An index for one order of the list of lines, over those in use."""
    name = f"ix_budget_line_list_{'_'.join(columns)}"
    return Index(name, "project_id", *columns, "id", sqlite_where=IN_USE, postgresql_where=IN_USE)


class BudgetLine(Archivable, Record):
    """Something that money is spent on, in one currency; its amounts are by month."""

    __tablename__ = "budget_line"
    __record_kind__: ClassVar[str] = "budget_line"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "wave_id"], ["wave.project_id", "wave.id"]),
        CheckConstraint(one_of("category", CATEGORY_KEYS), name="category"),
        CheckConstraint("length(currency) = 3", name="currency"),
        list_index("title_key"),
        list_index("category"),
        list_index("area_id"),
        list_index("wave_id"),
        list_index("owner_id"),
        list_index("currency"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    category: Mapped[str] = mapped_column(default="other")
    currency: Mapped[str]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    wave_id: Mapped[int | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    note: Mapped[str | None]


class BudgetAmount(Record):
    """What stands in a month of a line: planned, committed, actual or forecast, in minor units of the line's currency.

    `month` is its first day. A row is never deleted: no amount is None, and a forecast of 0 says that nothing is
    expected.
    """

    __tablename__ = "budget_amount"
    __record_kind__: ClassVar[str] = "budget_amount"
    __table_args__ = table_args(
        UniqueConstraint("project_id", "id"),
        UniqueConstraint("line_id", "kind", "month"),
        ForeignKeyConstraint(["project_id", "line_id"], ["budget_line.project_id", "budget_line.id"]),
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        Index("ix_budget_amount_sum", "project_id", "kind", "month", "line_id", "amount"),
    )

    project_id: Mapped[int]
    line_id: Mapped[int]
    kind: Mapped[str]
    month: Mapped[date]
    amount: Mapped[int | None]

    @property
    def archived_at(self) -> None:
        """An amount is not put away; what was made by mistake becomes None (`services.restore_amount`)."""
        return


class BudgetFact(Model):
    """An amount as it was written down at a moment; only ever added, so that any past day can be told.

    `reason` says why an actual amount was corrected.
    """

    __tablename__ = "budget_fact"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "line_id"], ["budget_line.project_id", "budget_line.id"]),
        CheckConstraint(one_of("kind", KINDS), name="kind"),
        Index("ix_budget_fact_cell", "project_id", "line_id", "kind", "month", "at"),
        Index("ix_budget_fact_at", "project_id", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    line_id: Mapped[int]
    kind: Mapped[str]
    month: Mapped[date]
    amount: Mapped[int | None]
    reason: Mapped[str | None]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


@event.listens_for(BudgetLine, "before_insert")
@event.listens_for(BudgetLine, "before_update")
def derive(_mapper: Any, _connection: Any, line: BudgetLine) -> None:
    """Keep what follows from other columns true whoever changed the line."""
    line.title_key = folded(line.title)
