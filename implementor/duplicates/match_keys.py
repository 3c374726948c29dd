"""Keys by which records are recognised at once: made of portraits, kept current, looked up on entry and import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from sqlalchemy import Table, delete, insert
from sqlalchemy.orm import Session

from implementor.duplicates import queries
from implementor.duplicates.models import MatchKey
from implementor.duplicates.own_roles import sources_with
from implementor.duplicates.portraits import Portrait, portrait_of, texts_of_row
from implementor.duplicates.sameness import Sameness, Source, samenesses
from implementor.duplicates.scoring import identifies
from implementor.foundation.bulk import write_many
from implementor.foundation.model import Rows

KEYS: Table = MatchKey.__table__  # type: ignore[assignment]  # declared tables are tables
ALONE = ("tax_id", "email", "phone")
TOGETHER = (("name", "company"), ("name", "postcode"), ("name", "born"))
OF_COMPANIES = ("company", "domain")
MOST_BEARERS = 20
"""A value that more records bear says nothing about any of them."""
AT_ONCE = 500

Key = tuple[str, str]


@dataclass(frozen=True)
class ExactMatch:
    """A record that bears exactly the same values; `roles` names them, such as `email` or `name+company`."""

    record_id: int
    roles: tuple[str, ...]
    is_certain: bool
    """Whether it may be taken for the same without asking: never by a telephone, a desk's mailbox or a name."""


def keys_of(portrait: Portrait) -> Iterator[Key]:
    """The (role, value) keys of a record."""
    for role in ALONE:
        for value in portrait.get(role, ()):
            yield role, value
    for one, other in TOGETHER:
        for values in product(portrait.get(one, ()), portrait.get(other, ())):
            yield f"{one}+{other}", "|".join(values)
    if "name" not in portrait:  # the company of a person is not that person
        for role in OF_COMPANIES:
            for value in portrait.get(role, ()):
                yield role, value


# --- keeping them current ---------------------------------------------------------------------------------------------


def portraits_of(
    session: Session, declared: Sameness, ids: Collection[int], *, roles: Iterable[str] = ()
) -> dict[int, Portrait]:
    """The portraits of these records, one statement for each source; with fields of one's own that `roles` name."""
    sources = sources_with(declared, roles)
    return _portraits(session, ids, ((one, queries.texts_of_source(one, ids)) for one in sources))


def _portraits(
    session: Session, ids: Collection[int], statements: Iterable[tuple[Source, Rows]]
) -> dict[int, Portrait]:
    texts: dict[int, list[tuple[str, str | None]]] = {one: [] for one in ids}
    for source, statement in statements:
        for row in session.connection().execute(statement).all():
            held = texts.get(row[0])
            if held is not None:
                held.extend(texts_of_row(source.shape, row))
    return {one: portrait_of(found) for one, found in texts.items()}


def refresh_keys(session: Session, kind: str, ids: Collection[int]) -> dict[int, Portrait]:
    """Write the keys of these records anew from what the tables say; records put away or merged bear none.

    For bulk writes, which tell nobody; what goes through the session is kept current by itself. Returns the portraits
    of those in use.
    """
    declared, wanted = samenesses[kind], sorted(set(ids))
    found: dict[int, Portrait] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        living = session.connection().execute(queries.ids_in_use(declared, part)).scalars().all()
        forget_keys(session, kind, part)
        portraits = portraits_of(session, declared, living) if living else {}
        write_keys(session, kind, portraits.items())
        found |= portraits
    return found


def write_keys(session: Session, kind: str, portraits: Iterable[tuple[int, Portrait]]) -> None:
    """Write the keys of records that have none yet, such as those an import just made."""
    rows = [
        {"kind": kind, "role": role, "value": value, "record_id": record_id}
        for record_id, portrait in portraits
        for role, value in keys_of(portrait)
    ]
    write_many(session, insert(KEYS), rows)


def forget_keys(session: Session, kind: str, ids: Collection[int]) -> None:
    """Take the keys of records away."""
    session.connection().execute(delete(KEYS).where(KEYS.c.kind == kind, KEYS.c.record_id.in_(list(ids))))


# --- looking up -------------------------------------------------------------------------------------------------------


def exact_matches(
    session: Session, kind: str, values: Iterable[tuple[str, str | None]], *, but: int | None = None
) -> list[ExactMatch]:
    """Records in use that bear exactly one of these (role, text) values; `but` leaves a record itself out.

    One statement. The caller resolves the ids inside the reader's visibility before anything of them is shown.
    """
    return [match for match in exact_matches_of_rows(session, kind, [values])[0] if match.record_id != but]


def exact_matches_of_rows(
    session: Session, kind: str, rows: Sequence[Iterable[tuple[str, str | None]]]
) -> list[list[ExactMatch]]:
    """The same for many rows, such as a batch of an import: the matches of each, certain ones first."""
    keys = [list(dict.fromkeys(keys_of(portrait_of(row)))) for row in rows]
    bearers = _bearers(session, kind, {key for each in keys for key in each})
    return [_matches(each, bearers) for each in keys]


def exact_bearers(session: Session, kind: str, portraits: Mapping[int, Portrait]) -> dict[int, set[int]]:
    """Who bears a value exactly with each of these records, the record itself left out."""
    keys = {one: set(keys_of(portrait)) for one, portrait in portraits.items()}
    bearers = _bearers(session, kind, {key for each in keys.values() for key in each})
    return {one: {other for key in each for other in bearers.get(key, ())} - {one} for one, each in keys.items()}


def _bearers(session: Session, kind: str, keys: Collection[Key]) -> Mapping[Key, Sequence[int]]:
    found: dict[Key, list[int]] = defaultdict(list)
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        for key, record_id in _rows_of_keys(session, kind, ordered[start : start + AT_ONCE]):
            found[key].append(record_id)
    return {key: ids for key, ids in found.items() if len(ids) <= MOST_BEARERS}


def _rows_of_keys(session: Session, kind: str, keys: Sequence[Key]) -> Iterator[tuple[Key, int]]:
    """(key, record) of every bearer; a value that very many bear must not crowd out the others."""
    limit = (MOST_BEARERS + 1) * len(keys)
    rows = session.execute(queries.bearing_keys(kind, keys, limit=limit)).all() if keys else []
    if len(rows) == limit and len(keys) > 1:
        for key in keys:
            yield from _rows_of_keys(session, kind, [key])
    else:
        wanted = set(keys)
        for role, value, record_id in rows:
            if (role, value) in wanted:
                yield (role, value), record_id


def _matches(keys: Sequence[Key], bearers: Mapping[Key, Sequence[int]]) -> list[ExactMatch]:
    borne: dict[int, list[Key]] = defaultdict(list)
    for key in keys:
        for record_id in bearers.get(key, ()):
            borne[record_id].append(key)
    matches = [
        ExactMatch(
            record_id, tuple(dict.fromkeys(role for role, _value in found)), any(identifies(*key) for key in found)
        )
        for record_id, found in borne.items()
    ]
    return sorted(matches, key=lambda one: (not one.is_certain, -len(one.roles), one.record_id))
