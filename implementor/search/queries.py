"""How documents are found: by words or key, newest first, always within what the person may see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    column,
    false,
    func,
    literal,
    or_,
    select,
    table,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from implementor.foundation.model import Asked
from implementor.foundation.permissions import Actor
from implementor.foundation.statements import at_most, kept
from implementor.projects.models import Membership, Project
from implementor.projects.queries import is_visible_to
from implementor.search.index import VECTOR
from implementor.search.models import SearchDocument, Visit
from implementor.search.sources import searched_kinds, source_of
from implementor.search.tokens import NO_WORD, index_query

Rows = Select[*tuple[Any, ...]]

CANDIDATES = 200
"""Ranking looks at the newest matches only: ranking 70,000 costs more than 100 ms on either database."""

NEAR = 20_000
"""So many of the last documents are looked at one by one before an index is asked that knows no order."""
FRESH = 400
"""So many of the last documents that have the words are looked at before the index looks for the person's projects."""
MOST_MARKED = 50
MOST_RECENT = 10
FTS5 = table("search_index", column("rowid"), column("words"))


class Address(NamedTuple):
    """A record as its page's address names it: by its own id, or by a number in a project."""

    kind: str
    project_key: str | None
    number: int
    is_id: bool

    def is_of(self, row: Any) -> bool:
        """Whether a found row is this record."""
        if self.is_id:
            return bool((row.kind, row.id) == (self.kind, self.number))
        project_key = (self.project_key or "").upper()
        return bool((row.kind, row.number, row.project_key) == (self.kind, self.number, project_key))


_COLUMNS = (
    SearchDocument.id.label("document_id"),
    SearchDocument.kind,
    SearchDocument.record_id.label("id"),
    SearchDocument.title,
    SearchDocument.key,
    SearchDocument.number,
    SearchDocument.updated_at,
    SearchDocument.project_id,
    Project.key.label("project_key"),
    Project.name.label("project_name"),
)


def documents_visible_to(actor: Actor) -> Rows:
    """Documents the actor may find: rows (document_id, kind, id, title, key, number, updated_at, project_key, ...)."""
    return _documents_visible_to(actor, _sources())


def _sources() -> Sequence[tuple[str, Any]]:
    return tuple((kind, source_of(kind)) for kind in searched_kinds())


@kept
def _documents_visible_to(actor: Actor, sources: Sequence[tuple[str, Any]]) -> Rows:
    inside = and_(SearchDocument.project_id.is_not(None), is_visible_to(actor), *_closed_inside(actor, sources))
    outside = and_(SearchDocument.project_id.is_(None), _visible_outside(actor, sources))
    return (
        select(*_COLUMNS)
        .join(Project, Project.id == SearchDocument.project_id, isouter=True)
        .where(or_(inside, outside))
    )


def documents_with_words(
    actor: Actor, dialect: str, *, tokens: Sequence[str], prefixes: Sequence[str], marks: Sequence[Sequence[str]]
) -> tuple[Rows, ColumnElement[Any]]:
    """Documents with every token, a word for every prefix and one of each group of marks; and the column of age."""
    if not tokens and not prefixes:
        return documents_visible_to(actor).where(false()), SearchDocument.id.expression
    return _with_words(actor, dialect, literal(index_query(dialect, tokens, prefixes, marks)))


def _with_words(actor: Actor, dialect: str, asked: ColumnElement[str]) -> tuple[Rows, ColumnElement[Any]]:
    """Documents that a query of the index finds, and the column of age."""
    statement = documents_visible_to(actor)
    if dialect == "sqlite":
        found = statement.join(FTS5, FTS5.c.rowid == SearchDocument.id).where(FTS5.c.words.op("MATCH")(asked))
        return found, FTS5.c.rowid
    vector: ColumnElement[Any] = column(VECTOR, TSVECTOR)
    return statement.where(vector.op("@@")(cast(asked, TSQUERY))), SearchDocument.id.expression


def candidates(
    actor: Actor, dialect: str, *, words: str, fewer: str = "", key: str | None, kind: str | None = None,
    project_id: int | None = None,
) -> Asked:  # fmt: skip
    """The newest documents that a query of the index finds (none for an empty one), in any order.

    `fewer` is the same query without the words for what the person may see, where it has such. Documents of exactly
    this key, such as VEN-42, of this kind and project where given, come with them; a row may come twice.
    """
    values = {"words": words, "fewer": fewer, "key": (key or "").upper()}
    asked = (bool(words), bool(fewer) and dialect == "sqlite", key is not None)
    return _candidates(actor, _sources(), dialect, *asked, kind, project_id), values


@kept
def _candidates(
    actor: Actor,
    sources: Sequence[tuple[str, Any]],
    dialect: str,
    has_words: bool,
    has_fewer: bool,
    has_key: bool,
    kind: str | None,
    project_id: int | None,
) -> Any:
    visible = _documents_visible_to(actor, sources)
    newest = visible.where(false())
    if has_words:
        asked = bindparam("words", type_=String())
        newest = (
            _freshest(actor, visible, asked) if has_fewer else _newest(*_with_words(actor, dialect, asked), dialect)
        )
    if not has_key:
        return newest
    named = visible.where(SearchDocument.key == bindparam("key"))
    if kind is not None:
        named = named.where(SearchDocument.kind == kind)
    if project_id is not None:
        named = named.where(SearchDocument.project_id == project_id)
    return union_all(select(newest.subquery()), select(named.limit(at_most(MOST_RECENT)).subquery()))


