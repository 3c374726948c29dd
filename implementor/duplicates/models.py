"""Tables of duplicates: keys by which records are found again, candidate pairs, and merges that can be taken apart."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, RankKey, Record, table_args

OPEN, MERGED, DISMISSED = "open", "merged", "dismissed"
STATES = (OPEN, MERGED, DISMISSED)
_IS_OPEN = text("state = 'open'")


class MatchKey(Model):
    """A value by which a record is recognised, in its normal form; the primary key is the index it is found by."""

    __tablename__ = "match_key"
    __table_args__ = (
        Index("ix_match_key_record", "record_id", "kind"),
        {"sqlite_with_rowid": False},
    )

    kind: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(RankKey, primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True)


class DuplicatePair(Model):
    """Two records that may be one; the lower id is `left_id`. `parts` is the score field by field."""

    __tablename__ = "duplicate_pair"
    __record_kind__: ClassVar[str] = "duplicate_pair"
    __table_args__ = table_args(
        UniqueConstraint("kind", "left_id", "right_id"),
        CheckConstraint("left_id < right_id", name="in_order"),
        CheckConstraint(f"state in {STATES}", name="state_known"),
        Index("ix_duplicate_pair_list", "kind", "state", "score", "id"),
        Index("ix_duplicate_pair_right", "kind", "right_id"),
        Index("ix_duplicate_pair_stale", "kind", "found_at", sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    left_id: Mapped[int]
    right_id: Mapped[int]
    score: Mapped[int] = mapped_column(Integer)
    parts: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(default=OPEN)
    found_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str | None]


class DuplicateWeighing(Record):
    """What agreement of fields counts for one kind where administrators changed it; see `weights.Weighing`."""

    __tablename__ = "duplicate_weighing"
    __record_kind__: ClassVar[str] = "duplicate_weighing"
    __table_args__ = table_args(
        UniqueConstraint("kind"),
        CheckConstraint("possible > 0 AND possible <= sure", name="in_order"),
    )

    kind: Mapped[str]
    factors: Mapped[dict[str, Any]]
    possible: Mapped[int] = mapped_column(Integer)
    sure: Mapped[int] = mapped_column(Integer)


class MergeRecord(Model):
    """What a merge did, complete enough to take it apart.

    `before` and `after` hold the survivor's fields that it took from the other record, in stored form; the other
    record itself stays as it was. `moved` names the rows that were given to the survivor, by table and column, `left`
    those that were put away with the other record, because the survivor has the like.
    """

    __tablename__ = "merge_record"
    __table_args__ = table_args(
        Index("ix_merge_record_survivor", "kind", "survivor_id", "at", "id"),
        Index("ix_merge_record_loser", "kind", "loser_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    survivor_id: Mapped[int]
    loser_id: Mapped[int]
    loser_title: Mapped[str]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    moved: Mapped[dict[str, Any]]
    left: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    unmerged_at: Mapped[datetime | None]
    unmerged_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    report: Mapped[list[Any] | None]
    """What could not be taken apart, as phrases."""

    @property
    def is_apart(self) -> bool:
        return self.unmerged_at is not None
