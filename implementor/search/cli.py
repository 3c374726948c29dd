"""The command that writes the search index anew."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext

from implementor.search.services import rebuild_batch
from implementor.search.sources import searched_kinds
from implementor.web.database import writing_session


def mount(group: click.Group) -> None:
    """Add the commands of this package."""
    group.add_command(reindex)


@click.command()
@click.option("--kind", help="Only records of this kind, such as story.")
@with_appcontext
def reindex(kind: str | None) -> None:
    """Write the search index anew; people can go on working."""
    for one in [kind] if kind else searched_kinds():
        last: int | None = 0
        while last is not None:
            app = current_app._get_current_object()  # type: ignore[attr-defined]  # the session outlives the proxy
            with writing_session(app) as session:
                last = rebuild_batch(session, one, at=datetime.now(UTC), after_id=last)
                session.commit()
        click.echo(f"{one} can be found again")
