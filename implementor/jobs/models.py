"""The row that is a job: what is to be done, for whom, how far it is, and how it ended."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, table_args
from implementor.foundation.words import Phrase, phrase_from_json

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
STATES = (WAITING, RUNNING, DONE, FAILED, CANCELLED)
_IS_WAITING = text("state = 'waiting'")
_IS_RUNNING = text("state = 'running'")


class Job(Model):
    """Committed with the business change that asked for it; there is no queue beside this table."""

    __tablename__ = "job"
    __table_args__ = table_args(
        CheckConstraint(f"state in {STATES}", name="state"),
        Index("ix_job_waiting", "not_before", "id", sqlite_where=_IS_WAITING, postgresql_where=_IS_WAITING),
        Index("ix_job_running", "heartbeat_at", sqlite_where=_IS_RUNNING, postgresql_where=_IS_RUNNING),
        Index(None, "owner_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """Package and task, such as `exchange.run_import`."""
    title: Mapped[dict[str, Any]]
    arguments: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default=WAITING)
    progress_done: Mapped[int] = mapped_column(default=0)
    progress_total: Mapped[int | None]
    message: Mapped[dict[str, Any] | None]
    result: Mapped[dict[str, Any] | None]
    error: Mapped[str | None]
    """The trace of a surprise, for administrators only; refusals are told in `message`."""
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # projects stand above this package, so the number carries no foreign key
    project_id: Mapped[int | None]
    created_at: Mapped[datetime]
    not_before: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    cancel_asked_at: Mapped[datetime | None]
    cancel_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    attempts: Mapped[int] = mapped_column(Integer, default=0)

    @property
    def is_over(self) -> bool:
        return self.state in (DONE, FAILED, CANCELLED)

    @property
    def title_phrase(self) -> Phrase:
        return phrase_from_json(self.title)

    @property
    def message_phrase(self) -> Phrase | None:
        return phrase_from_json(self.message) if self.message else None

    @property
    def signature(self) -> str:
        """Differs whenever the page about the job would look different."""
        return f"{self.state}-{self.progress_done}-{self.progress_total}-{bool(self.cancel_asked_at)}-{self.message}"
