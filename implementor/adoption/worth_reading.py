"""Benefits of a project with measured adoption: each with what was planned, won and lost by the newest day known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from implementor.adoption import queries, work_queries, worth_queries
from implementor.adoption.days import WEEK
from implementor.adoption.formula import QUALITY, Terms
from implementor.adoption.reading import added
from implementor.adoption.services import terms_of
from implementor.adoption.worth import Use, Used, Worth, time_share, used_between, worth_of
from implementor.finance.queries import sums
from implementor.finance.rates import known_rates, no_rate
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.foundation.words import Phrase, say


@dataclass(frozen=True)
class Beginning:
    """The day on which the first story of an objective went live, with which wave, by number; and by which release,
    where it brought settings."""

    on: date
    wave: int
    release: int | None = None


@dataclass(frozen=True)
class Line:
    """One benefit; `amount` is what was stated, in the project's currency. `why_not` says why nothing is told."""

    row: Any
    amount: int
    begun: Beginning | None = None
    share: Decimal | None = None
    used: Used | None = None
    worth: Worth | None = None
    why_not: Phrase | None = None


@dataclass(frozen=True)
class Point:
    """All benefits together by a day."""

    day: date
    worth: Worth


@dataclass(frozen=True)
class Benefits:
    """Every benefit by the day `on`; `why_not` says why none is told. `weeks` are the same by ends of weeks."""

    on: date | None
    currency: str
    proficiency: Decimal | None = None
    lines: Sequence[Line] = ()
    weeks: Sequence[Point] = ()
    why_not: Phrase | None = None

    @property
    def total(self) -> Worth | None:
        """All of which something is told."""
        return together(self.lines)


def together(lines: Iterable[Line]) -> Worth | None:
    """What these benefits come to, of those of which something is told; None where that is none."""
    told = [line.worth for line in lines if line.worth is not None]
    return Worth(sum(one.planned for one in told), sum(one.won for one in told)) if told else None


def benefits_of(session: Session, project_id: int, *, zone: ZoneInfo) -> Benefits:
    """What adoption made of a project's benefits, in statements that benefits and days do not change.

    Proficiency is the quality of data on the newest day: nobody knows how records were kept before they were looked at.
    Who may see money is for the caller to ask (`finance.permissions.VIEW`).
    """
    (own,) = session.execute(sums.currencies_of_projects(project_ids=[project_id])).all()
    rows = session.execute(worth_queries.valued_benefits(project_id=project_id)).all()
    known = session.scalars(work_queries.newest_fact_day()).one_or_none()
    if not rows or known is None:
        return Benefits(None if known is None else known.day, own.currency)
    rates = known_rates(session, known.day)
    missing = rates.missing({row.Benefit.currency for row in rows}, own.currency)
    if missing:
        return Benefits(known.day, own.currency, why_not=no_rate(missing, own.currency))
    proficiency, why_not = _proficiency(session, known.day)
    amounts = [rates.convert(row.Benefit.amount, row.Benefit.currency, own.currency) for row in rows]
    begins = _beginnings(session, project_id, zone)
    first = min((begun.on for begun in begins.values()), default=known.day)
    use = {row.day: (int(row.active), int(row.people))
           for row in session.execute(worth_queries.use_by_day(first, known.day))}  # fmt: skip
    lines = [
        line_by(row, amount, begins.get(row.Benefit.objective_id), known.day, use, proficiency)
        for row, amount in zip(rows, amounts, strict=True)
    ]
    weeks = [] if why_not else _weeks(lines, first, known.day, use, proficiency)
    return Benefits(known.day, own.currency, proficiency, lines, weeks, why_not)


def _beginnings(session: Session, project_id: int, zone: ZoneInfo) -> dict[int, Beginning]:
    """By objective the first of its stories that went live; with a release rather than with its wave."""
    found: dict[int, Beginning] = {}
    rows = session.execute(worth_queries.beginnings(project_id=project_id)).all()
    for row in sorted(rows, key=lambda row: (row.at, row.release is None, row.wave)):
        found.setdefault(row.objective_id, Beginning(row.at.astimezone(zone).date(), row.wave, row.release))
    return found


def line_by(row: Any, amount: int, begun: Beginning | None, on: date, use: Use, proficiency: Decimal | None) -> Line:
    """One benefit by a day."""
    if begun is None:
        return Line(row, amount, why_not=say("None of the stories that serve it is live yet."))
    share = time_share(row.Benefit.rhythm, begun.on, row.due_on, on)
    used = used_between(use, begun.on, on)
    why_not = None
    if share is None:
        why_not = say("It comes once, and no metric says by when.")
    elif used is None:
        why_not = say("Nobody knows yet how people use the CRM since it went live.")
    if share is None or used is None or proficiency is None:
        return Line(row, amount, begun, share, used, None, why_not)
    return Line(row, amount, begun, share, used, worth_of(amount, share, used.ratio, proficiency))


def _proficiency(session: Session, day: date) -> tuple[Decimal | None, Phrase | None]:
    """The quality of data of everybody on a day, or why it cannot be told."""
    formula = session.scalars(queries.formulas().limit(1)).one_or_none()
    whole = added(list(session.scalars(queries.teams_of_day(day))), terms_of(formula) if formula else Terms())
    if whole.people < FEWEST_PEOPLE:
        return None, say(
            "Fewer than %(fewest)s people use the CRM, so nothing is told of them here.", fewest=FEWEST_PEOPLE
        )
    quality = whole.part(QUALITY)
    if quality is None:
        return None, say("No record was kept lately, so nobody can say how well people work with the CRM.")
    return quality, None


def _weeks(lines: Sequence[Line], first: date, on: date, use: Use, proficiency: Decimal | None) -> list[Point]:
    """Everything together at the ends of weeks up to the day, of the benefits that are told on it."""
    told = [line for line in lines if line.worth is not None]
    days = [on - timedelta(days=WEEK * back) for back in reversed(range((on - first).days // WEEK + 1))]
    points = []
    for day in days:
        then = [
            line_by(one.row, one.amount, one.begun, day, use, proficiency).worth
            for one in told if one.begun is not None and one.begun.on < day
        ]  # fmt: skip
        if then and None not in then:
            known = [one for one in then if one is not None]
            points.append(Point(day, Worth(sum(one.planned for one in known), sum(one.won for one in known))))
    return points
