"""Taking a release back: what would go back and how, what speaks against it, and doing it by a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from implementor.configuration.queries import locked_number
from implementor.configuration.rereading import Tables
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.events import publish
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordRef
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say
from implementor.governance.place import Here
from implementor.governance.services.decisions import record_decision
from implementor.history.note import note_of
from implementor.history.services import noting, present_action_id
from implementor.releases import release_queries as queries
from implementor.releases.drift import has_drifted, is_reached, plain
from implementor.releases.events import ReleaseTakenBack
from implementor.releases.item_kinds import Image, ItemKind, Operation, RowChange, item_kinds
from implementor.releases.item_models import ROLLED_BACK, ConfigItem
from implementor.releases.release_models import ConfigRelease, ReleaseOperation
from implementor.releases.release_trial import undone
from implementor.releases.row_moving import ask_for_moves, send_back
from implementor.stories.models import Story
from implementor.stories.statuses import RELEASED
from implementor.waves.models import Wave
from implementor.waves.restoring import return_to_building

LONGEST_REASON = 2000
RETURN = "release.roll_back"


class CannotReturn(Refusal):
    """The release stays; the sentence says what comes first."""


@dataclass(frozen=True)
class Reversal:
    """One operation on its way back. `live` is its setting now, which should be what the release made of it."""

    row: ReleaseOperation
    item: ConfigItem
    story: Story
    kind: ItemKind | None
    live: Image | None

    @property
    def operation(self) -> Operation:
        """The operation as it was applied."""
        row = self.row
        verb: object = row.verb
        return Operation(row.kind, verb, row.uid, row.before, row.after, row.answers)  # type: ignore[arg-type]  # kept

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to take back: it changed nothing, or is already as it was."""
        return plain(self.row.before) == plain(self.row.after) or (
            is_reached(self.live, self.row.before) and not self.row.row_count
        )

    @property
    def has_drifted(self) -> bool:
        """Whether somebody changed the setting since the release."""
        return not self.is_idle and has_drifted(self.row.after, self.live)

    @property
    def is_one_way(self) -> bool:
        return self.row.way_back == "one_way"


@dataclass(frozen=True)
class Return:
    """What taking a release back means: its operations in the opposite order, and later releases that come first."""

    release: ConfigRelease
    reversals: tuple[Reversal, ...]
    later: tuple[int, ...]

    @property
    def drifted(self) -> tuple[Reversal, ...]:
        return tuple(one for one in self.reversals if one.has_drifted)

    @property
    def one_way(self) -> tuple[Reversal, ...]:
        return tuple(one for one in self.reversals if one.is_one_way)

    @property
    def unknown(self) -> tuple[Reversal, ...]:
        return tuple(one for one in self.reversals if one.kind is None)


def return_of(session: Session, release: ConfigRelease) -> Return:
    """What taking the release back would mean now."""
    rows = session.execute(queries.operations_of(release_id=release.id)).all()
    uids = [row.ReleaseOperation.uid for row in rows]
    later = session.scalars(queries.later_on_same(release_id=release.id, number=release.number, uids=uids)).all()
    seen: dict[str, Image | None] = {}
    reversals = []
    for row in reversed(rows):
        operation: ReleaseOperation = row.ReleaseOperation
        kind = item_kinds.get(operation.kind)
        if operation.uid not in seen:
            seen[operation.uid] = kind.live(session, operation.uid) if kind is not None else None
        reversals.append(Reversal(operation, row.ConfigItem, row.Story, kind, seen[operation.uid]))
        # an earlier operation on the same setting meets what this one leaves
        seen[operation.uid] = operation.before
    return Return(release, tuple(reversals), tuple(later))


