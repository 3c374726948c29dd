"""Writing down the facts of a day, and a new version of the formula by which they are judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from implementor.adoption import queries, work_queries
from implementor.adoption.beginning import columns_of, live_days, start_of, tens_known
from implementor.adoption.counting import Key, Work
from implementor.adoption.days import KEPT_DAILY, SPAN, WEEK, Day
from implementor.adoption.formula import Facts, Terms, faults_of, judged
from implementor.adoption.keeping import brought_fields, kept_of, reach_of, sales_kept
from implementor.adoption.models import AdoptionFormula, FactDay, KeptDay, PersonDay, ReachDay, TeamDay, WorkDay
from implementor.crm.measures.completeness import WANTED
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import Phrase, say
from implementor.history.services import name_action

AT_ONCE = 500
SUNDAY = 6


class BadTerms(Refusal):
    """Numbers that the formula cannot have."""

    def __init__(self, faults: Mapping[str, Phrase]) -> None:
        super().__init__(next(iter(faults.values())))
        self.faults = faults


def settle_formula(session: Session, terms: Terms, why: str, *, by: Actor, at: datetime) -> AdoptionFormula:
    """Judge adoption by these numbers from now on; facts of days before keep the version that they were judged by."""
    faults = faults_of(terms)
    if faults:
        raise BadTerms(faults)
    name_action(session, say("Settled how adoption is judged"), verb="adoption.settle")
    made = AdoptionFormula(
        terms=asdict(terms), why=why, created_at=at, updated_at=at, created_by_id=by.user_id, updated_by_id=by.user_id
    )
    session.add(made)
    session.flush()
    return made


def formula_in_force(session: Session, *, at: datetime) -> AdoptionFormula:
    """The newest version of a moment, or the first one of all; the usual numbers where nobody settled any."""
    for versions in (queries.formulas_before(at).limit(1), queries.first_formula()):
        found = session.scalars(versions).one_or_none()
        if found is not None:
            return found
    name_action(session, say("Settled how adoption is judged"), verb="adoption.settle")
    first = AdoptionFormula(terms=asdict(Terms()), why="", created_at=at, updated_at=at)
    session.add(first)
    session.flush()
    return first


def terms_of(formula: AdoptionFormula) -> Terms:
    """The numbers of a version; those that came later than it are the usual ones."""
    known = {name: value for name, value in formula.terms.items() if name in Terms.__dataclass_fields__}
    return Terms(**known)


def write_work(session: Session, first: date, last: date, work: Mapping[Key, Work]) -> None:
    """Put what was written on these days in place of what was known of them."""
    session.execute(delete(WorkDay).where(WorkDay.day.between(first, last)))
    rows = [
        {"user_id": user_id, "day": day, "kind": kind, **asdict(one)}
        for (user_id, day, kind), one in work.items() if first <= day <= last
    ]  # fmt: skip
    _insert(session, WorkDay, rows)


def write_kept(session: Session, day: Day, terms: Terms) -> None:
    """Put how records are kept now in place of what was known of the day; old days stay for Sundays only."""
    rows: list[dict[str, Any]] = []
    names = ("records", "whole", "wanted", "filled", "checked", "valid")
    for kind in WANTED:
        for user_id, *sums in session.execute(kept_of(kind, terms, day.ends)):
            counts = dict(zip(names, (int(one or 0) for one in sums), strict=True))
            rows.append({"user_id": user_id, "day": day.on, "kind": kind, **counts})
    session.execute(delete(KeptDay).where(KeptDay.day == day.on))
    _insert(session, KeptDay, rows)
    old = day.on - timedelta(days=KEPT_DAILY)
    if old.weekday() != SUNDAY:
        session.execute(delete(KeptDay).where(KeptDay.day == old))


def write_reach(session: Session, day: Day, terms: Terms) -> None:
    """Put how far each field of one's own reaches now in place of what was known of the day."""
    rows: list[dict[str, Any]] = []
    for kind, own in brought_fields().items():
        records, people, *counts = session.execute(reach_of(kind, own, day.ends, terms)).one()
        for number, one in enumerate(own):
            filled, users = counts[2 * number : 2 * number + 2]
            rows.append({"day": day.on, "field": one.name, "records": records, "filled": filled, "people": people,
                         "users": users})  # fmt: skip
    session.execute(delete(ReachDay).where(ReachDay.day == day.on))
    _insert(session, ReachDay, rows)


def write_people(session: Session, day: Day, formula: AdoptionFormula, *, is_today: bool) -> None:
    """Judge everybody who is to use the CRM on the day, and add them up by teams.

    Sales are counted as they stand, so only on a day that `is_today`; of earlier days what was written then is kept.
    """
    rows = _people(session, day, formula, is_today=is_today)
    session.execute(delete(PersonDay).where(PersonDay.day == day.on))
    _insert(session, PersonDay, rows)
    session.execute(delete(TeamDay).where(TeamDay.day == day.on))
    _insert(session, TeamDay, _teams(rows, terms_of(formula)))


