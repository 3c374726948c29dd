"""The table of records on their way: what a job of a release moves, how far it is, and where it goes on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model, table_args

MOVING, DONE, RETURNING, RETURNED = "moving", "done", "returning", "returned"
UNDER_WAY = (MOVING, RETURNING)
_UNDER_WAY = text("state IN ('moving', 'returning')")


class ReleaseMove(Model):
    """The records of one kind whose field moves with one operation, or goes back with it.

    `total` were to move when it began, `moved` did, or went back while it is `returning`. The job goes on after
    `last_id`: a record's on the way there, that of the log of moved records on the way back.
    """

    __tablename__ = "release_move"
    __table_args__ = table_args(
        ForeignKeyConstraint(["project_id", "operation_id"], ["release_operation.project_id", "release_operation.id"]),
        ForeignKeyConstraint(["project_id", "release_id"], ["config_release.project_id", "config_release.id"]),
        CheckConstraint("state IN ('moving', 'done', 'returning', 'returned')", name="state_known"),
        Index("ix_release_move_release", "project_id", "release_id", "id"),
        Index("ix_release_move_operation", "project_id", "operation_id"),
        Index("ix_release_move_under_way", "id", sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int]
    release_id: Mapped[int]
    operation_id: Mapped[int]
    kind: Mapped[str]
    field: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    state: Mapped[str] = mapped_column(default=MOVING)
    total: Mapped[int]
    moved: Mapped[int] = mapped_column(default=0)
    last_id: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    since: Mapped[datetime | None]
    """The moment since which open sales read as standing in the stage they go to; None for words."""

    @property
    def is_under_way(self) -> bool:
        """Whether the job is not through with it."""
        return self.state in UNDER_WAY
