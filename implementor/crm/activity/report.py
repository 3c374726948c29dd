"""Putting the report of activity together, in three statements whatever there is to count."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from implementor.crm.activity import queries
from implementor.crm.activity.counting import By, Counted, Figures, Period, by_person, by_team, by_value, by_week
from implementor.foundation.fields import Scope
from implementor.foundation.measures import measurables
from implementor.foundation.parting import Split
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.metrics.names import names_of_parts


def report_of(session: Session, period: Period, by: By, zone: ZoneInfo, actor: Actor) -> tuple[list[Figures], Figures]:
    """The rows of the report and the row of everything, of the interactions that the actor sees."""
    counted = [Counted(*row) for row in session.execute(queries.interactions_counted(period, zone, actor))]
    people = {one.owner_id for one in counted if one.owner_id is not None}
    names: dict[int, str] = {row.id: row.name for row in session.execute(queries.names_of(people))}
    teams = [
        (team_id, name, tuple(row.user_id for row in rows))
        for (team_id, name), rows in groupby(
            session.execute(queries.teams_with_members()), lambda row: (row.id, row.name)
        )
    ]
    everything = _everything(counted, period)
    match by:
        case "person":
            return by_person(counted, names, period, str(say("Nobody"))), everything
        case "team":
            return by_team(counted, teams, period), everything
    return by_week(counted, (), period), everything


def fields_parting(actor: Actor) -> dict[str, Split]:
    """The fields of interactions by which the report may be parted: many share a value, and the list asks for it."""
    fields = measurables["interaction"].entity.fields
    parts = measurables["interaction"].parts_for(actor)
    left_out = ("owner", "channel")
    return {key: one for key, one in parts.items() if key in fields and fields[key].filterable and key not in left_out}


def report_by_field(
    session: Session, period: Period, split: Split, zone: ZoneInfo, actor: Actor
) -> tuple[list[Figures], Figures]:
    """The same by the values of a field, those of one's own too; one that holds several words counts in each."""
    rows: list[Any] = [tuple(row) for row in session.execute(queries.interactions_by(split, period, zone, actor))]
    names = names_of_parts(session, split, {row[0] for row in rows} - {None}, Scope(None, actor))
    counted = [Counted(*row) for row in session.execute(queries.interactions_counted(period, zone, actor))]
    return by_value(rows, names, split.key, period, str(say("None"))), _everything(counted, period)


def _everything(counted: list[Counted], period: Period) -> Figures:
    counts: dict[str, int] = {}
    for one in counted:
        counts[one.channel] = counts.get(one.channel, 0) + one.count
    return Figures("all", str(say("Everything")), (), period.first, period.last, counts)
