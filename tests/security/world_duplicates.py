"""Accounts that may be one, told apart and merged, for the walks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from implementor.duplicates.models import DuplicatePair
from implementor.duplicates.sameness import samenesses
from implementor.duplicates.services.merging import merge_pair
from implementor.duplicates.services.pairs import dismiss_pair, pair_up
from implementor.foundation.permissions import Actor, Role
from tests.auth.builders import Person, working
from tests.crm.examples import add_example


def add_duplicates(app: Flask, ids: dict[str, int], person: Person, text: str) -> None:
    """Fill in the ids; the records are this person's."""
    with working(app) as session:
        ids.update(duplicates_in(session, person.actor.with_roles([Role.CRM_ADMIN]), datetime.now(UTC), text))


def duplicates_in(session: Session, by: Actor, at: datetime, text: str) -> dict[str, int]:
    """The ids of an open pair and its records, of a pair told apart, and of a merge."""
    by_at: dict[str, Any] = {"by": by, "at": at}
    waiting, apart, one = (_pair(session, f"Twins {text} {number}", by, at) for number in range(3))
    dismiss_pair(session, apart, reason=f"Told apart {text}", **by_at)
    account = samenesses["account"]
    merge = merge_pair(session, account, one, survivor_id=one.left_id, take={}, versions={}, **by_at)
    session.flush()
    ids = {"pair": waiting.id, "left": waiting.left_id, "right": waiting.right_id, "apart": apart.id}
    return {**ids, "merge": merge.id}


def _pair(session: Session, name: str, by: Actor, at: datetime) -> DuplicatePair:
    one, other = (add_example(session, "account", {"name": name, "city": "Vigo"}, by, at) for _ in range(2))
    return pair_up(session, samenesses["account"], one, other, by=by, at=at)
