"""Gate checks about what goes live: migrated data is reconciled, the dry run is clean, pilots are judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from implementor.foundation.words import say
from implementor.releases.pilot_queries import pilots_of_wave, trying
from implementor.releases.queries import runs_with_figures
from implementor.releases.reconciliation import compared, is_reconciled
from implementor.releases.release_planning import verdict_of
from implementor.stages.checks import PROJECT_PLACE, WAVE_PLACE, GatePlace, Reading, gate_check, share
from implementor.waves.models import Wave


def declare_checks() -> None:
    """Make it known."""
    label = say("Migrated data is reconciled with its source")
    gate_check("migration_reconciled", label, migration_reconciled, places=(PROJECT_PLACE, WAVE_PLACE))
    gate_check("pilot_judged", say("What some people tried first was found fit, or ended"), pilot_judged)
    gate_check("dry_run_clean", say("The dry run of the release is clean"), dry_run_clean)


def migration_reconciled(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the migration runs of the wave, or of the project, those whose figures are equal or explained."""
    figures: dict[int, list[Any]] = defaultdict(list)
    names: dict[int, str] = {}
    for row in session.execute(runs_with_figures(project_id=place.project_id, wave_id=place.wave_id)):
        names[row.id] = row.name
        if row.MigrationFigure is not None:
            figures[row.id].append(row.MigrationFigure)
    rows = [(name, is_reconciled(compared(figures[run_id], ()))) for run_id, name in names.items()]
    return share(rows, "releases.index", {"project_key": place.project_key})


def dry_run_clean(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the settings that the wave brings, those that were tried as they are now and against which nothing speaks."""
    verdict = verdict_of(session, session.get_one(Wave, place.wave_id))
    is_tried = verdict.run is not None and not verdict.is_outdated
    rows = [(str(step.item.label), is_tried and verdict.is_clean(step)) for step in verdict.plan.todo]
    return share(rows, "config_releases.show", {"project_key": place.project_key, "number": place.wave_number})


def pilot_judged(session: Session, place: GatePlace, _parameters: Mapping[str, Any]) -> Reading:
    """Of the pilots of the wave, those that are over or were found fit for all; a wave without one passes."""
    pilots = [row.ConfigPilot for row in session.execute(pilots_of_wave(wave_id=place.wave_id or 0))]
    names: dict[int, list[str]] = defaultdict(list)
    for pilot_id, name in session.execute(trying([one.id for one in pilots])):
        names[pilot_id].append(name)
    rows = [(", ".join(names[one.id]), one.is_settled) for one in pilots]
    return share(rows, "config_releases.pilot", {"project_key": place.project_key, "number": place.wave_number})
