"""What can happen to a release: its findings answered or let be, its drift decided, and its going live at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from implementor.configuration.queries import locked_number
from implementor.configuration.rereading import Tables
from implementor.configuration.snapshots import load
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.events import publish
from implementor.foundation.live import living
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean
from implementor.foundation.words import Speech, say
from implementor.history.models import Action
from implementor.history.note import note_of
from implementor.history.services import noting, present_action_id
from implementor.releases import item_services
from implementor.releases import release_queries as queries
from implementor.releases.drift import CHOICES, plain
from implementor.releases.events import ReleaseApplied
from implementor.releases.item_models import LIVE
from implementor.releases.pilot_telling import told_of_pilots
from implementor.releases.release_models import ConfigRelease, DriftChoice, ReleaseOperation, ReleaseRow, ReleaseWaiver
from implementor.releases.release_notes import notes_in
from implementor.releases.release_plan import Plan, Said, Step
from implementor.releases.release_planning import plan_of, waivers_of
from implementor.releases.release_trial import Done, carried_out
from implementor.releases.row_moving import MOST_AT_ONCE, ask_for_moves, follow_later
from implementor.waves.models import Wave

LONGEST_REASON = 2000
APPLY, WITH_WAVE = "release.apply", "wave.go_live"


class NothingToSay(Refusal):
    """What somebody answered is not asked, or no longer."""


class NothingToRelease(Refusal):
    """The wave carries no settings that are not live."""


# --- before -----------------------------------------------------------------------------------------------------------


def answer(session: Session, step: Step, said: Said, choice: str, *, by: Actor, at: datetime) -> None:
    """Answer what a dry run asked, such as which word takes the place of one. Raises InvalidInput."""
    if choice not in {key for key, _ in said.finding.choices}:
        raise InvalidInput({"choice": say("Choose one of the answers.")})
    item_services.answer(session, step.item, {said.finding.code: choice}, by=by, at=at)
    session.flush()


def waive(session: Session, step: Step, said: Said, *, reason: str, by: Actor, at: datetime) -> ReleaseWaiver:
    """Let a finding be, for a reason, as long as it is about no more records than now. Raises InvalidInput."""
    if not said.may_be_waived:
        raise NothingToSay(say("This finding is not let be: it is settled, or it would not work."))
    text = clean(reason).strip()
    if not text or len(text) > LONGEST_REASON:
        raise InvalidInput({"reason": say("Say in a sentence why it may go live like this.")})
    for known in session.scalars(queries.waivers_in_force(item_ids=[step.item.id])):
        if known.code == said.finding.code:
            known.withdrawn_at, known.withdrawn_by_id = at, by.user_id
    session.flush()
    waiver = ReleaseWaiver(
        project_id=step.item.project_id, item_id=step.item.id, code=said.finding.code, reason=text,
        count=said.finding.count, at=at, by_id=by.user_id,
    )  # fmt: skip
    session.add(waiver)
    session.flush()
    return waiver


def withdraw_waiver(session: Session, waiver: ReleaseWaiver, *, by: Actor, at: datetime) -> None:
    """Let the finding block again."""
    waiver.withdrawn_at, waiver.withdrawn_by_id = at, by.user_id
    session.flush()


def settle_drift(session: Session, step: Step, choice: str, *, by: Actor, at: datetime) -> None:
    """Say what becomes of an item whose setting was changed since. Raises InvalidInput, NothingToSay."""
    if choice not in CHOICES:
        raise InvalidInput({"choice": say("Choose one of the answers.")})
    if step.drift is None:
        raise NothingToSay(say("%(item)s is as it was when the item was written.", item=step.item.label))
    session.add(
        DriftChoice(
            project_id=step.item.project_id, item_id=step.item.id, choice=choice, live=plain(step.drift.live), at=at,
            by_id=by.user_id,
        )
    )  # fmt: skip
    session.flush()


# --- going live -------------------------------------------------------------------------------------------------------


def release_wave(
    session: Session, wave: Wave, *, speeches: Sequence[Speech], by: Actor, at: datetime, most: int = MOST_AT_ONCE
) -> ConfigRelease | None:
    """Make the settings of the wave's validated stories live, all of them or none; None where there are none.

    A setting that moves more than `most` records lets a job move them; until then they read as if they had moved.
    Whoever comes second waits here and then meets what the first one left. Raises NotClean naming the item.
    """
    session.flush()
    session.execute(locked_number())
    plan = plan_of(session, wave)
    if not plan.todo:
        return None
    waivers = waivers_of(session, plan)
    summary = say("Release %(number)s of %(wave)s", number=plan.number, wave=wave.name)
    note = note_of(session)
    with noting(
        session, by=by, at=at, source=note.source, project_id=wave.project_id, verb=APPLY, summary=summary,
        request_id=note.request_id,
    ):  # fmt: skip
        release = _began(session, wave, plan, by, at)
        tables = Tables(session)
        done = [
            carried_out(session, step, waivers.get(step.item.id, {}), by=by, at=at, most=most, tables=tables)
            for step in plan.todo
        ]
        _keep(session, release, done)
        ask_for_moves(session, release, by=by, at=at)
        tried = told_of_pilots(session, wave_id=wave.id)
        with living(load(session, tables)):
            for speech in speeches:
                setattr(release, f"notes_{speech.language}", notes_in(speech, release, wave, done, tried))
        release.action_id = present_action_id(session)
        release.configuration_number = session.scalar(queries.configuration_number()) or 0
        session.flush()
        publish(session, ReleaseApplied(release, by, at))
    return release


def name_closing(session: Session) -> None:
    """Let the piece of history that closes a wave with settings be taken back by the way back of its release alone."""
    note = note_of(session)
    note.verb = WITH_WAVE
    if note.action_id is not None:
        named = update(Action).where(Action.id == note.action_id).values(verb=WITH_WAVE)
        session.execute(named, execution_options={"synchronize_session": False})


def release_later(
    session: Session, wave: Wave, *, speeches: Sequence[Speech], by: Actor, at: datetime
) -> ConfigRelease:
    """Bring what came to a live wave after its release. Raises NotClean, or NothingToRelease."""
    if not wave.is_closed or wave.is_archived:
        raise NothingToRelease(say("The settings of a wave that is being built go live when it is closed."))
    release = release_wave(session, wave, speeches=speeches, by=by, at=at)
    if release is None:
        raise NothingToRelease(say("%(wave)s carries no settings that are not live.", wave=wave.name))
    return release


def _began(session: Session, wave: Wave, plan: Plan, by: Actor, at: datetime) -> ConfigRelease:
    release = ConfigRelease(
        number=plan.number, project_id=wave.project_id, wave_id=wave.id, applied_at=at, applied_by_id=by.user_id,
        configuration_number=plan.configuration_number, operation_count=len(plan.todo),
    )  # fmt: skip
    session.add(release)
    session.flush()
    return release


def _keep(session: Session, release: ConfigRelease, done: Sequence[Done]) -> None:
    """Write down what was carried out, and that the items and their stories are live."""
    for position, one in enumerate(done, start=1):
        operation = _operation(release, position, one)
        session.add(operation)
        session.flush()
        rows = [
            {"project_id": release.project_id, "operation_id": operation.id, "kind": row.kind,
             "record_id": row.record_id, "field": row.field, "held": {"before": row.before, "after": row.after}}
            for row in one.rows
        ]  # fmt: skip
        if rows:
            session.execute(insert(ReleaseRow), rows)
        follow_later(session, release, operation, one.later)
        one.step.item.state, one.step.item.release_number = LIVE, release.number
        if one.step.story.status == "validated":
            one.step.story.status = "live"
    release.row_count = sum(len(one.rows) for one in done)


def _operation(release: ConfigRelease, position: int, done: Done) -> ReleaseOperation:
    step = done.step
    return ReleaseOperation(
        project_id=release.project_id, release_id=release.id, position=position, item_id=step.item.id,
        story_id=step.story.id, kind=step.operation.kind, verb=step.operation.verb, uid=step.operation.uid,
        before=plain(step.operation.before), after=plain(done.after), answers=dict(step.operation.answers),
        way_back=step.way_back, row_count=len(done.rows),
    )  # fmt: skip