def note_written(session: Session, day: Day, *, at: datetime) -> None:
    """Remember that the facts of a day are written, and where the history of the day begins."""
    known = session.scalars(work_queries.fact_day(day.on)).one_or_none()
    first = first_change_of(session, day)
    if known is None:
        session.add(FactDay(day=day.on, written_at=at, first_change_id=first))
    else:
        known.written_at, known.first_change_id = at, first
    session.flush()


def first_change_of(session: Session, day: Day) -> int:
    """Where the history of a day begins; looked for from where that of the day written before it does."""
    before = session.scalars(work_queries.fact_day_before(day.on)).one_or_none()
    begin = before.first_change_id if before is not None else 0
    found = session.scalars(work_queries.first_change_since(day.begins, begin)).one_or_none()
    return begin if found is None else found


def _people(session: Session, day: Day, formula: AdoptionFormula, *, is_today: bool) -> list[dict[str, Any]]:
    terms = terms_of(formula)
    since = {row[0]: row[1] for row in session.execute(work_queries.people_on(day.begins, day.ends))}
    teams = {row[0]: row[1] for row in session.execute(work_queries.teams_on(day.ends))}
    work = {row[0]: row[1:] for row in session.execute(work_queries.work_between(day.back(SPAN), day.on))}
    earlier = work_queries.present_between(day.back(SPAN), day.on - timedelta(days=1))
    before = {row[0]: row[1] for row in session.execute(earlier)}
    there = set(session.scalars(work_queries.there_on(day.on)))
    there |= set(session.scalars(work_queries.seen_between(day.begins, day.ends)))
    kept = {row[0]: row[1:] for row in session.execute(work_queries.kept_on(day.on))}
    kept_sales = sales_kept(day.ends, day.on, day.zone) if is_today else work_queries.sales_known(day.on)
    sales = {row[0]: row[1:] for row in session.execute(kept_sales)}
    tens, live = tens_known(session), live_days(session, day)
    rows = []
    for user_id, granted in since.items():
        days, entered, on_time, writes, last = work.get(user_id, (0, 0, 0, 0, None))
        was_there = bool(writes) or user_id in there
        records, wanted, filled, checked, valid = (int(one) for one in kept.get(user_id, (0,) * 5))
        open_sales, healthy = (int(one) for one in sales.get(user_id, (0, 0)))
        facts = Facts(1, before.get(user_id, 0) + was_there, days, int(entered), int(on_time), wanted, filled,
                      checked, valid, open_sales, healthy)  # fmt: skip
        rows.append(
            {"user_id": user_id, "day": day.on, "team_id": teams.get(user_id), "formula_id": formula.id,
             "is_new": granted + timedelta(days=terms.new_days) > day.ends, "was_there": was_there,
             "active_7": last is not None and last >= day.back(WEEK), "writes": int(writes), "records": records,
             **_row(facts, terms),
             **columns_of(tens.get(user_id, ()), start_of(granted, live.get(user_id), day), day.on)}
        )  # fmt: skip
    return rows


def _teams(people: Iterable[Mapping[str, Any]], terms: Terms) -> list[dict[str, Any]]:
    """People who count added up by team; whoever is new is only counted."""
    found: dict[int, dict[str, Any]] = {}
    for one in people:
        team = found.setdefault(one["team_id"] or 0, {
            "day": one["day"], "team_id": one["team_id"] or 0, "formula_id": one["formula_id"], "people": 0,
            "newcomers": 0, "active_1": 0, "active_7": 0, "active_28": 0, "writes": 0, "records": 0,
            **dict.fromkeys(SUMMED, 0),
        })  # fmt: skip
        if one["is_new"]:
            team["newcomers"] += 1
            continue
        team["people"] += 1
        team["active_1"] += bool(one["writes"])
        team["active_7"] += one["active_7"]
        team["active_28"] += bool(one["writing"])
        for name in ("writes", "records", *SUMMED):
            team[name] += one[name]
    for team in found.values():
        team.update(_row(Facts(team["people"], **{name: team[name] for name in SUMMED}), terms))
    return list(found.values())


SUMMED = tuple(name for name in Facts.__dataclass_fields__ if name != "people")


def _row(facts: Facts, terms: Terms) -> dict[str, Any]:
    """Facts with what they are judged to be, as columns."""
    found = judged(facts, terms)
    return {**{name: getattr(facts, name) for name in SUMMED}, **found.parts, "score": found.index}


def _insert(session: Session, model: Any, rows: list[dict[str, Any]]) -> None:
    for begin in range(0, len(rows), AT_ONCE):
        session.execute(insert(model), rows[begin : begin + AT_ONCE])
