"""Tables of what is said in a retrospective: notes and votes that lead to nobody, and the table they lie on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model


class RetroTable(Model):
    """What everybody at a retrospective looks at: `revision` grows with each change, so that a poll asks for it alone.

    `salt` goes into every hand (see `hands`) and is destroyed at the end, after which no hand can be made again.
    """

    __tablename__ = "retro_table"
    __table_args__ = (
        ForeignKeyConstraint(["project_id", "retrospective_id"], ["retrospective.project_id", "retrospective.id"]),
    )

    retrospective_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    revision: Mapped[int] = mapped_column(Integer, default=1)
    salt: Mapped[str | None]
    ends_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]


class RetroNote(Model):
    """A note on the table. Its id is drawn by lot, it has no moment, and where all is anonymous no author.

    `place` is the column, counted from 0; `head_id` is the note it lies under. `hand` tells the writer's own notes
    apart until the end, and is wiped out then. `votes` is what was counted at the end.
    """

    __tablename__ = "retro_note"
    __table_args__ = (
        UniqueConstraint("project_id", "id"),
        ForeignKeyConstraint(["project_id", "retrospective_id"], ["retrospective.project_id", "retrospective.id"]),
        CheckConstraint("place BETWEEN 0 AND 7", name="place"),
        CheckConstraint("votes >= 0", name="votes"),
        Index("ix_retro_note_table", "retrospective_id", "place", "id"),
        Index("ix_retro_note_head", "head_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    retrospective_id: Mapped[int]
    place: Mapped[int] = mapped_column(Integer)
    text: Mapped[str]
    head_id: Mapped[int | None] = mapped_column(ForeignKey("retro_note.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    hand: Mapped[str | None] = mapped_column(String(64))
    votes: Mapped[int] = mapped_column(Integer, default=0)


class RetroVote(Model):
    """One vote for a note, by a hand; counted into the note and taken away at the end."""

    __tablename__ = "retro_vote"
    __table_args__ = (
        ForeignKeyConstraint(["project_id", "retrospective_id"], ["retrospective.project_id", "retrospective.id"]),
        ForeignKeyConstraint(["project_id", "note_id"], ["retro_note.project_id", "retro_note.id"]),
        Index("ix_retro_vote_hand", "retrospective_id", "hand"),
        Index("ix_retro_vote_note", "note_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    retrospective_id: Mapped[int]
    note_id: Mapped[int]
    hand: Mapped[str] = mapped_column(String(64))


class RetroSeat(Model):
    """That somebody is here. Made of other letters than a hand, so that the moment leads to no note."""

    __tablename__ = "retro_seat"
    __table_args__ = (
        ForeignKeyConstraint(["project_id", "retrospective_id"], ["retrospective.project_id", "retrospective.id"]),
    )

    retrospective_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seat: Mapped[str] = mapped_column(String(64), primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    seen_at: Mapped[datetime]
