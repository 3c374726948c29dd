"""Comments and files as entries of a record's timeline."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from implementor.comments import queries
from implementor.comments.models import Attachment, Comment
from implementor.foundation.words import say
from implementor.history.timeline import Asked, Entry
from implementor.web.markdown import render_markdown


def comments_as_entries(session: Session, asked: Asked) -> list[Entry]:
    """What was said about a record."""
    statement = queries.comments_about(asked.record).order_by(Comment.created_at.desc(), Comment.id.desc())
    if asked.before is not None:
        statement = statement.where(Comment.created_at < asked.before)
    return [
        Entry(
            at=row.created_at,
            key=f"comment-{row.id}",
            who=row.author,
            text=say("commented."),
            icon="comment",
            template="comments/_timeline_body.html",
            data={"html": render_markdown(row.body)},
        )
        for row in session.execute(statement.limit(asked.limit))
    ]


def files_as_entries(session: Session, asked: Asked) -> list[Entry]:
    """What was put beside a record."""
    statement = queries.attachments_about(asked.record).order_by(None)
    if asked.before is not None:
        statement = statement.where(Attachment.created_at < asked.before)
    latest = statement.order_by(Attachment.created_at.desc(), Attachment.id.desc()).limit(asked.limit)
    return [_file_entry(row) for row in session.execute(latest)]


def _file_entry(row: Any) -> Entry:
    return Entry(
        at=row.created_at,
        key=f"file-{row.id}",
        who=row.author,
        icon="file",
        text=say("attached %(name)s.", name=row.name),
    )