def _newest(found: Rows, age: ColumnElement[Any], dialect: str) -> Any:
    """The newest of what was found.

    The index of PostgreSQL knows no order: common words are met among the last documents at once, rare ones are all
    fetched and then ordered. Left alone, it walks through all documents after a name that only old ones hold.
    """
    most = at_most(CANDIDATES)
    if dialect == "sqlite":
        return _first(found.order_by(age.desc()), CANDIDATES)
    last = select(func.max(SearchDocument.id)).scalar_subquery()
    near = found.where(age > last - NEAR).order_by(age.desc()).limit(most).cte("near")
    is_short = select(func.count()).select_from(near).scalar_subquery() < CANDIDATES
    far = found.where(is_short).order_by((age + 0).desc()).limit(most)
    return select(union_all(select(near), select(far.subquery())).subquery())


def _first(found: Rows, count: int) -> Rows:
    """At most so many rows; that none are passed over is written into the statement too, else SQLite plans it anew."""
    return found.limit(at_most(count)).offset(at_most(0))


def _freshest(actor: Actor, visible: Rows, words: ColumnElement[str]) -> Any:
    """The newest of what was found, first sought among the last documents that have the words, whoever may see them.

    That is most often all that is wanted. The index of SQLite passes every document of the person's projects, and of
    none, that is newer than the last one with the words: 6 ms among five million. Asked for a word that is nowhere it
    does nothing, which a condition beside it would not achieve.
    """
    fewer = FTS5.c.words.op("MATCH")(bindparam("fewer", type_=String()))
    fresh = _first(select(FTS5.c.rowid).where(fewer).order_by(FTS5.c.rowid.desc()), FRESH).cte("fresh")
    # they come in the order of `fresh`; to ask for it would read the texts of all of them
    near = _first(visible.join(fresh, fresh.c.rowid == SearchDocument.id), CANDIDATES).cte("near")
    is_short = select(func.count()).select_from(near).scalar_subquery() < CANDIDATES
    has_more = select(func.count()).select_from(fresh).scalar_subquery() == FRESH
    found, age = _with_words(actor, "sqlite", case((and_(is_short, has_more), words), else_=NO_WORD))
    far = _first(found.order_by(age.desc()), CANDIDATES)
    return select(union_all(select(near), select(far.subquery())).subquery())


def bodies_of(document_ids: Collection[int]) -> Rows:
    """The texts of these documents, as rows (id, body)."""
    return select(SearchDocument.id, SearchDocument.body).where(SearchDocument.id.in_(list(document_ids)))


def recent_documents(actor: Actor) -> Rows:
    """What the actor opened last and may still see, the latest first."""
    seen = and_(Visit.kind == SearchDocument.kind, Visit.record_id == SearchDocument.record_id)
    return (
        documents_visible_to(actor)
        .join(Visit, seen)
        .where(Visit.user_id == actor.user_id)
        .order_by(Visit.at.desc(), SearchDocument.id.desc())
        .limit(MOST_RECENT)
    )


def documents_at(actor: Actor, addresses: Collection[Address]) -> Rows:
    """Documents of the records at these addresses, as far as the actor may see them."""
    return documents_visible_to(actor).where(or_(false(), *(_is_at(address) for address in addresses)))


def _is_at(address: Address) -> ColumnElement[bool]:
    if address.is_id:
        return and_(SearchDocument.kind == address.kind, SearchDocument.record_id == address.number)
    named = and_(SearchDocument.kind == address.kind, SearchDocument.number == address.number)
    return and_(named, Project.key == (address.project_key or "").upper())


@kept
def projects_marked(actor: Actor) -> Select[int]:
    """Ids of the projects a person is in, as far as they are worth naming to the index (see `tokens.project_mark`)."""
    return (
        select(Membership.project_id)
        .where(Membership.user_id == actor.user_id, Membership.removed_at.is_(None))
        .distinct()
        .limit(MOST_MARKED + 1)
    )


def records_by_number(project_key: str, kind: str, number: int) -> Select[int]:
    """The id of a record named by its number, as an address does."""
    return (
        select(SearchDocument.record_id)
        .join(Project, Project.id == SearchDocument.project_id)
        .where(Project.key == project_key, SearchDocument.kind == kind, SearchDocument.number == number)
    )


def _closed_inside(actor: Actor, sources: Sequence[tuple[str, Any]]) -> list[ColumnElement[bool]]:
    """What keeps documents of kinds that not everybody in a project may see from those who may not."""
    return [
        or_(SearchDocument.kind != kind, SearchDocument.project_id.in_(source.of_projects(actor)))
        for kind, source in sources
        if source is not None and source.of_projects is not None
    ]


def _visible_outside(actor: Actor, sources: Sequence[tuple[str, Any]]) -> ColumnElement[bool]:
    """Documents outside projects: whole kinds, and of others the records that the kind shows to the actor."""
    whole: list[str] = []
    parts: list[ColumnElement[bool]] = []
    for kind, source in sources:
        if source is None or source.may_find is None or not actor.may(source.may_find):
            continue
        ids = source.visible_ids(actor)
        if ids is None:
            whole.append(kind)
        else:
            parts.append(and_(SearchDocument.kind == kind, SearchDocument.record_id.in_(ids)))
    return or_(SearchDocument.kind.in_(whole), *parts)
