"""The colours of projects on a day, read with the same few statements for one project or two hundred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from implementor.finance.standing import MoneyStanding, money_of_projects
from implementor.foundation.small_groups import FEWEST_PEOPLE
from implementor.foundation.words import Phrase, say
from implementor.status import health, queries
from implementor.status.adopting import adoption_of_projects
from implementor.status.health import AdoptionFigures, Dimension, Figure, Health, Lateness, RiskFigures, WaveFigures
from implementor.status.limiting import limits_of_projects
from implementor.status.limits import USUAL, Limits

Found = dict[int, list[Row[Any]]]
NONE = Decimal(0)


def health_of_projects(
    session: Session, project_ids: Iterable[int], *, on: date, money: Mapping[int, MoneyStanding] | None = None
) -> dict[int, Health]:
    """The six dimensions of each of these projects as they stand; `on` is the day that lateness is counted to.

    Ask only for projects that the reader may see. Every id that is a project has its Health, also without any figure.
    Whoever has read how money stands that day hands it in.
    """
    ids = sorted(set(project_ids))
    if not ids:
        return {}
    keys = {row.id: row.key for row in session.execute(queries.keys_of_projects(ids))}
    waves = _by_project(session.execute(queries.open_waves(ids)))
    milestones = _by_project(session.execute(queries.milestones_ahead(ids)))
    tests = _by_project(session.execute(queries.user_tests_run(ids)))
    risks = _by_project(session.execute(queries.risks_counted(ids)))
    obstacles = _by_project(session.execute(queries.obstacles_counted(ids)))
    if money is None:
        money = money_of_projects(session, ids, on=on)
    people = adoption_of_projects(session, ids, on=on)
    limits = limits_of_projects(session, ids)
    found = {}
    for project_id, key in keys.items():
        figures, own = wave_figures(waves[project_id], on=on), limits.get(project_id, USUAL)
        dimensions = (
            _scope(key, figures, own),
            _time(key, figures, waves[project_id], milestones[project_id], own, on=on),
            _money(key, money.get(project_id), own),
            _quality(key, tests[project_id], own),
            _adoption(key, people.get(project_id, AdoptionFigures())),
            _risk(key, risk_figures(risks[project_id], obstacles[project_id])),
        )
        found[project_id] = Health(project_id, dimensions)
    return found


def wave_figures(waves: Sequence[Row[Any]], *, on: date) -> WaveFigures:
    """What the running waves promised, gained, lost, should have validated by that day, and have validated."""
    running = [wave for wave in waves if wave.started_at is not None]
    dated = [(wave, share) for wave in running if (share := share_gone(wave.starts_on, wave.ends_on, on)) is not None]
    return WaveFigures(
        promised=sum((wave.promised or NONE for wave in running), NONE),
        added=sum((wave.added or NONE for wave in running), NONE),
        removed=sum((wave.removed or NONE for wave in running), NONE),
        due=sum(((wave.held or NONE) * share for wave, share in dated), NONE),
        validated=sum((wave.validated or NONE for wave, _share in dated), NONE),
        running=len(running),
    )


def share_gone(starts_on: date | None, ends_on: date | None, on: date) -> Decimal | None:
    """How much of the days from start to end is over at the end of a day, 0 to 1; None without both days."""
    if starts_on is None or ends_on is None:
        return None
    gone, whole = (on - starts_on).days + 1, (ends_on - starts_on).days + 1
    return Decimal(min(max(gone, 0), whole)) / Decimal(whole)


def lateness(waves: Sequence[Row[Any]], milestones: Sequence[Row[Any]], *, on: date) -> list[Lateness]:
    """What is late on a day: waves past their start or end, milestones past their promise or forecast to be."""
    found = []
    for wave in waves:
        due = wave.starts_on if wave.started_at is None else wave.ends_on
        if due is not None:
            found.append(Lateness((on - due).days, wave.name))
    for one in milestones:
        found.append(Lateness((max(one.forecast_on or on, on) - one.promised_on).days, one.title))
    return [one for one in found if one.days > 0]


def risk_figures(risks: Sequence[Row[Any]], obstacles: Sequence[Row[Any]]) -> RiskFigures:
    """The counts of a project's risks and obstacles."""
    counted = risks[0] if risks else None
    held_up = obstacles[0] if obstacles else None
    return RiskFigures(
        recorded=counted.recorded if counted else 0,
        severe=counted.severe if counted else 0,
        severe_unplanned=counted.severe_unplanned if counted else 0,
        worst_score=counted.worst_score if counted else 0,
        critical_obstacles=held_up.critical if held_up else 0,
        high_obstacles=held_up.high if held_up else 0,
    )


