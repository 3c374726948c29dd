"""Settings of the CRM as stories carry them: each row is one change that goes live with the wave of its story."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Archivable, RankKey, Record, table_args
from implementor.foundation.words import Label
from implementor.releases.item_kinds import Image, Operation, Verb

DRAFT, LIVE, ROLLED_BACK = "draft", "live", "rolled_back"
STATES = (DRAFT, LIVE, ROLLED_BACK)
VERBS: tuple[Verb, ...] = ("add", "change", "retire")


class ConfigItem(Archivable, Record):
    """One change of one setting. `target` is the identity of the setting, also of one that is only added by this.

    `before` is the setting as it was when this was written (None: not there), `after` as it shall be (None: out of
    use), `answers` what people chose for what would be left without it. `state` and `release_number` are written by
    the release that brings it and by its being taken back.
    """

    __tablename__ = "config_item"
    __record_kind__: ClassVar[str] = "config_item"
    __table_args__ = table_args(
        UniqueConstraint("uid"),
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "story_id"], ["story.project_id", "story.id"]),
        CheckConstraint("verb IN ('add', 'change', 'retire')", name="verb_known"),
        CheckConstraint("state IN ('draft', 'live', 'rolled_back')", name="state_known"),
        Index("ix_config_item_story", "project_id", "story_id", "rank"),
        Index("ix_config_item_list", "project_id", "kind", "id"),
        Index("ix_config_item_target", "project_id", "target"),
    )

    uid: Mapped[str] = mapped_column(default=lambda: str(uuid4()))
    project_id: Mapped[int]
    story_id: Mapped[int]
    kind: Mapped[str]
    verb: Mapped[str]
    target: Mapped[str]
    label_en: Mapped[str]
    label_es: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rank: Mapped[str] = mapped_column(RankKey)
    state: Mapped[str] = mapped_column(default=DRAFT)
    release_number: Mapped[int | None] = mapped_column(Integer)

    @property
    def label(self) -> Label:
        """The name of the setting."""
        return Label({"en": self.label_en, "es": self.label_es})

    @property
    def is_live(self) -> bool:
        return self.state == LIVE

    @property
    def operation(self) -> Operation:
        """What the release does for it."""
        before: Image | None = self.before
        verb: Any = self.verb
        return Operation(self.kind, verb, self.target, before, self.after, self.answers)
