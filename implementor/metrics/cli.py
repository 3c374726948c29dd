"""Commands about metrics: which there are, what they measure, measuring them now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from implementor.auth.command_actor import begin, resolve
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.words import phrase_from_json, say
from implementor.history.services import noting
from implementor.metrics import queries
from implementor.metrics.definition_json import definition_from
from implementor.metrics.definition_words import in_words
from implementor.metrics.measuring import find, write_down
from implementor.metrics.models import Measurement, Metric
from implementor.metrics.permissions import MEASURE, VIEW
from implementor.metrics.services import standings
from implementor.projects.command_project import in_project, project_named
from implementor.projects.models import Project
from implementor.settings import Settings
from implementor.web.database import begin_write
from implementor.web.refusing import refusing
from implementor.web.unit_of_work import session

ACTING = click.option("--as", "email", help="Act for the person with this e-mail address.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
MISSING = say("There is no such project.")


def mount(group: click.Group) -> None:
    """Add these commands."""
    group.add_command(metric)


@click.group()
def metric() -> None:
    """The metrics of projects: what they are, what they measure, measuring them."""


@metric.command("list")
@click.argument("project")
@JSON
@ACTING
@with_appcontext
def list_metrics(project: str, as_json: bool, email: str | None) -> None:
    """List the metrics of PROJECT (its key): key, value, target, status, name."""
    with refusing(MISSING):
        found, _by = _project(email, project)
        told = _told(session().scalars(queries.metrics_with_keys(project_id=found.id)).all())
    _print(told, as_json)


@metric.command("show")
@click.argument("project")
@click.argument("key")
@JSON
@ACTING
@with_appcontext
def show_metric(project: str, key: str, as_json: bool, email: str | None) -> None:
    """Show the metric KEY of PROJECT: how it is measured, and what was measured last."""
    with refusing(MISSING):
        found, _by = _project(email, project)
        one = _metric(found, key)
        [told] = _told([one])
        told["definition"] = str(in_words(definition_from(one.definition)))
    if as_json:
        click.echo(json.dumps({"metrics": [told]}, ensure_ascii=False))
        return
    for name, value in told.items():
        click.echo(f"{name:<12}{'-' if value is None else value}")


@metric.command("run")
@click.argument("project")
@click.argument("keys", nargs=-1)
@JSON
@ACTING
@with_appcontext
def run_metrics(project: str, keys: Sequence[str], as_json: bool, email: str | None) -> None:
    """Measure the metrics of PROJECT with these KEYS now, all that the program measures without them."""
    with refusing(MISSING):
        found, by = _project(email, project)
        if found.is_archived or (email is not None and not by.may(MEASURE)):
            raise Refusal(say("You may not measure in %(project)s. Name somebody with --as.", project=found.key))
        ids = [_metric(found, key).id for key in keys] or None
        measured = _measure(found, ids, by)
        told = _told(measured)
    _print(told, as_json)


def _measure(project: Project, ids: list[int] | None, by: Actor) -> list[Metric]:
    """Read first, then write in one short transaction."""
    of, at, settings = session(), datetime.now(UTC), _settings()
    on = at.astimezone(settings.time_zone).date()
    project_id = project.id
    found = find(of, project_id=project_id, on=on, zone=settings.time_zone, ids=ids)
    of.rollback()
    begin_write(of)
    wanted = queries.measured_metrics(project_id=project_id, ids=list(found)).with_for_update()
    metrics = list(of.scalars(wanted))
    with noting(of, by=by, at=at, project_id=project_id):
        for one in metrics:
            write_down(of, one, found[one.id], on=on, by=by, at=at)
    of.commit()
    return metrics


def _told(metrics: Sequence[Metric]) -> list[dict[str, Any]]:
    today: date = datetime.now(UTC).astimezone(_settings().time_zone).date()
    standing = standings(session(), metrics, on=today)
    return [_as_data(one, standing[one.id][0].state, _last(one)) for one in metrics]


def _last(one: Metric) -> Measurement | None:
    if one.definition_number is None:
        return None
    found: Measurement | None = (
        session().scalars(queries.last_taken(metric_id=one.id, number=one.definition_number)).one_or_none()
    )
    return found


def _as_data(one: Metric, state: str, last: Measurement | None) -> dict[str, Any]:
    told = {
        "key": one.key, "name": one.name, "unit": one.currency or one.unit, "value": _number(one.latest),
        "numerator": _number(last.numerator) if last else None,
        "denominator": _number(last.denominator) if last else None, "n": last.n if last else None,
        "measured_on": one.latest_on.isoformat() if one.latest_on else None, "target": _number(one.target),
        "status": state,
    }  # fmt: skip
    if last is not None and last.unmeasured:
        told["reason"] = str(phrase_from_json(last.unmeasured))
    return told


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _print(told: Sequence[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"metrics": list(told)}, ensure_ascii=False))
        return
    for one in told:
        value, target = ("-" if one[name] is None else f"{one[name]:g}" for name in ("value", "target"))
        click.echo(f"{one['key']:<42}{value:>14}{target:>14}  {one['status']:<14}{one['name']}")
        if "reason" in one:
            click.echo(f"    {one['reason']}")


def _project(email: str | None, key: str) -> tuple[Project, Actor]:
    """The project with whoever acts in it; both are refused where one may not see it."""
    by = resolve(session(), email)
    begin(session(), by, at=datetime.now(UTC))
    found = project_named(session(), by, key)
    by = in_project(session(), by, found)
    if email is not None and not by.may(VIEW):
        raise NotFound("project")
    return found, by


def _metric(project: Project, key: str) -> Metric:
    for one in session().scalars(queries.metrics_with_keys(project_id=project.id)):
        if one.key == key:
            return one
    raise Refusal(say("%(project)s has no metric with the key %(key)s.", project=project.key, key=key))


def _settings() -> Settings:
    found: Settings = current_app.extensions["implementor_settings"]
    return found
