"""What stands in stages: upper packages say how many open records a stage has, and move them elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from implementor.foundation.fields import Field, Kind, entities
from implementor.foundation.permissions import Actor
from implementor.foundation.pipelines import StageWay


@dataclass(frozen=True)
class StageUser:
    """Records of one kind that go through pipelines.

    `counts` returns a Select of (stage id, how many open records stand in it) for these stages; `move` takes
    session, stage id and the id of the stage they go to, and moves all of them as history (so that one undo takes
    them back); it returns how many. `standing` selects the ids of the open records of a stage, and `move_some`
    moves those of these ids that stand in it still, as `move` does, and returns their ids. `arrive` lets the next
    ones of a way after an id, so many, stand where they read as standing, and returns their ids in order; none once
    all do. `kind` is that of the catalogue whose fields a stage may require.
    """

    kind: str
    counts: Callable[[list[int]], Select[int, int]]
    move: Callable[[Session, int, int, Actor, datetime], int]
    standing: Callable[[int], Select[int]]
    move_some: Callable[[Session, Collection[int], int, int, Actor, datetime], list[int]]
    arrive: Callable[[Session, StageWay, int, int], list[int]] = lambda *_about: []


stage_users: dict[str, StageUser] = {}


def uses_stages(user: StageUser) -> None:
    """Make a kind known; called from a package's contributions."""
    stage_users[user.kind] = user


def open_counts(session: Session, stage_ids: Iterable[int]) -> dict[int, int]:
    """Stage id -> how many open records stand in it, of all kinds; stages without any are left out."""
    ids = list(stage_ids)
    found: dict[int, int] = {}
    for user in stage_users.values() if ids else ():
        for stage_id, count in session.execute(user.counts(ids)):
            found[stage_id] = found.get(stage_id, 0) + count
    return found


def fields_on_offer() -> dict[str, Field]:
    """The fields that a stage may require, by name: what people fill in and is not needed anyway."""
    return {
        field.name: field
        for kind in stage_users
        for field in entities[kind].fields.values()
        if field.editable and not field.required and field.kind is not Kind.YES_NO
    }
