"""Incentives, rules and periods as the shared pages know them: list, form, history, undo, search."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from implementor.audiences.services.records import MANNERS, Faults, Manner, restore_record
from implementor.audiences.shown import Shown, declare_shown
from implementor.foundation.searchable import Document, Searchable, searchable
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.incentives import permissions, queries
from implementor.incentives.catalogue import INCENTIVE, INCENTIVE_PERIOD, INCENTIVE_RULE
from implementor.incentives.models import Incentive, IncentivePeriod, IncentiveRule
from implementor.incentives.rules import COUNTS, DAYS, RECORDS, SHARES
from implementor.incentives.services import ClosedAlready

LONGEST = timedelta(days=366)
LEAST_FLOOR = 50
"""A floor below half the fields would be none."""
INCENTIVES, RULES, PERIODS = (
    Shown(entity, one, many, label, permissions.VIEW, permissions.EDIT, "incentives")
    for entity, one, many, label in (
        (INCENTIVE, "incentive", "index", say("New incentive")),
        (INCENTIVE_RULE, "rule", "rules", say("New rule")),
        (INCENTIVE_PERIOD, "period", "periods", say("New period")),
    )
)


def declare() -> None:
    """Make the kinds known; doing it twice changes nothing."""
    MANNERS.update(
        {
            Incentive: Manner(say("Wrote an incentive"), say("Changed an incentive"), lambda _session, _one: {}),
            IncentiveRule: Manner(
                say("Wrote a rule of an incentive"), say("Changed a rule of an incentive"), _faults_of_rule
            ),
            IncentivePeriod: Manner(
                say("Planned a period of an incentive"), say("Changed a period of an incentive"), _faults_of_period,
                _refuse_closed,
            ),
        }
    )  # fmt: skip
    for shown in (INCENTIVES, RULES):
        declare_shown(shown)
    declare_shown(
        PERIODS,
        may_change=lambda _scope: IncentivePeriod.closed_at.is_(None),
        why_not=lambda period: say("%(name)s is closed. Put right by a correction what was wrong.", name=period.name),
    )
    undoable["incentive_period"] = Restorer(IncentivePeriod, restore_record, permissions.EDIT, asks_to_put_away=True)
    searchable(Searchable("incentive", _document))
    for verb in ("incentive_period.close", "incentive_period.announce"):
        undone_elsewhere[verb] = say("Points and awards are settled. Write a correction on the page of the period.")


def _document(found: Any, _key: str | None) -> Document:
    return Document(found.name, "\n".join((found.award, found.body)), project_id=found.project_id)


def _faults_of_rule(_session: Session, rule: Any) -> Faults:
    if rule.figure in SHARES and rule.target is None:
        return {"target": say("Say from which share on it gives points.")}
    if rule.figure in (RECORDS, DAYS) and rule.cap is None:
        return {"cap": say("Say how many points it gives at most.")}
    if rule.figure in COUNTS and max(rule.complete or 0, rule.valid or 0) < LEAST_FLOOR:
        return {"complete": say("Quality comes before counts: give a floor of %(least)s per cent or more.",
                                least=LEAST_FLOOR)}  # fmt: skip
    return {}


def _faults_of_period(session: Session, period: Any) -> Faults:
    if period.ends_on < period.starts_on:
        return {"ends_on": say("The last day comes after the first.")}
    if period.ends_on - period.starts_on >= LONGEST:
        return {"ends_on": say("A period lasts a year at most.")}
    others = queries.periods_of(project_id=period.project_id, incentive_id=period.incentive_id)
    for other in session.scalars(others) if period.archived_at is None else ():
        if other.id != period.id and other.starts_on <= period.ends_on and period.starts_on <= other.ends_on:
            return {"starts_on": say("These days are in %(name)s already.", name=other.name)}
    return {}


def _refuse_closed(period: Any) -> None:
    if period.is_closed:
        raise ClosedAlready(say("%(name)s is closed. Put right by a correction what was wrong.", name=period.name))