def roll_back(
    session: Session, release: ConfigRelease, wave: Wave, *, reason: str, signed: bool, overwriting: bool, by: Actor,
    at: datetime,
) -> ConfigRelease:  # fmt: skip
    """Take a release back by a decision: settings and untouched records as before, its stories to be released again.

    `signed` is the sign-off that what goes only one way is lost; `overwriting` sets back even what others changed
    since. Values that people entered stay. Raises CannotReturn, or InvalidInput without a reason.
    """
    session.flush()
    session.execute(locked_number())
    session.refresh(release)
    text = clean(reason).strip()
    if not text or len(text) > LONGEST_REASON:
        raise InvalidInput({"reason": say("Say in a sentence why it is rolled back.")})
    planned = return_of(session, release)
    _refuse(planned, signed=signed, overwriting=overwriting)
    note = note_of(session)
    summary = say("Rolled release %(number)s of %(wave)s back", number=release.number, wave=wave.name)
    with noting(
        session, by=by, at=at, source=note.source, project_id=release.project_id, verb=RETURN, summary=summary,
        request_id=note.request_id,
    ):  # fmt: skip
        tables = Tables(session)
        for one in planned.reversals:
            _take_back(session, one, tables, by, at)
        ask_for_moves(session, release, by=by, at=at)
        _decide(session, release, wave, text, by, at)
        _return_stories(session, planned, wave, by, at)
        release.returned_action_id = present_action_id(session)
        session.flush()
        publish(session, ReleaseTakenBack(release, by, at))
    return release


def _refuse(planned: Return, *, signed: bool, overwriting: bool) -> None:
    release = planned.release
    if not release.stands:
        raise CannotReturn(say("Release %(number)s was rolled back already.", number=release.number))
    if planned.later:
        numbers = ", ".join(str(number) for number in planned.later)
        raise CannotReturn(
            say("Later releases changed the same settings. Roll these back first: %(numbers)s.", numbers=numbers)
        )
    if planned.unknown:
        raise CannotReturn(_naming(say("This program does not know settings of this kind."), planned.unknown))
    if planned.one_way and not signed:
        raise CannotReturn(_naming(say("This does not come back by itself; sign that you know."), planned.one_way))
    if planned.drifted and not overwriting:
        raise CannotReturn(
            _naming(say("Somebody changed this since; say that it is set back all the same."), planned.drifted)
        )


def _naming(why: Phrase, reversals: Sequence[Reversal]) -> Phrase:
    names = ", ".join(f"“{one.item.label}”" for one in reversals)
    return say("%(why)s %(names)s", why=why, names=names)


def _take_back(session: Session, one: Reversal, tables: Tables, by: Actor, at: datetime) -> None:
    back: Sequence[RowChange] = ()
    if not one.is_idle and one.kind is not None:
        rows = () if send_back(session, one.row, at=at) else _moved_by(session, one.row)
        try:
            back = undone(session, one.kind, one.operation, rows, by=by, at=at, tables=tables)
        except Refusal as refusal:
            told = say("The way back stopped at “%(item)s”: %(why)s", item=one.item.label, why=refusal.reason)
            raise CannotReturn(told) from refusal
    one.row.returned_at, one.row.returned_count = at, len(back)
    one.item.state = ROLLED_BACK


def _moved_by(session: Session, operation: ReleaseOperation) -> list[RowChange]:
    return [
        RowChange(row.kind, row.record_id, row.field, row.held["before"], row.held["after"])
        for row in session.scalars(queries.rows_of_operation(operation_id=operation.id))
    ]


def _decide(session: Session, release: ConfigRelease, wave: Wave, reason: str, by: Actor, at: datetime) -> None:
    question = say("Roll release %(number)s of %(wave)s back?", number=release.number, wave=wave.name)
    decision = record_decision(
        session, Here(release.project_id), question=str(question), outcome=str(say("Rolled back")), reason=reason,
        by=by, at=at, affects=[RecordRef("wave", wave.id)],
    )  # fmt: skip
    session.flush()
    release.rolled_back_at, release.rolled_back_by_id, release.decision_id = at, by.user_id, decision.id
    session.flush()


def _return_stories(session: Session, planned: Return, wave: Wave, by: Actor, at: datetime) -> None:
    """The wave is built again once none of its releases stands; else the stories alone wait for the next one."""
    if session.scalars(queries.standing_of_wave(wave_id=wave.id)).first() is None:
        return_to_building(session, wave, by=by, at=at)
        return
    for story in {one.story.id: one.story for one in planned.reversals}.values():
        stands = session.scalars(queries.standing_of_story(story_id=story.id)).first() is not None
        if story.status in RELEASED and not stands:
            story.status = "validated"
    session.flush()
