"""What a record's page shows of comments and files, read at once however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from implementor.comments import queries
from implementor.comments.permissions import ADD, MODERATE
from implementor.comments.talk import AttachedFile, SaidComment, Talk
from implementor.foundation.asking import Answers, Asking, answered
from implementor.foundation.pages import Page, page_from, page_of
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef

SHOWN = 50


def panel_of(
    session: Session,
    about: RecordRef,
    actor: Actor,
    *,
    after: str | None = None,
    before: str | None = None,
    limit: int = SHOWN,
) -> Talk:
    """The newest comments of a record (or those beside a cursor) and its files.

    Call it for records the actor was shown to see: it asks nothing about visibility.
    """
    if after is None and before is None:
        return answered(session, talk_asking(about, actor, limit))
    order, found = queries.NEWEST_FIRST, queries.comments_about(about)
    page = page_of(session, found, order_by=order, limit=limit, after=after, before=before)
    return _talk(about, actor, page, session.execute(*queries.beside_comments(about)).all())


def talk_asking(about: RecordRef, actor: Actor, limit: int = SHOWN) -> Asking[Talk]:
    """Asks for what `panel_of` gives without a cursor."""

    def made(answers: Answers) -> Talk:
        comments, beside = answers
        return _talk(about, actor, page_from(comments, limit, width=2), beside)

    newest = queries.newest_comments(limit), queries.named(about)
    return Asking((newest, queries.beside_comments(about)), made)


def _talk(about: RecordRef, actor: Actor, page: Page, beside: Sequence[Any]) -> Talk:
    named: dict[int, list[tuple[int, str]]] = defaultdict(list)
    files: list[AttachedFile] = []
    for row in beside:
        if row.kind == "mention":
            named[row.id].append((row.person_id, row.name))
        else:
            files.append(_attached(row, actor))
    return Talk(
        about=about,
        comments=[_said(row, tuple(named[row.id]), actor) for row in reversed(page.rows)],
        earlier=page.next,
        later=page.previous,
        files=files,
        may_add=actor.may(ADD),
    )


def _said(row: Any, people: tuple[tuple[int, str], ...], actor: Actor) -> SaidComment:
    is_own = row.author_id is not None and row.author_id == actor.user_id
    return SaidComment(
        id=row.id,
        author=row.author,
        body=row.body,
        people=people,
        created_at=row.created_at,
        edited_at=row.edited_at,
        may_edit=is_own and actor.may(ADD),
        may_remove=is_own or actor.may(MODERATE),
    )


def _attached(row: Any, actor: Actor) -> AttachedFile:
    is_own = row.person_id is not None and row.person_id == actor.user_id
    return AttachedFile(row.id, row.name, row.size, row.author, row.created_at, is_own or actor.may(MODERATE))
