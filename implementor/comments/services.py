"""What can happen to comments and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.comments import queries
from implementor.comments.events import Mentioned
from implementor.comments.mentions import handles_of, people_named
from implementor.comments.models import Attachment, Comment, Mention
from implementor.comments.people import members
from implementor.comments.permissions import MODERATE
from implementor.comments.storage import StoredFile
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.events import publish
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.text import clean
from implementor.foundation.words import say
from implementor.history.services import name_action

LONGEST_BODY = 20_000
LARGEST_IMPORTED = 200_000
PROJECT_QUOTA = 5 * 1024 * 1024 * 1024  # bytes


class NotYours(Refusal):
    """Somebody else wrote or attached it."""


@dataclass(frozen=True)
class Origin:
    """Where an imported comment comes from; `author_id` where the author is a user, else `author_text`."""

    source: str
    key: str
    written_at: datetime
    author_id: int | None = None
    author_text: str | None = None


def add_comment(
    session: Session,
    *,
    about: RecordRef,
    project_id: int | None,
    body: str,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> Comment:
    """Say something about a record. With an `origin` the comment keeps its first author and moment and tells nobody."""
    text = checked_body(body, LONGEST_BODY if origin is None else LARGEST_IMPORTED)
    comment = Comment(project_id=project_id, about_kind=about.kind, about_id=about.id, body=text)
    if origin is not None:
        comment.external_source, comment.external_key = origin.source, origin.key
        comment.created_at = comment.updated_at = origin.written_at
        comment.created_by_id, comment.author_text = origin.author_id, origin.author_text
    session.add(comment)
    name_action(session, say("Commented"), verb="comment.add", project_id=project_id)
    session.flush()
    if origin is None:
        note_mentions(session, comment, by=by, at=at)
    return comment


def edit_comment(session: Session, comment: Comment, *, body: str, by: Actor, at: datetime) -> None:
    """Say it in other words; only its author may."""
    if comment.created_by_id is None or comment.created_by_id != by.user_id:
        raise NotYours(say("Only the person who wrote a comment can change it."))
    text = checked_body(body, LONGEST_BODY)
    if text == comment.body:
        return
    comment.body, comment.edited_at = text, at
    name_action(session, say("Changed a comment"), verb="comment.edit", project_id=comment.project_id)
    note_mentions(session, comment, by=by, at=at)


def archive_comment(session: Session, comment: Comment, *, by: Actor, at: datetime) -> None:
    """Take a comment away; undo brings it back."""
    require_own(comment, by)
    comment.archived_at, comment.archived_by_id = at, by.user_id
    name_action(session, say("Removed a comment"), verb="comment.archive", project_id=comment.project_id)


def attach_files(
    session: Session,
    *,
    about: RecordRef,
    project_id: int | None,
    files: Sequence[StoredFile],
    by: Actor,
    at: datetime,
    quota: int = PROJECT_QUOTA,
) -> list[Attachment]:
    """Put files that are stored already beside a record. `quota` is what a project may keep, in bytes."""
    room = quota - (session.scalar(queries.bytes_kept(project_id=project_id)) or 0)
    if sum(file.size for file in files) > room:
        reason = say("This project has no room for more files. Ask the administrator to make some.")
        raise InvalidInput({"files": reason})
    attached = [
        Attachment(
            project_id=project_id,
            about_kind=about.kind,
            about_id=about.id,
            name=file.name,
            size=file.size,
            media_type=file.media_type,
            sha256=file.sha256,
            storage_key=file.key,
        )
        for file in files
    ]
    session.add_all(attached)
    names = ", ".join(file.name for file in files[:3])
    name_action(session, say("Attached %(names)s", names=names), verb="attachment.add", project_id=project_id)
    session.flush()
    return attached


def archive_attachment(session: Session, attachment: Attachment, *, by: Actor, at: datetime) -> None:
    """Take a file away; undo brings it back."""
    require_own(attachment, by)
    attachment.archived_at, attachment.archived_by_id = at, by.user_id
    removed = say("Removed %(name)s", name=attachment.name)
    name_action(session, removed, verb="attachment.archive", project_id=attachment.project_id)


def require_own(thing: Comment | Attachment, by: Actor) -> None:
    """Refuse what only the author or a moderator may do."""
    is_own = thing.created_by_id is not None and thing.created_by_id == by.user_id
    if not is_own and not by.may(MODERATE):
        raise NotYours(say("Only its author or the project lead can remove this."))


def checked_body(body: str, longest: int) -> str:
    """A comment's text as it is kept. Raises InvalidInput for `body`."""
    text = clean(body).strip()
    if not text:
        raise InvalidInput({"body": say("Write something first.")})
    if len(text) > longest:
        raise InvalidInput(
            {
                "body": say(
                    "A comment may have %(longest)s characters; this has %(length)s.", longest=longest, length=len(text)
                )
            }
        )
    return text


def note_mentions(session: Session, comment: Comment, *, by: Actor, at: datetime) -> None:
    """Keep whom a comment names, and tell of those it did not name before; names of strangers stay plain text."""
    if "@" not in comment.body or comment.project_id is None:
        return
    people = [(row.id, row.name) for row in session.execute(members.of_project(comment.project_id))]
    known = set(session.scalars(queries.mentioned_in(comment_id=comment.id)))
    for user_id in people_named(comment.body, handles_of(people)):
        if user_id in known:
            continue
        session.add(Mention(comment_id=comment.id, user_id=user_id, at=at))
        if user_id != by.user_id:
            publish(session, Mentioned(user_id, comment.id, comment.about, comment.project_id, by, at))
