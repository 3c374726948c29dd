"""Commands about projects: the list of them."""

from __future__ import annotations

import json

import click
from flask.cli import with_appcontext

from implementor.auth.command_actor import resolve
from implementor.foundation.errors import Refusal
from implementor.projects.listing import rows_of_projects
from implementor.projects.models import Project
from implementor.web.unit_of_work import session


@click.group()
def project() -> None:
    """The rollout projects."""


@project.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--as", "email", help="Act for the person with this e-mail address.")
@with_appcontext
def list_projects(as_json: bool, email: str | None) -> None:
    """List the projects in use: key, name and the stage each stands in."""
    try:
        actor = resolve(session(), email)
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        raise click.exceptions.Exit(1) from refusal
    rows = session().execute(rows_of_projects(actor).order_by(Project.key)).all()
    if as_json:
        found = [{"key": row.key, "name": row.name, "stage": row.stage} for row in rows]
        click.echo(json.dumps({"projects": found}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row.key:<12}{row.stage or '-':<16}{row.name}")


def mount(group: click.Group) -> None:
    """Add these commands."""
    group.add_command(project)
