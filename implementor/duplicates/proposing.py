"""Writing down who may be the same: after a search of everything, and at once for a record that was just entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, Table, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from implementor.duplicates.match_keys import exact_bearers, portraits_of
from implementor.duplicates.models import OPEN, DuplicatePair
from implementor.duplicates.portraits import Portrait
from implementor.duplicates.sameness import Sameness
from implementor.duplicates.scoring import Score, score_of
from implementor.duplicates.weighed import weighing_of
from implementor.duplicates.weights import SHIPPED, is_own
from implementor.foundation.bulk import write_many

PAIRS: Table = DuplicatePair.__table__  # type: ignore[assignment]  # declared tables are tables
Candidate = tuple[int, int, Score]


def parts_of(score: Score) -> list[Any]:
    """The score field by field, as it is stored: role, level, points."""
    return [[part.role, part.level, part.points] for part in score.parts]


def write_candidates(session: Session, kind: str, candidates: Iterable[Candidate], *, at: datetime) -> int:
    """Write pairs (lower id first) with their scores; what people decided about a pair stays. Returns how many."""
    rows = [
        {
            "kind": kind, "left_id": left, "right_id": right, "score": score.total, "parts": parts_of(score),
            "state": OPEN, "found_at": at,
        }
        for left, right, score in candidates
    ]  # fmt: skip
    write_many(session, _upsert(session), rows)
    return len(rows)


def _upsert(session: Session) -> Insert:
    """Insert a pair, or give an undecided one its new score."""
    dialect = postgresql if session.connection().dialect.name == "postgresql" else sqlite
    new = dialect.insert(PAIRS)
    upsert: Insert = new.on_conflict_do_update(
        index_elements=["kind", "left_id", "right_id"],
        set_={name: new.excluded[name] for name in ("score", "parts", "found_at")},
        where=PAIRS.c.decided_at.is_(None),
    )
    return upsert


def drop_stale(session: Session, kind: str, *, before: datetime) -> None:
    """Take away undecided pairs that the latest search did not find again."""
    stale = delete(PAIRS).where(PAIRS.c.kind == kind, PAIRS.c.state == OPEN, PAIRS.c.found_at < before)
    session.connection().execute(stale)


def propose_for(session: Session, declared: Sameness, portraits: Mapping[int, Portrait], *, at: datetime) -> int:
    """Write the candidates among records that bear one value exactly with these; a few records, such as one entry."""
    met = exact_bearers(session, declared.kind, portraits)
    others = {other for found in met.values() for other in found} - portraits.keys()
    known = {**portraits, **portraits_of(session, declared, others)} if others else dict(portraits)
    pairs = {(min(one, other), max(one, other)) for one, found in met.items() for other in found if one != other}
    weighing = weighing_of(session, declared.kind) if pairs else SHIPPED
    if any(is_own(role) for role in weighing.table):  # which the portraits of an entry do not show
        known = portraits_of(session, declared, known.keys(), roles=weighing.table)
    scored = ((left, right, score_of(known[left], known[right], weighing=weighing)) for left, right in sorted(pairs))
    return write_candidates(session, declared.kind, (each for each in scored if each[2].is_possible), at=at)
