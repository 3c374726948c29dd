"""Asking for documents: by key where the question looks like one, by whole words, and by beginnings of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from implementor.foundation.pages import Page, SortKey, page_of
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean_line
from implementor.projects.place import sees_every_project
from implementor.search import queries
from implementor.search.ranking import Opened, ranked
from implementor.search.sources import closed_books
from implementor.search.tokens import LONGEST_QUESTION, asked, index_query, kind_mark, project_mark

ENOUGH = 20
SHORTEST_PREFIX = 2
_KEY = re.compile(r"([A-Za-z][A-Za-z0-9]{1,9})\s?([-/])\s?([0-9]{1,12})")


@dataclass(frozen=True)
class Question:
    """What somebody typed, understood: `tokens` are folded words, `key` the record it may name (VEN-42)."""

    text: str
    tokens: tuple[str, ...]
    key: str | None
    kind: str | None = None
    project_id: int | None = None

    @property
    def names_a_record(self) -> bool:
        """Whether this can hardly mean anything but one record."""
        return self.key is not None and not self.key.isalnum()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.tokens and self.key is None


@dataclass(frozen=True)
class Answer:
    """Rows in the order they are shown; `is_cut` says that there are more than were looked at."""

    rows: Sequence[Any] = field(default_factory=list)
    is_cut: bool = False


def question_of(text: str, *, kind: str | None = None, project_id: int | None = None) -> Question:
    """Read what was typed, whatever it is."""
    text = clean_line(text)[:LONGEST_QUESTION]
    named = _KEY.fullmatch(text)
    key = "".join(named.groups()).upper() if named else text.upper() if re.fullmatch(r"[A-Za-z]\w{1,9}", text) else None
    return Question(text, tuple(asked(text)), key, kind, project_id)


def best_of(session: Session, actor: Actor, question: Question, *, opened: Opened = ()) -> Answer:
    """The best of the newest matches: the record of that key first, then by rank.

    The key and whole words are asked for first; when that gives little, words that begin so. At most three statements.
    """
    marks = _Marks(_narrowing(question), _mine(session, actor, question))
    found = _candidates(session, actor, question.tokens, (), marks, question)
    named = [row for row in found if row.key and row.key == question.key]
    if named and question.names_a_record:
        return Answer(named)
    if len(found) < ENOUGH:
        whole, begun = _parted(question.tokens)
        found = _candidates(session, actor, whole, begun, marks) if begun else found
    first = {row.document_id for row in named}
    rest = [row for row in ranked(found, question.tokens, opened) if row.document_id not in first]
    return Answer([*named, *rest], is_cut=len(found) >= queries.CANDIDATES)


def newest_of(
    session: Session, actor: Actor, question: Question, *, limit: int, after: str | None, before: str | None
) -> Page:
    """One page of every match, the newest first."""
    whole, begun = _parted(question.tokens)
    marks = [*_narrowing(question), *_mine(session, actor, question)]
    statement, age = queries.documents_with_words(actor, _dialect(session), tokens=whole, prefixes=begun, marks=marks)
    order = [SortKey(age, descending=True)]
    page = page_of(session, statement, order_by=order, limit=limit, after=after, before=before)
    return replace(page, rows=_by_what_is_seen(actor, page.rows, question.tokens))


def _parted(tokens: Sequence[str]) -> tuple[list[str], list[str]]:
    """Words that must stand as they are (too short to be beginnings), and beginnings of words."""
    return (
        [token for token in tokens if len(token) < SHORTEST_PREFIX],
        [token for token in tokens if len(token) >= SHORTEST_PREFIX],
    )


def _candidates(
    session: Session,
    actor: Actor,
    tokens: Sequence[str],
    prefixes: Sequence[str],
    marks: _Marks,
    named: Question | None = None,
) -> list[Any]:
    """The newest matches, and the record that a question may name, newest first."""
    dialect = _dialect(session)
    words = fewer = ""
    if tokens or prefixes:
        words = index_query(dialect, tokens, prefixes, [*marks.asked, *marks.mine])
        fewer = index_query(dialect, tokens, prefixes, marks.asked) if marks.mine else ""
    key, kind, project_id = (named.key, named.kind, named.project_id) if named is not None else (None, None, None)
    wanted = queries.candidates(actor, dialect, words=words, fewer=fewer, key=key, kind=kind, project_id=project_id)
    unique = {row.document_id: row for row in session.execute(*wanted)}
    found = [unique[document_id] for document_id in sorted(unique, reverse=True)]
    return _by_what_is_seen(actor, found, [*tokens, *prefixes])


def _by_what_is_seen(actor: Actor, rows: Sequence[Any], words: Sequence[str]) -> list[Any]:
    """The rows without those that were found by a text that is hidden from the person."""
    closed = closed_books(actor)
    return [row for row in rows if row.kind not in closed or _names(row, words)]


def _names(row: Any, words: Sequence[str]) -> bool:
    """Whether title and key alone have every word, or its beginning."""
    said = asked(f"{row.key or ''} {row.title}")
    return all(any(each.startswith(word) for each in said) for word in words)


class _Marks(NamedTuple):
    """Groups of words of the index, one of each of which a document must have: those asked for, and the person's."""

    asked: Sequence[Sequence[str]]
    mine: Sequence[Sequence[str]]


def _narrowing(question: Question) -> list[list[str]]:
    """Words of the index that narrow it to the kind and the project that are asked for."""
    marks = [[kind_mark(question.kind)]] if question.kind else []
    return marks + ([[project_mark(question.project_id)]] if question.project_id is not None else [])


def _mine(session: Session, actor: Actor, question: Question) -> list[list[str]]:
    """Words of the index that narrow it to the person's projects; visibility does not rest on them."""
    if question.project_id is not None or sees_every_project(actor):
        return []
    mine = session.scalars(queries.projects_marked(actor)).all()
    if len(mine) > queries.MOST_MARKED:
        return []
    return [[project_mark(None), *(project_mark(project_id) for project_id in mine)]]


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
