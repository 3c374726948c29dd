"""The command that is the worker process."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from implementor.jobs.worker import work


def mount(group: click.Group) -> None:
    """Add the commands of this package."""
    group.add_command(worker)


@click.command()
@with_appcontext
def worker() -> None:
    """Do the jobs that wait, until told to end."""
    work(current_app._get_current_object())  # type: ignore[attr-defined]  # threads need the application itself
