"""A case, the facts of its way between people, areas and states, and the counter that numbers cases."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from implementor.crm.records.models import ABOUT_HISTORY, CrmRecord, list_index
from implementor.foundation.model import BigId, Model, RankKey, table_args
from implementor.foundation.text import folded

NEW, IN_PROGRESS, RESOLVED, CLOSED = "new", "in_progress", "resolved", "closed"
WAITING_CUSTOMER, WAITING_OTHERS = "waiting_customer", "waiting_others"
STATUSES = (NEW, IN_PROGRESS, WAITING_CUSTOMER, WAITING_OTHERS, RESOLVED, CLOSED)
WAITING = frozenset({WAITING_CUSTOMER, WAITING_OTHERS})
"""While a case waits, its clocks do not count."""
DONE = frozenset({RESOLVED, CLOSED})
LOW, NORMAL, HIGH, URGENT = "low", "normal", "high", "urgent"
PRIORITIES = (LOW, NORMAL, HIGH, URGENT)
STATUS, OWNER, AREA, PRIORITY = "status", "owner", "area", "priority"
_COUNTS = text("archived_at IS NULL AND due_at IS NOT NULL")
ASPECTS = (STATUS, OWNER, AREA, PRIORITY)


class Case(CrmRecord):
    """What a customer wants from us. `code` is its number as people say it, such as C-1042.

    `due_at` and `warn_at` are those of the clock that is up first, none while nothing counts; a moment that is past
    stays until what was promised is done. `satisfaction` is 1 (bad) to 5 (good).
    """

    __tablename__ = "customer_case"
    __record_kind__: ClassVar[str] = "case"
    __table_args__ = table_args(
        CheckConstraint(f"status IN ({', '.join(repr(one) for one in STATUSES)})", name="status_known"),
        CheckConstraint(f"priority IN ({', '.join(repr(one) for one in PRIORITIES)})", name="priority_known"),
        CheckConstraint("status NOT IN ('resolved', 'closed') OR resolved_at IS NOT NULL", name="done_at_a_moment"),
        CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed_at_a_moment"),
        CheckConstraint("satisfaction BETWEEN 1 AND 5", name="satisfaction_range"),
        CheckConstraint("duplicate_of_id <> id", name="not_its_own_duplicate"),
        Index("uq_customer_case_number", "number", unique=True),
        Index("uq_customer_case_code", "code", unique=True),
        Index("ix_customer_case_duplicate_of", "duplicate_of_id"),
        Index("ix_customer_case_up", "owner_id", "due_at", "id", sqlite_where=_COUNTS, postgresql_where=_COUNTS),
        list_index("customer_case", "number"),
        list_index("customer_case", "code"),
        list_index("customer_case", "subject_key"),
        list_index("customer_case", "account_id", "opened_at"),
        list_index("customer_case", "contact_id", "opened_at"),
        list_index("customer_case", "product_id", "opened_at"),
        list_index("customer_case", "category", "opened_at"),
        list_index("customer_case", "channel", "opened_at"),
        list_index("customer_case", "priority", "opened_at"),
        list_index("customer_case", "status", "opened_at"),
        list_index("customer_case", "owner_id", "status", "opened_at"),
        list_index("customer_case", "area_id", "status", "opened_at"),
        list_index("customer_case", "team_id", "status", "opened_at"),
        list_index("customer_case", "duplicate_of_id"),
        list_index("customer_case", "satisfaction", "opened_at"),
        list_index("customer_case", "opened_at"),
        list_index("customer_case", "status_since"),
        list_index("customer_case", "first_response_at"),
        list_index("customer_case", "resolved_at"),
        list_index("customer_case", "closed_at"),
        list_index("customer_case", "due_at"),
        list_index("customer_case", "warn_at"),
        list_index("customer_case", "created_at"),
        list_index("customer_case", "updated_at"),
    )

    number: Mapped[int] = mapped_column(info=ABOUT_HISTORY)
    code: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    subject: Mapped[str]
    subject_key: Mapped[str] = mapped_column(RankKey, info=ABOUT_HISTORY)
    description: Mapped[str | None]
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    contact_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("contact.id"))
    product_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("product.id"))
    category: Mapped[str | None]
    channel: Mapped[str | None]
    priority: Mapped[str] = mapped_column(default=NORMAL)
    status: Mapped[str] = mapped_column(default=NEW)
    status_since: Mapped[datetime]
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    opened_at: Mapped[datetime]
    first_response_at: Mapped[datetime | None]
    resolution: Mapped[str | None]
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    closed_at: Mapped[datetime | None]
    duplicate_of_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("customer_case.id"))
    satisfaction: Mapped[int | None] = mapped_column(Integer)
    satisfaction_comment: Mapped[str | None]
    due_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)
    warn_at: Mapped[datetime | None] = mapped_column(info=ABOUT_HISTORY)

    @validates("subject")
    def _follow_subject(self, _attribute: str, subject: str) -> str:
        """Keep the key beside the subject, whoever sets it."""
        self.subject_key = folded(subject)
        return subject

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.status not in DONE


class CaseEvent(Model):
    """A fact: a case came into a status, an area, a priority or somebody's hands, from another or from none.

    Keys are those of the choice, or ids; labels are what people and areas were called then. `seconds` is how long it
    was so before (None: it began). `note` is what was said on handing over, solving or opening again.
    """

    __tablename__ = "case_event"
    __table_args__ = table_args(
        CheckConstraint(f"aspect IN ({', '.join(repr(one) for one in ASPECTS)})", name="aspect_known"),
        CheckConstraint("seconds >= 0", name="seconds_not_negative"),
        Index("ix_case_event_case", "case_id", "at", "id"),
        Index("ix_case_event_aspect", "aspect", "at", "to_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(BigId, ForeignKey("customer_case.id"))
    aspect: Mapped[str]
    from_key: Mapped[str | None]
    to_key: Mapped[str | None]
    from_label: Mapped[str | None]
    to_label: Mapped[str | None]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    seconds: Mapped[int | None]
    note: Mapped[str | None]


class CaseCounter(Model):
    """The last number that a case was given; one row."""

    __tablename__ = "case_counter"
    __table_args__ = table_args(CheckConstraint("id = 1", name="only_one"))

    id: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
