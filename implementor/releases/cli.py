"""Commands about releases: what the release of a wave would do, bringing it live, and rolling it back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import click
from flask.cli import with_appcontext

from implementor.auth.command_actor import begin, resolve
from implementor.configuration.first_use import speeches
from implementor.foundation.errors import Refusal
from implementor.foundation.permissions import Actor, Permission
from implementor.foundation.words import say
from implementor.history.services import noting
from implementor.projects.command_project import in_project, project_named
from implementor.projects.models import Project
from implementor.releases import permissions
from implementor.releases import release_queries as queries
from implementor.releases.release_models import ConfigRelease
from implementor.releases.release_notes import differences, sentence_of
from implementor.releases.release_plan import Verdict
from implementor.releases.release_planning import plan_of, verdict_of
from implementor.releases.release_return import roll_back
from implementor.releases.release_services import release_later
from implementor.releases.release_trial import try_out
from implementor.waves.models import Wave
from implementor.waves.queries import wave_by_number
from implementor.web.database import begin_write
from implementor.web.refusing import refusing
from implementor.web.unit_of_work import session

ACTING = click.option("--as", "email", help="Act for the person with this e-mail address.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


class NotAllowed(Refusal):
    """The person may not do this in the project."""


@click.group()
def release() -> None:
    """Releases of the settings that waves bring; WAVE is KEY/3."""


@release.command()
@click.argument("wave")
@click.option("--try", "tries", is_flag=True, help="Try it on the live data first; needs --as.")
@JSON
@ACTING
@with_appcontext
def plan(wave: str, tries: bool, as_json: bool, email: str | None) -> None:
    """Show what the release of WAVE would do; exits with 1 where something speaks against it."""
    of = session()
    if tries:
        with _working(wave, email, permissions.PREPARE_RELEASE) as (by, found, at):
            try_out(of, found, plan_of(of, found), by=by, at=at)
    with refusing():
        _project, found = _named(resolve(of, email), wave)
        verdict = verdict_of(of, found)
        _print(verdict, as_json)
    if not verdict.may_go_live:
        click.echo(str(_why_not(verdict)), err=True)
        raise click.exceptions.Exit(1)


@release.command()
@click.argument("wave")
@JSON
@ACTING
@with_appcontext
def apply(wave: str, as_json: bool, email: str | None) -> None:
    """Bring live what came to WAVE after it was closed; refused with the setting named."""
    with _working(wave, email, permissions.APPLY_RELEASE) as (by, found, at):
        made = release_later(session(), found, speeches=speeches(), by=by, at=at)
        told = _told(made)
    _say(told, as_json)


@release.command()
@click.argument("wave")
@click.option("--reason", required=True, help="Why; it becomes a decision of the project.")
@click.option("--sign", "signed", is_flag=True, help="Sign that what goes only one way does not come back.")
@click.option("--overwrite", "overwriting", is_flag=True, help="Set back what was changed since as well.")
@JSON
@ACTING
@with_appcontext
def rollback(wave: str, reason: str, signed: bool, overwriting: bool, as_json: bool, email: str | None) -> None:
    """Roll the latest release of WAVE back; refused with what comes first."""
    with _working(wave, email, permissions.APPLY_RELEASE) as (by, found, at):
        standing = session().scalars(
            queries.releases_of_wave(wave_id=found.id).where(ConfigRelease.rolled_back_at.is_(None)).limit(1)
        )
        latest = standing.one_or_none()
        if latest is None:
            raise Refusal(say("No release of %(wave)s stands.", wave=found.name))
        roll_back(session(), latest, found, reason=reason, signed=signed, overwriting=overwriting, by=by, at=at)
        told = _told(latest)
    _say(told, as_json)


@contextmanager
def _working(name: str, email: str | None, permission: Permission) -> Iterator[tuple[Actor, Wave, datetime]]:
    """A committed piece of work of this person on a wave, where they may; otherwise why not, and exit with 1."""
    of, at = session(), datetime.now(UTC)
    begin_write(of)
    with refusing():
        by = resolve(of, email)
        begin(of, by, at=at)
        project, found = _named(by, name)
        by = in_project(of, by, project)
        if not by.may(permission) or project.is_archived or found.is_archived:
            raise NotAllowed(say("You may not do this in %(project)s. Name somebody with --as.", project=project.key))
        with noting(of, by=by, at=at, project_id=project.id):
            yield by, found, at
        of.commit()


def _named(by: Actor, name: str) -> tuple[Project, Wave]:
    """The wave that KEY/3 names."""
    key, _, number = name.partition("/")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise click.UsageError("Name the wave by the key of its project and its number, such as VEN/3.")
    project = project_named(session(), by, key)
    found = session().scalars(wave_by_number(project_id=project.id, number=int(number))).one_or_none()
    if found is None:
        raise Refusal(say("%(project)s has no wave %(number)s.", project=project.key, number=number))
    return project, found


def _print(verdict: Verdict, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_as_data(verdict), ensure_ascii=False))
        return
    click.echo(str(say("Release %(number)s would change:", number=verdict.plan.number)))
    for step in verdict.plan.steps:
        click.echo(f"  {_state(verdict, step):<10}{sentence_of(step)}")
        for line in differences(step):
            click.echo(f"  {'':<12}{line}")
        for said in verdict.of(step):
            click.echo(f"  {'':<12}! {said.finding.text}" if not said.is_settled else f"  {'':<12}{said.finding.text}")


def _as_data(verdict: Verdict) -> dict[str, Any]:
    return {
        "release": verdict.plan.number,
        "tried": verdict.run is not None,
        "outdated": verdict.is_outdated,
        "may_go_live": verdict.may_go_live,
        "operations": [
            {
                "story": step.story.number, "kind": step.operation.kind, "verb": step.operation.verb,
                "name": str(step.item.label), "state": _state(verdict, step),
                "moves": verdict.moves.get(step.item.id, 0),
                "findings": [
                    {"code": one.finding.code, "text": str(one.finding.text), "count": one.finding.count,
                     "blocks": one.finding.blocks, "settled": one.is_settled}
                    for one in verdict.of(step)
                ],
            }
            for step in verdict.plan.steps
        ],
    }  # fmt: skip


def _state(verdict: Verdict, step: Any) -> str:
    if step.is_dropped:
        return "dropped"
    if step.waits_for_choice:
        return "drift"
    if not verdict.is_clean(step):
        return "open"
    return "idle" if step.is_idle else "ready"


def _why_not(verdict: Verdict) -> Any:
    if verdict.run is None:
        return say("It was not tried yet.")
    if verdict.is_outdated:
        return say("It was tried before its settings or the configuration changed. Try it again.")
    names = ", ".join(f"“{step.item.label}”" for step in verdict.blocking)
    return say("To be settled before the release: %(names)s.", names=names)


def _told(made: ConfigRelease) -> dict[str, Any]:
    return {
        "release": made.number, "state": made.state, "operations": made.operation_count, "records": made.row_count,
        "configuration": made.configuration_number,
    }  # fmt: skip


def _say(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told))
        return
    live = say("Release %(number)s is live.", number=told["release"])
    back = say("Release %(number)s is rolled back.", number=told["release"])
    click.echo(str(live if told["state"] == "applied" else back))


def mount(group: click.Group) -> None:
    """Add these commands."""
    group.add_command(release)
