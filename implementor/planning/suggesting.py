"""Suggestions for a wave: shown, weighed against the present plan, asked for exactly, and adopted as one change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say, say_n
from implementor.history.services import name_action
from implementor.jobs.models import Job
from implementor.jobs.services import enqueue
from implementor.planning import problem_queries as queries
from implementor.planning.greedy import greedy_plan
from implementor.planning.posing import Posed, Wish, pose
from implementor.planning.problem import Plan, worth
from implementor.planning.reasons import LeftOut, reasons
from implementor.planning.suggestion_models import Suggestion
from implementor.waves.models import Wave
from implementor.waves.queries import stories_by_ids
from implementor.waves.scope import put_in_wave, take_out

SOLVE = "planning.solve"


class NothingToChooseBy(Refusal):
    """Nobody has said what the waves can carry."""


class OtherPlanMeanwhile(Refusal):
    """What the suggestion was made from has changed since; nothing is moved."""


@dataclass(frozen=True)
class Suggested:
    """A suggestion as its page shows it: the exact one where it answers the present question, else the greedy one.

    `latest` is the last exact answer, stale or not, and who asked for it; `left_out` by story id.
    """

    posed: Posed
    plan: Plan
    exact: Suggestion | None
    latest: Any
    left_out: Mapping[int, LeftOut]

    @property
    def is_stale(self) -> bool:
        """Whether there is an exact answer, but to another question."""
        return self.latest is not None and self.exact is None

    @property
    def moves(self) -> dict[int, tuple[int | None, int | None]]:
        """The difference to the present plan: story id -> places (before, after), None for the backlog."""
        return differences(self.posed.present, self.plan)


def differences(before: Plan, after: Plan) -> dict[int, tuple[int | None, int | None]]:
    """Stories that stand elsewhere, or not at all, in the other plan."""
    both = {number: (before.get(number), after.get(number)) for number in (*before, *after)}
    return {number: places for number, places in both.items() if places[0] != places[1]}


def suggest(session: Session, wave: Wave, wish: Wish, *, today: date) -> Suggested:
    """The best that is known at once. Raises NotPlanned for a wave that has started, NothingToChooseBy without room."""
    posed = pose(session, wave, wish, today=today)
    if not posed.has_room_stated:
        raise NothingToChooseBy(
            say("Nobody has said what %(wave)s can carry. State its capacity, then ask again.", wave=wave.name)
        )
    latest = session.execute(queries.latest_suggestion(wave_id=wave.id)).one_or_none()
    exact = latest.Suggestion if latest and latest.Suggestion.fingerprint == posed.problem.fingerprint else None
    plan = greedy_plan(posed.problem) if exact is None else plan_of(exact, posed)
    return Suggested(posed, plan, exact, latest, reasons(posed.problem, plan))


def plan_of(suggestion: Suggestion, posed: Posed) -> dict[int, int]:
    """A kept plan by the places of the present waves."""
    places = {room.wave_id: place for place, room in enumerate(posed.problem.rooms)}
    return {int(number): places[wave_id] for number, wave_id in suggestion.plan.items()}


def total_worth(posed: Posed, plan: Plan) -> int:
    """What a plan is worth, in tenths of value."""
    return sum(worth(posed.problem, number, place) for number, place in plan.items())


def ask_for_exact(session: Session, wave: Wave, wish: Wish, *, url: str, by: Actor, at: datetime) -> Job:
    """Have the best plan found by a worker; the one that is under way for the same wish where there is one."""
    arguments = {"wave_id": wave.id, "wish": wish.as_json(), "url": url}
    for job in session.scalars(queries.jobs_under_way(project_id=wave.project_id, kind=SOLVE)):
        if job.arguments == arguments and job.owner_id == by.user_id and job.cancel_asked_at is None:
            return job
    title = say("Best plan for %(wave)s", wave=wave.name)
    return enqueue(session, SOLVE, arguments=arguments, title=title, by=by, at=at, project_id=wave.project_id)


@dataclass(frozen=True)
class Seen:
    """What a page showed: the sum of the question, the plan as it was and as it was suggested (story id -> wave id)."""

    fingerprint: str
    present: Mapping[int, int]
    plan: Mapping[int, int]


def seen_now(found: Suggested) -> Seen:
    """What the page shows at this moment."""
    posed = found.posed
    by_wave = [
        {number: posed.waves[place].id for number, place in plan.items()} for plan in (posed.present, found.plan)
    ]
    return Seen(posed.problem.fingerprint, *by_wave)


def adopt(session: Session, wave: Wave, found: Suggested, *, seen: Seen, by: Actor, at: datetime) -> int:
    """Carry a suggestion out as one change. Answers how many stories moved.

    `seen` is what stood on the page that is answered; raises OtherPlanMeanwhile where anything of it is another now.
    """
    if seen != seen_now(found):
        raise OtherPlanMeanwhile(
            say("Somebody changed stories, capacity or waves meanwhile, so nothing was moved. Look at both plans.")
        )
    moved = carry_out(
        session, found.posed, found.plan, say("Adopted the suggestion for %(wave)s", wave=wave.name), by=by, at=at
    )
    if found.exact is not None:
        found.exact.adopted_at, found.exact.adopted_by_id = at, by.user_id
    return moved


def carry_out(session: Session, posed: Posed, plan: Plan, summary: Phrase, *, by: Actor, at: datetime) -> int:
    """Move stories from the present plan to another, as one change with one undo. Answers how many moved."""
    moves = differences(posed.present, plan)
    if not moves:
        return 0
    name_action(session, summary, verb="wave.plan", project_id=posed.waves[0].project_id)
    stories = {
        one.id: one for one in session.scalars(stories_by_ids(project_id=posed.waves[0].project_id, ids=list(moves)))
    }
    leaving = [stories[number] for number, (_before, after) in moves.items() if after is None]
    take_out(session, leaving, by=by, at=at)
    for place, wave in enumerate(posed.waves):
        coming = [stories[number] for number, (_before, after) in moves.items() if after == place]
        if coming:
            put_in_wave(session, wave, coming, by=by, at=at)
    return len(moves)


def moved_words(count: int) -> Phrase:
    """How many stories moved, for the person who adopted a plan."""
    return say_n("%(count)s story was moved.", "%(count)s stories were moved.", count)


def numbers_of(posed: Posed, ids: Sequence[int]) -> list[int]:
    """The numbers that people know, of stories of a problem."""
    return [posed.rows[one].number for one in ids if one in posed.rows]
