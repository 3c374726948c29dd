"""How comments and files are found; always of a record that the reader was shown to see."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from implementor.auth.models import User
from implementor.comments.models import AboutRecord, Attachment, Comment, Mention
from implementor.foundation.asking import MOST_ASKED
from implementor.foundation.model import Asked, UtcMoment
from implementor.foundation.pages import SortKey, statement_of_page
from implementor.foundation.records import RecordRef
from implementor.foundation.statements import at_most
from implementor.foundation.text import folded

Rows = Select[*tuple[Any, ...]]
MOST_OFFERED = 8
NEWEST_FIRST = (
    SortKey(Comment.created_at.expression, descending=True), SortKey(Comment.id.expression, descending=True),
)  # fmt: skip


def is_about(model: type[AboutRecord], about: RecordRef) -> ColumnElement[bool]:
    """Rows that belong to one record."""
    return and_(model.about_kind == about.kind, model.about_id == about.id)


def comments_about(about: RecordRef) -> Rows:
    """Comments of a record as rows (id, version, body, created_at, edited_at, author_id, author), for pages by key."""
    author = func.coalesce(User.name, Comment.author_text, "")
    columns = (Comment.id, Comment.version, Comment.body, Comment.created_at, Comment.edited_at)
    return (
        select(*columns, Comment.created_by_id.label("author_id"), author.label("author"))
        .join(User, User.id == Comment.created_by_id, isouter=True)
        .where(is_about(Comment, about), Comment.archived_at.is_(None))
    )


ANY_RECORD = RecordRef(bindparam("about_kind"), bindparam("about_id"))  # type: ignore[arg-type]
"""The record of statements that are kept; `named` gives the values."""


def named(about: RecordRef) -> dict[str, Any]:
    """The values that make `ANY_RECORD` this one."""
    return {"about_kind": about.kind, "about_id": about.id}


def beside_comments(about: RecordRef) -> Asked:
    """Who is named in a record's comments, and its files: one statement, told apart by `kind`, in the order of ids.

    A `mention` has the comment's id, and name and id of the person; a `file` is a row of `attachments_about`.
    """
    return _beside_comments(), named(about)


@cache
def _beside_comments() -> Rows:
    about = ANY_RECORD
    files = attachments_about(about).order_by(None).subquery("file")
    named = (
        select(
            literal("mention").label("kind"),
            Mention.comment_id.label("id"),
            User.name.label("name"),
            cast(null(), BigInteger()).label("size"),
            cast(null(), UtcMoment()).label("created_at"),
            Mention.user_id.label("person_id"),
            cast(null(), Text()).label("author"),
        )
        .join(Comment, Comment.id == Mention.comment_id)
        .join(User, User.id == Mention.user_id)
        .where(is_about(Comment, about), Comment.archived_at.is_(None))
    )
    attached = select(
        literal("file"), files.c.id, files.c.name, files.c.size, files.c.created_at, files.c.author_id, files.c.author
    )
    rows = union_all(named, attached).subquery("beside")
    return select(rows).order_by(rows.c.kind, rows.c.id).limit(at_most(MOST_ASKED))


@cache
def newest_comments(limit: int) -> Rows:
    """The first page of `comments_about` for `ANY_RECORD`, newest first."""
    return statement_of_page(comments_about(ANY_RECORD), order_by=NEWEST_FIRST, limit=limit)


def attachments_about(about: RecordRef) -> Rows:
    """Files of a record as rows (id, name, media_type, size, created_at, author_id, author), oldest first."""
    columns = (Attachment.id, Attachment.name, Attachment.media_type, Attachment.size, Attachment.created_at)
    return (
        select(*columns, Attachment.created_by_id.label("author_id"), func.coalesce(User.name, "").label("author"))
        .join(User, User.id == Attachment.created_by_id, isouter=True)
        .where(is_about(Attachment, about), Attachment.archived_at.is_(None))
        .order_by(Attachment.id)
    )


def comment_in_use(*, comment_id: int) -> Select[Comment]:
    """A comment that was not removed; ask for its record's visibility before showing it."""
    return select(Comment).where(Comment.id == comment_id, Comment.archived_at.is_(None))


def attachment_in_use(*, attachment_id: int) -> Select[Attachment]:
    """A file that was not removed; ask for its record's visibility before showing it."""
    return select(Attachment).where(Attachment.id == attachment_id, Attachment.archived_at.is_(None))


def comment_of_source(*, project_id: int | None, source: str, key: str) -> Select[Comment]:
    """The comment that an import made from another system's."""
    return select(Comment).where(
        Comment.project_id == project_id, Comment.external_source == source, Comment.external_key == key
    )


def mentioned_in(*, comment_id: int) -> Select[int]:
    """Ids of the people named in a comment so far."""
    return select(Mention.user_id).where(Mention.comment_id == comment_id)


def bytes_kept(*, project_id: int | None) -> Select[int]:
    """Bytes of all files of a project; removed ones too, because they can be brought back."""
    return select(func.coalesce(func.sum(Attachment.size), 0)).where(
        Attachment.project_id.is_(None) if project_id is None else Attachment.project_id == project_id
    )


def keys_in_use(keys: Collection[str]) -> Select[str]:
    """Those of these storage keys that a row still needs."""
    return select(Attachment.storage_key).where(Attachment.storage_key.in_(list(keys)))


def people_offered(people: Rows, words: str) -> Rows:
    """Of the rows (id, name) those whose name begins with the words, or has a word that does; a few."""
    wanted = folded(words).strip()
    inner = people.order_by(None).subquery()
    key = select(User.id, User.name, User.name_key).join(inner, inner.c.id == User.id)
    key = key.where(User.disabled_at.is_(None)).order_by(User.name_key, User.id).limit(MOST_OFFERED)
    if not wanted:
        return key
    return key.where(
        User.name_key.startswith(wanted, autoescape=True) | User.name_key.contains(f" {wanted}", autoescape=True)
    )
