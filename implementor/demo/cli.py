"""The command that builds the demo world; nothing else ever does."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from implementor.demo.bulk import add_bulk_project
from implementor.demo.world import build_world
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.web.database import writing_session

LARGE = 100_000


@click.command()
@click.option(
    "--size", type=click.Choice(["small", "large"]), default="small", show_default=True,
    help=f"large adds a project of {LARGE:,} stories.",
)  # fmt: skip
@click.option("--password", help="One password for everybody, instead of random ones.")
@with_appcontext
def seed(size: str, password: str | None) -> None:
    """Build the demo world in an empty database and print how to sign in."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the session outlives the proxy
    now = datetime.now(UTC)
    try:
        with writing_session(app) as session:
            sign_ins, play = build_world(session, today=now.date(), password=password)
            if size == "large":
                add_bulk_project(session, "BIG", LARGE, actors=play.actors, area_ids=list(play.areas.values()), at=now)
            session.commit()
    except InvalidInput as bad:
        raise click.UsageError("; ".join(str(reason) for reason in bad.errors.values())) from bad
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        raise click.exceptions.Exit(1) from refusal
    width = max(len(one.role) for one in sign_ins)
    for one in sign_ins:
        click.echo(f"{one.role:<{width}}  {one.name:<16}  {one.email:<36}  {one.password}")


def mount(group: click.Group) -> None:
    """Add the command of this package."""
    group.add_command(seed)
