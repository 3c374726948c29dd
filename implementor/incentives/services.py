"""Counting what people earn, closing a period for good, correcting it by rows, announcing awards, and being named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.small_groups import told
from implementor.foundation.words import say
from implementor.history.services import name_action
from implementor.incentives import queries
from implementor.incentives.models import (
    MOST_POINTS,
    PEOPLE,
    Incentive,
    IncentiveAward,
    IncentiveCorrection,
    IncentiveNaming,
    IncentivePeriod,
    IncentiveStanding,
)
from implementor.incentives.rules import Earned, Person, Rule, all_earned, awarded

AT_ONCE = 500
LONGEST_REASON = 400


class ClosedAlready(Refusal):
    """What was earned in a period that is closed stays as it is."""


class NotOver(Refusal):
    """A period is closed when its last day is over, and announced when it is closed."""


def rules_now(session: Session, incentive: Incentive) -> list[Rule]:
    """The rules of an incentive as they stand."""
    asked = queries.rules_of(project_id=incentive.project_id, incentive_id=incentive.id)
    names = ("id", "name", "figure", "points", "target", "cap", "complete", "valid")
    return [Rule(**{name: getattr(one, name) for name in names}) for one in session.scalars(asked)]


def count_period(session: Session, period: IncentivePeriod, people: Sequence[Person], *, at: datetime) -> int:
    """Write anew what these people earned in a period that is open; answers how many there are. Raises ClosedAlready.

    `people` are what `reading.people_of` knows of who takes part.
    """
    _hold(session, period)
    _refuse_closed(period)
    rules = rules_now(session, period.incentive)
    rows = [_row(period, one, all_earned(rules, one), at) for one in people]
    session.execute(delete(IncentiveStanding).where(IncentiveStanding.period_id == period.id))
    for begin in range(0, len(rows), AT_ONCE):
        session.execute(insert(IncentiveStanding), rows[begin : begin + AT_ONCE])
    return len(rows)


def close_period(
    session: Session, period: IncentivePeriod, people: Sequence[Person], *, zone: ZoneInfo, by: Actor, at: datetime
) -> None:
    """Count for the last time, keep rules and points for good, and give the awards. Raises ClosedAlready, NotOver."""
    _hold(session, period)
    _refuse_closed(period)
    if at.astimezone(zone).date() <= period.ends_on:
        raise NotOver(say("The period lasts until %(day)s. Close it after that day.", day=period.ends_on))
    incentive = period.incentive
    if not count_period(session, period, people, at=at):
        raise NotOver(say("Nobody takes part. List people with a login as affected, and let their use be read."))
    names = ("award", "award_to", "award_by", "award_from")
    rules = [asdict(one) for one in rules_now(session, incentive)]
    period.terms = {**{name: getattr(incentive, name) for name in names}, "rules": rules}
    period.closed_at = at
    name_action(session, say("Closed a period of an incentive"), verb="incentive_period.close",
                project_id=period.project_id)  # fmt: skip
    session.flush()
    _settle_awards(session, period, at, None)


def correct(
    session: Session, period: IncentivePeriod, *, user_id: int, points: int | None, reason: str, by: Actor, at: datetime
) -> None:
    """Give or take points after closing, with a reason; awards follow by rows of their own. Raises InvalidInput."""
    _hold(session, period)
    if not period.is_closed:
        raise NotOver(say("The period is open: points are counted anew by themselves."))
    standing = session.scalars(queries.standing_in(period.id, user_id)).one_or_none()
    if standing is None:
        raise InvalidInput({"user_id": say("Choose somebody who takes part.")})
    if not points or abs(points) > MOST_POINTS:
        raise InvalidInput({"points": say("Give points from 1 to %(most)s, with a minus to take them.",
                                          most=MOST_POINTS)})  # fmt: skip
    if not reason.strip():
        raise InvalidInput({"reason": say("Say why.")})
    session.add(
        IncentiveCorrection(
            period_id=period.id, user_id=user_id, points=points, reason=reason.strip()[:LONGEST_REASON], at=at,
            by_id=by.user_id,
        )
    )  # fmt: skip
    session.flush()
    _settle_awards(session, period, at, reason.strip()[:LONGEST_REASON])


def choose_naming(session: Session, incentive_id: int, user_id: int, *, agreed: bool, at: datetime) -> None:
    """Somebody agrees to be named where an award of theirs is announced, or does so no more."""
    known = session.scalars(queries.naming_of(incentive_id, user_id)).one_or_none()
    if known is None and agreed:
        session.add(IncentiveNaming(incentive_id=incentive_id, user_id=user_id, agreed_at=at))
    if known is not None and not agreed:
        session.delete(known)
    session.flush()


def team_points(rows: Sequence[tuple[int | None, int]]) -> dict[int, int]:
    """Points per person of each team that may be told of by itself, rounded down; (team, points) of each person."""
    sizes: dict[int, int] = {}
    sums: dict[int, int] = {}
    for team_id, points in rows:
        sizes[team_id or 0] = sizes.get(team_id or 0, 0) + 1
        sums[team_id or 0] = sums.get(team_id or 0, 0) + points
    return {team_id: sums[team_id] // sizes[team_id] for team_id in told(sizes).shown if team_id}


def given_now(awards: Sequence[Any]) -> list[Any]:
    """Of rows of awards in order, those that hold: the last of each person or team, where it gives."""
    last: dict[tuple[int | None, int | None], Any] = {}
    for row in awards:
        last[row.IncentiveAward.user_id, row.IncentiveAward.team_id] = row
    return [row for row in last.values() if row.IncentiveAward.is_given]


def _settle_awards(session: Session, period: IncentivePeriod, at: datetime, reason: str | None) -> None:
    """Write rows for who is awarded now and was not, and for who was and is no more."""
    terms: Mapping[str, Any] = period.terms or {}
    rows = session.execute(queries.standings_of(period.id)).all()
    points = [(row.IncentiveStanding, row.IncentiveStanding.points + row.corrected) for row in rows]
    name = "user_id" if terms["award_to"] == PEOPLE else "team_id"
    by_key = (
        {one.user_id: count for one, count in points}
        if name == "user_id" else team_points([(one.team_id, count) for one, count in points])
    )  # fmt: skip
    wanted = awarded(by_key, terms["award_by"], terms["award_from"])
    held = {getattr(row.IncentiveAward, name)
            for row in given_now(session.execute(queries.awards_of([period.id])).all())}  # fmt: skip
    order = {key: place for place, key in enumerate(sorted(by_key, key=lambda key: -by_key[key]))}
    for key in sorted(wanted ^ held, key=lambda key: order.get(key, len(order))):
        session.add(
            IncentiveAward(
                period_id=period.id, **{name: key}, points=by_key.get(key, 0), is_given=key in wanted, reason=reason,
                at=at,
            )
        )  # fmt: skip
        session.flush()


def _row(period: IncentivePeriod, person: Person, found: Sequence[Earned], at: datetime) -> dict[str, Any]:
    earned = [
        {"rule": one.rule.id, "name": one.rule.name, "figure": one.rule.figure, "amount": one.amount,
         "whole": one.whole, "points": one.points, "why": one.why}
        for one in found
    ]  # fmt: skip
    return {
        "period_id": period.id, "user_id": person.user_id, "team_id": person.team_id,
        "points": sum(one.points for one in found), "counted": len(person.counted), "earned": earned,
        "left_out": person.left_out, "counted_at": at,
    }  # fmt: skip


def _hold(session: Session, period: IncentivePeriod) -> None:
    """Work alone on a period: two who count, close or correct it at once would settle it twice."""
    session.flush()
    session.scalars(queries.locked(period.id)).one()


def _refuse_closed(period: IncentivePeriod) -> None:
    if period.is_closed:
        raise ClosedAlready(say("%(name)s is closed. Put right by a correction what was wrong.", name=period.name))
