"""Commands about stages: where a project stands."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from implementor.auth.command_actor import resolve
from implementor.foundation.errors import Refusal
from implementor.foundation.words import say
from implementor.projects.queries import project_visible_to
from implementor.stages.queries import stages_of_project
from implementor.web.unit_of_work import session


@click.group()
def stage() -> None:
    """Where projects stand in their method."""


@stage.command()
@click.argument("project")
@click.option("--as", "email", help="Act for the person with this e-mail address.")
@with_appcontext
def show(project: str, email: str | None) -> None:
    """Show the stages of PROJECT (its key), one a line: key, state, since when."""
    try:
        found = session().scalars(project_visible_to(resolve(session(), email), project)).one_or_none()
        if found is None:
            raise Refusal(say("There is no project %(key)s that you may see.", key=project))
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        raise click.exceptions.Exit(1) from refusal
    for one in session().scalars(stages_of_project(project_id=found.id)):
        since = one.entered_at.date().isoformat() if one.entered_at else "-"
        click.echo(f"{one.key:<16}{one.state:<14}{since}")


def mount(group: click.Group) -> None:
    """Add these commands."""
    group.add_command(stage)
