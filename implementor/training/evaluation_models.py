"""The table of what participants thought of a session, kept so that nobody finds out who thought it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.model import Model

LONGEST_SAID = 2000


class SessionEvaluation(Model):
    """One answer: `stars` from 1 to 5 and what was said. No person, no moment, no number in the order of arrival."""

    __tablename__ = "session_evaluation"
    __table_args__ = (
        ForeignKeyConstraint(["project_id", "session_id"], ["training_session.project_id", "training_session.id"]),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        Index("ix_session_evaluation_session", "project_id", "session_id"),
        {"sqlite_with_rowid": False},
    )

    token: Mapped[str] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    session_id: Mapped[int]
    stars: Mapped[int] = mapped_column(Integer)
    said: Mapped[str] = mapped_column(default="")
