"""The command that builds the demo world; nothing else ever does."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from implementor.configuration.snapshots import now_live
from implementor.demo.bulk import add_bulk_project
from implementor.demo.bulk_crm import Amounts, add_bulk_customers
from implementor.demo.bulk_crm_rows import Stamps
from implementor.demo.play import Play
from implementor.demo.world import build_world
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.live import living
from implementor.web.database import filling_session, writing_session

LARGE = 100_000
CONTACTS = 1_000_000
SELLERS = ("seller", "rep_north", "rep_south", "technician")


@click.command()
@click.option(
    "--size", type=click.Choice(["small", "large"]), default="small", show_default=True,
    help=f"large adds a project of {LARGE:,} stories and {CONTACTS:,} contacts with all that goes with them.",
)  # fmt: skip
@click.option("--contacts", type=int, default=CONTACTS, show_default=True, help="How many contacts large adds.")
@click.option("--password", help="One password for everybody, instead of random ones.")
@with_appcontext
def seed(size: str, contacts: int, password: str | None) -> None:
    """Build the demo world in an empty database and print how to sign in."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the session outlives the proxy
    now = datetime.now(UTC)
    try:
        with quiet(), writing_session(app) as session:
            sign_ins, play = build_world(session, today=now.date(), password=password)
            session.commit()
        if size == "large":
            with quiet(), filling_session(app) as session:
                _add_masses(session, play, contacts, now)
    except InvalidInput as bad:
        raise click.UsageError("; ".join(str(reason) for reason in bad.errors.values())) from bad
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        raise click.exceptions.Exit(1) from refusal
    width = max(len(one.role) for one in sign_ins)
    for one in sign_ins:
        click.echo(f"{one.role:<{width}}  {one.name:<16}  {one.email:<36}  {one.password}")


def _add_masses(session: Session, play: Play, contacts: int, at: datetime) -> None:
    """A project and a CRM as large as they come, kept in parts as they are made."""
    areas, owners = list(play.areas.values()), [play.actors[key].user_id or 0 for key in SELLERS]
    add_bulk_project(session, "BIG", LARGE, actors=play.actors, area_ids=areas, at=at)
    session.commit()
    with living(now_live(session)):
        add_bulk_customers(session, Amounts.around(contacts), Stamps(at, owners, areas), settle=session.commit)


@contextmanager
def quiet() -> Iterator[None]:
    """Log only warnings in the block: that invented people get invented roles is no news for operators."""
    log = logging.getLogger("implementor")
    level = log.level
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(level)


def mount(group: click.Group) -> None:
    """Add the command of this package."""
    group.add_command(seed)
