"""The command that proves that nobody rewrote history."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from implementor.history.sealing import key_from, verify_chain
from implementor.web.unit_of_work import session


def mount(group: click.Group) -> None:
    """Add the commands of this package."""
    group.add_command(history)


@click.group()
def history() -> None:
    """What was changed, and the proof that the record of it is whole."""


@history.command()
@click.option("--head", help="The last seal as it was noted elsewhere; tells whether the end was cut off.")
@with_appcontext
def verify(head: str | None) -> None:
    """Check the chain of seals over all changes."""
    settings = current_app.extensions["implementor_settings"]
    verdict = verify_chain(session(), key=key_from(settings.secret_key))
    if verdict.fault is not None:
        click.echo(f"Seal {verdict.fault.number}, change {verdict.fault.change_id}: {verdict.fault.reason}.", err=True)
        sys.exit(1)
    if head and head != verdict.head:
        click.echo(f"The chain ends in {verdict.head} and not in {head}: its end was cut off or has grown.", err=True)
        sys.exit(1)
    click.echo(f"{verdict.sealed} changes hold. Head: {verdict.head}")
