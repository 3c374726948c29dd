"""Commands about stages and gates: where a project stands, what a gate lacks, opening one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import click
from flask.cli import with_appcontext

from implementor.auth.command_actor import resolve
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say
from implementor.history.services import noting
from implementor.projects.command_project import in_project, project_named
from implementor.projects.models import Project
from implementor.stages import gate_services
from implementor.stages.checks import GatePlace, wave_places
from implementor.stages.gate_finding import look_at_gate, method_of_project, passages_of
from implementor.stages.gate_look import Line, Look
from implementor.stages.gatekeeping import title_of, why_shut
from implementor.stages.permissions import OPEN
from implementor.stages.queries import stages_of_project
from implementor.web.database import begin_write
from implementor.web.refusing import refusing
from implementor.web.unit_of_work import session

ACTING = click.option("--as", "email", help="Act for the person with this e-mail address.")
WAVE = click.option("--wave", "number", type=int, help="The number of a wave; the project itself without it.")
STAGE = click.option("--stage", "stage_key", help="The key of a stage; the next gate to be opened without it.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
MISSING = say("There is no such gate.")


class NotAllowed(Refusal):
    """The person may not do this in the project."""


@click.group()
def stage() -> None:
    """Where projects stand in their method."""


@stage.command()
@click.argument("project")
@ACTING
@with_appcontext
def show(project: str, email: str | None) -> None:
    """Show the stages of PROJECT (its key), one a line: key, state, since when."""
    with refusing(MISSING):
        found = project_named(session(), resolve(session(), email), project)
    for one in session().scalars(stages_of_project(project_id=found.id)):
        since = one.entered_at.date().isoformat() if one.entered_at else "-"
        click.echo(f"{one.key:<16}{one.state:<14}{since}")


@click.group()
def gate() -> None:
    """The gates of projects and waves: what they lack, and opening them."""


@gate.command("show")
@click.argument("project")
@WAVE
@STAGE
@JSON
@ACTING
@with_appcontext
def show_gate(project: str, number: int | None, stage_key: str | None, as_json: bool, email: str | None) -> None:
    """Show a gate of PROJECT: its state, its verdict and each line."""
    with refusing(MISSING):
        look = _look(resolve(session(), email), project, number, stage_key)
    _print(look, as_json)


@gate.command("check")
@click.argument("project")
@WAVE
@STAGE
@JSON
@ACTING
@with_appcontext
def check_gate(project: str, number: int | None, stage_key: str | None, as_json: bool, email: str | None) -> None:
    """Exit with 0 where the gate is open or its lines let it be opened, with 1 and the failing lines where not."""
    with refusing(MISSING):
        look = _look(resolve(session(), email), project, number, stage_key)
    _print(look, as_json)
    if not look.is_open and not look.verdict.may_open:
        click.echo(str(why_shut(look)), err=True)
        raise click.exceptions.Exit(1)


@gate.command("open")
@click.argument("project")
@WAVE
@STAGE
@JSON
@ACTING
@with_appcontext
def open_one(project: str, number: int | None, stage_key: str | None, as_json: bool, email: str | None) -> None:
    """Open a gate that is in review and signed; refused with the failing lines named."""
    of, at = session(), datetime.now(UTC)
    begin_write(of)
    with refusing(MISSING):
        by = resolve(of, email)
        found = project_named(of, by, project)
        by = in_project(of, by, found)
        if not by.may(OPEN) or found.is_archived:
            raise NotAllowed(say("You may not open gates of %(project)s. Name somebody with --as.", project=found.key))
        with noting(of, by=by, at=at, project_id=found.id):
            look = _look(by, project, number, stage_key, found)
            gate_services.open_gate(of, found, look, by=by, at=at)
        of.commit()
    _print(_look(by, project, number, look.stage.key, found), as_json)


def _look(by: Actor, key: str, number: int | None, stage_key: str | None, found: Project | None = None) -> Look:
    """The gate that the command names: of a wave or the project, of a stage or the next one to be opened."""
    project = found or project_named(session(), by, key)
    place = GatePlace(project.id, project.key)
    if number is not None:
        of_wave = wave_places.find(session(), project.id, project.key, number)
        if of_wave is None:
            raise Refusal(say("%(project)s has no wave %(number)s.", project=project.key, number=number))
        place = of_wave
    return look_at_gate(session(), project, place.gate_name(stage_key or _next(project, place)), at=datetime.now(UTC))


def _next(project: Project, place: GatePlace) -> str:
    """The stage of the first gate of this place that is not open, of the last where all are."""
    method = method_of_project(session(), project)
    waves = [] if place.wave_number is None else [place]
    ours = [one for one in passages_of(session(), project, method, waves=waves) if one.place == place]
    if not ours:
        raise Refusal(say("By its method, %(project)s has no gates here.", project=project.key))
    return next((one for one in ours if not one.is_open), ours[-1]).stage.key


def _print(look: Look, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_as_data(look), ensure_ascii=False))
        return
    ready = say("readiness %(share)s %%", share=look.verdict.ready_share)
    click.echo(f"{title_of(look)}: {look.state}, {look.verdict.colour}, {ready}")
    for line in look.lines:
        value, target = line.measured
        click.echo(f"  {_state(line):<8}{line.key:<26}{value:f}/{target:f}  {line.item.label}")
    for role in look.unsigned:
        click.echo(f"  unsigned {role}")


def _as_data(look: Look) -> dict[str, Any]:
    return {
        "gate": look.name,
        "state": look.state,
        "verdict": look.verdict.colour,
        "readiness": float(round(look.verdict.readiness, 2)),
        "may_open": look.verdict.may_open and not look.unsigned,
        "unsigned": look.unsigned,
        "lines": [
            {
                "key": line.key, "state": _state(line), "value": float(line.measured[0]),
                "target": float(line.measured[1]), "missing": list(line.reading.missing) if line.reading else [],
            }
            for line in look.lines
        ],
    }  # fmt: skip


def _state(line: Line) -> str:
    if line.passed:
        return "met"
    return "waived" if line.is_waived else "no-go" if line.item.no_go else "failing"


def mount(group: click.Group) -> None:
    """Add these commands."""
    group.add_command(stage)
    group.add_command(gate)
