"""Candidate pairs: asking for a search, putting two records side by side, saying that two are not one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from implementor.duplicates import queries
from implementor.duplicates.match_keys import portraits_of
from implementor.duplicates.models import DISMISSED, MERGED, OPEN, DuplicatePair
from implementor.duplicates.proposing import parts_of
from implementor.duplicates.sameness import Sameness
from implementor.duplicates.scoring import score_of
from implementor.duplicates.weighed import weighing_of
from implementor.duplicates.weights import SMALL_BASE
from implementor.foundation.errors import InvalidInput, NotFound, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean_line
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.jobs.models import WAITING, Job
from implementor.jobs.services import enqueue

LONGEST_REASON = 500


class AlreadyDecided(Refusal):
    """Somebody merged or dismissed the pair before."""


class SameRecord(Refusal):
    """A record cannot be compared with itself."""


class ScanIsUnderWay(Refusal):
    """One search of a kind at a time."""


def ask_for_scan(session: Session, declared: Sameness, *, by: Actor, at: datetime) -> Job:
    """Search all records of a kind in the background. Raises ScanIsUnderWay."""
    latest = session.scalars(queries.latest_scan(declared.kind)).one_or_none()
    if latest is not None and not latest.is_over:
        raise ScanIsUnderWay(say("These records are being searched already. Wait until that has ended."))
    return _ask(session, declared, by=by, at=at)


def ask_again(session: Session, declared: Sameness, *, by: Actor, at: datetime) -> None:
    """Search once more because records are weighed otherwise now; a search that has not begun will do that anyway."""
    latest = session.scalars(queries.latest_scan(declared.kind)).one_or_none()
    if latest is None or latest.state != WAITING:
        _ask(session, declared, by=by, at=at)


def _ask(session: Session, declared: Sameness, *, by: Actor, at: datetime) -> Job:
    title = say("Search %(records)s for duplicates", records=declared.entity.label_plural)
    return enqueue(session, "duplicates.scan", arguments={"kind": declared.kind}, title=title, by=by, at=at)


def pair_up(session: Session, declared: Sameness, one: int, other: int, *, by: Actor, at: datetime) -> DuplicatePair:
    """Put two records side by side that somebody holds for one; the pair they are in already, if there is one.

    Raises SameRecord, and NotFound for what the actor does not see.
    """
    if one == other:
        raise SameRecord(say("This is one and the same record. Choose another one to compare it with."))
    require_seen(session, declared, one, other, by=by)
    known = session.scalars(queries.pair_of(declared.kind, one, other)).one_or_none()
    weighing = weighing_of(session, declared.kind)
    portraits = portraits_of(session, declared, (one, other), roles=weighing.table)
    count = session.scalar(queries.sample_in_use(declared, limit=SMALL_BASE + 1)) or 0
    score = score_of(portraits[one], portraits[other], is_small_base=count <= SMALL_BASE, weighing=weighing)
    if known is None:
        low, high = sorted((one, other))
        known = DuplicatePair(kind=declared.kind, left_id=low, right_id=high, state=OPEN)
        session.add(known)
    known.score, known.parts, known.found_at = score.total, parts_of(score), at
    name_action(session, say("Compared two records"), verb="duplicate.compare")
    session.flush()  # the answer leads to the pair's page
    return known


def require_seen(
    session: Session, declared: Sameness, one: int, other: int, *, by: Actor, to_edit: bool = False
) -> None:
    """Raises NotFound unless the actor sees both records (or may change both)."""
    wanted = queries.seen_ids(declared, (one, other), actor=by, to_edit=to_edit)
    if len(session.scalars(wanted).all()) < len({one, other}):
        raise NotFound(declared.kind)


def held(session: Session, pair: DuplicatePair) -> DuplicatePair:
    """The pair as it stands now, which nobody else can decide about before this ends. Raises AlreadyDecided."""
    found = session.scalars(queries.pair_locked(pair.id)).one_or_none()
    if found is None:  # a merge at the same moment gave its place to the pair of the survivor
        raise AlreadyDecided(say("Somebody has decided about these two already."))
    return found


def dismiss_pair(session: Session, pair: DuplicatePair, *, reason: str, by: Actor, at: datetime) -> None:
    """Say that two records are not one; no search proposes them again. Raises AlreadyDecided, InvalidInput."""
    if held(session, pair).state != OPEN:
        raise AlreadyDecided(say("Somebody has decided about these two already."))
    reason = clean_line(reason)
    if not reason or len(reason) > LONGEST_REASON:
        wanted = say("Say in up to %(longest)s characters why they are two.", longest=LONGEST_REASON)
        raise InvalidInput({"reason": wanted})
    pair.state, pair.reason = DISMISSED, reason
    pair.decided_at, pair.decided_by_id = at, by.user_id
    name_action(session, say("Told two records apart"), verb="duplicate.dismiss")


def reopen_pair(session: Session, pair: DuplicatePair) -> None:
    """Let two records be candidates again."""
    if held(session, pair).state == MERGED:
        raise AlreadyDecided(say("These two were merged. Take the merge apart instead."))
    pair.state, pair.reason = OPEN, None
    pair.decided_at = pair.decided_by_id = None
    name_action(session, say("Put two records up for comparison again"), verb="duplicate.reopen")


def hand_over_pairs(session: Session, declared: Sameness, *, loser_id: int, survivor_id: int) -> None:
    """Let the survivor stand in the loser's undecided pairs, so that the rest of a group can be merged with it."""
    for pair in session.scalars(queries.open_pairs_with(declared.kind, loser_id)).all():
        other = pair.right_id if pair.left_id == loser_id else pair.left_id
        taken = other == survivor_id or session.scalar(queries.pair_of(declared.kind, survivor_id, other))
        if taken:
            session.delete(pair)
            session.flush()
        else:
            pair.left_id, pair.right_id = sorted((survivor_id, other))
