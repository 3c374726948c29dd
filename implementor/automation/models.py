"""Texts that are filled in from a record, rules of when and then, and what came of each run of a rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.automation.words import EVENTS, PURPOSES, STATES
from implementor.configuration.models import Configured, Worded
from implementor.foundation.model import Archivable, Json, Model, RankKey, Record, table_args


def _one_of(column: str, values: Any) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(str(value)) for value in values)})", name=f"{column}_known")


class MessageTemplate(Configured, Worded, Archivable, Record):
    """A text about records of one kind, in both languages, with places that are filled in from a record.

    A mail has a subject and a body; of a proposal, `body` is the introduction and `terms` are its terms. `consent` is
    the purpose that its receiver must have agreed to; without one it is about something that is under way.
    """

    __tablename__ = "message_template"
    __record_kind__: ClassVar[str] = "message_template"
    __table_args__ = table_args(
        _one_of("purpose", PURPOSES), Index("ix_message_template_kind", "kind", "label_en", "id")
    )

    kind: Mapped[str]
    purpose: Mapped[str]
    consent: Mapped[str | None]
    subject_en: Mapped[str] = mapped_column(default="")
    subject_es: Mapped[str] = mapped_column(default="")
    body_en: Mapped[str] = mapped_column(default="")
    body_es: Mapped[str] = mapped_column(default="")
    terms_en: Mapped[str] = mapped_column(default="")
    terms_es: Mapped[str] = mapped_column(default="")

    def text(self, part: str, language: str) -> str:
        """The subject, body or terms in a language; in the other one where it has none."""
        known = {one: str(getattr(self, f"{part}_{one}")) for one in ("en", "es")}
        return known.get(language) or known["en"] or known["es"]


class AutomationRule(Configured, Worded, Archivable, Record):
    """What is done by itself with records of a kind when something happens to them and conditions hold.

    `field` is what must have changed (none: anything), or the day that comes `days` before it (after it, where negative
    is before). `steps` are done in order. Imports and merges are passed over unless `in_bulk`. `failures` counts the
    runs that broke one after the other; after too many the rule is stopped until somebody starts it again.
    """

    __tablename__ = "automation_rule"
    __record_kind__: ClassVar[str] = "automation_rule"
    __table_args__ = table_args(
        _one_of("event", EVENTS),
        CheckConstraint("(event = 'date') = (days IS NOT NULL)", name="days_of_dates"),
        CheckConstraint("event <> 'date' OR field IS NOT NULL", name="date_named"),
        CheckConstraint("failures >= 0", name="failures_counted"),
        Index("ix_automation_rule_kind", "kind", "rank", "id"),
    )

    kind: Mapped[str]
    event: Mapped[str]
    field: Mapped[str | None]
    days: Mapped[int | None] = mapped_column(Integer)
    conditions: Mapped[list[Any]] = mapped_column(default=list)
    steps: Mapped[list[Any]] = mapped_column(default=list)
    in_bulk: Mapped[bool] = mapped_column(Boolean, default=False)
    rank: Mapped[str] = mapped_column(RankKey)
    failures: Mapped[int] = mapped_column(Integer, default=0, info={"history": False})
    stopped_at: Mapped[datetime | None]

    @property
    def is_at_work(self) -> bool:
        """Whether it does anything now."""
        return self.archived_at is None and self.stopped_at is None


class AutomationRun(Model):
    """One time that a rule held of a record. `key` is what happened, so that nothing is done twice for it.

    `steps` are those of the rule as they were then; `done_count` of them are done. `reason` is why it broke or was cut.
    """

    __tablename__ = "automation_run"
    __table_args__ = table_args(
        _one_of("state", STATES),
        UniqueConstraint("rule_id", "key"),
        Index("ix_automation_run_newest", "rule_id", "id"),
        Index("ix_automation_run_record", "record_kind", "record_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[int] = mapped_column(ForeignKey("automation_rule.id"))
    record_kind: Mapped[str]
    record_id: Mapped[int]
    key: Mapped[str]
    at: Mapped[datetime]
    state: Mapped[str]
    steps: Mapped[list[Any]] = mapped_column(Json, default=list)
    done_count: Mapped[int] = mapped_column(Integer, default=0)
    reason: Mapped[dict[str, Any] | None] = mapped_column(Json)