def _by_project(rows: Iterable[Row[Any]]) -> Found:
    found: Found = defaultdict(list)
    for row in rows:
        found[row.project_id].append(row)
    return found


def _scope(key: str, waves: WaveFigures, limits: Limits) -> Dimension:
    colour, sentence = health.scope_colour(waves, limits)
    figures = _figures(
        (say("Points promised"), waves.promised),
        (say("Points that came in"), waves.added),
        (say("Points that left"), waves.removed),
    )
    return Dimension("scope", colour, sentence, figures, *_page("waves.index", key), limits)


def _time(
    key: str, figures: WaveFigures, waves: Sequence[Row[Any]], milestones: Sequence[Row[Any]], limits: Limits, *,
    on: date,
) -> Dimension:  # fmt: skip
    late = lateness(waves, milestones, on=on)
    dated = len(milestones) + sum(1 for wave in waves if wave.starts_on and wave.ends_on)
    colour, sentence = health.time_colour(figures, late, dated=dated, limits=limits)
    shown = _figures(
        (say("Points due by now"), figures.due.quantize(Decimal("0.1"))),
        (say("Points validated"), figures.validated),
        (say("Waves and milestones late"), len(late)),
    )
    return Dimension("time", colour, sentence, shown, *_page("waves.index", key), limits)


def _money(key: str, money: MoneyStanding | None, limits: Limits) -> Dimension:
    """Without amounts, which not everybody may see: shares and indices alone."""
    page = _page("finance.money", key)
    if money is None or money.is_empty:
        return Dimension("money", *health.money_colour(None, None), (), *page, limits)
    if money.why_missing is not None:
        return Dimension("money", health.NOT_MEASURED, money.why_missing, (), *page, limits)
    colour, sentence = health.money_colour(_decimal(money.budget), _decimal(money.forecast), limits)
    indices = ((say("Cost index (CPI)"), money.cost_index), (say("Schedule index (SPI)"), money.schedule_index))
    figures = _figures(*((label, value) for label, value in indices if value is not None))
    return Dimension("money", colour, sentence, figures, *page, limits)


def _decimal(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def _quality(key: str, tests: Sequence[Row[Any]], limits: Limits) -> Dimension:
    passed, run = (tests[0].passed, tests[0].run) if tests else (0, 0)
    colour, sentence = health.quality_colour(passed, run, limits)
    figures = _figures((say("User tests run"), run), (say("Passed when last run"), passed))
    return Dimension("quality", colour, sentence, figures, *_page("stories.index", key), limits)


def _adoption(key: str, people: AdoptionFigures) -> Dimension:
    """Counts alone, and none of fewer people than may be told of."""
    colour, sentence = health.adoption_colour(people)
    told = [
        pair
        for size, pairs in (
            (people.people, ((say("People concerned"), people.people), (say("People trained"), people.trained))),
            (people.measured, ((say("People whose use is measured"), people.measured),
                               (say("People who wrote in the last seven days"), people.using))),
        )
        if size >= FEWEST_PEOPLE
        for pair in pairs
    ]  # fmt: skip
    return Dimension("adoption", colour, sentence, _figures(*told), *_page("adoption.index", key))


def _risk(key: str, risks: RiskFigures) -> Dimension:
    colour, sentence = health.risk_colour(risks)
    figures = _figures(
        (say("Highest open risk"), risks.worst_score),
        (say("Severe risks without a plan"), risks.severe_unplanned),
        (say("Severe risks with a plan"), risks.severe),
        (say("Critical obstacles"), risks.critical_obstacles),
        (say("High obstacles"), risks.high_obstacles),
    )
    return Dimension("risk", colour, sentence, figures, *_page("governance.risks", key))


def _figures(*pairs: tuple[Phrase, int | Decimal]) -> tuple[Figure, ...]:
    return tuple(Figure(label, value) for label, value in pairs)


def _page(endpoint: str, key: str) -> tuple[str, dict[str, Any]]:
    return endpoint, {"project_key": key}
