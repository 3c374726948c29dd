"""Commands about people: add, give roles, help back in, keep out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from implementor.auth import command_actor, queries
from implementor.auth.models import User
from implementor.auth.permissions import MANAGE_USERS
from implementor.auth.services import links, people
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import INSTALLATION_ROLES, SYSTEM, Actor, Role
from implementor.foundation.words import say
from implementor.web.database import begin_write
from implementor.web.language import settings
from implementor.web.unit_of_work import session

ROLES = click.Choice([role.value for role in INSTALLATION_ROLES])
LOCAL_ADDRESS = "http://127.0.0.1:8000"
acts_as = click.option("--as", "as_email", metavar="EMAIL", help="Act for the person with this e-mail address.")


def mount(group: click.Group) -> None:
    """Add the commands of this package."""
    group.add_command(user)


@click.group()
def user() -> None:
    """People with an account and their roles in the whole installation."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", "roles", type=ROLES, multiple=True, help="A role in the whole installation; can be repeated.")
@click.option("--language", help="Language code of mails and pages, such as es.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of issuing a link.")
@acts_as
@with_appcontext
def add(
    email: str, name: str, roles: tuple[str, ...], language: str | None, password_stdin: bool, as_email: str | None
) -> None:
    """Add a person; without --password-stdin print the link with which they choose a password."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    with _work(as_email) as (db, by, at):
        added = people.add_user(
            db, name=name, email=email, by=by, at=at, roles=[Role(role) for role in roles], password=password,
            language=_language(language), time_zone=str(settings().time_zone),
        )  # fmt: skip
        link = None if password_stdin else links.issue_link(db, added, base=_base(), by=by, at=at).url
    click.echo(link or f"{email} is added.")


@user.command()
@click.argument("email")
@click.argument("role", type=ROLES)
@click.option("--revoke", is_flag=True, help="Take the role instead of giving it.")
@acts_as
@with_appcontext
def role(email: str, role: str, revoke: bool, as_email: str | None) -> None:
    """Give a person a role in the whole installation, or take it."""
    change = people.revoke_role if revoke else people.grant_role
    with _work(as_email) as (db, by, at):
        change(db, _found(db, email), role=Role(role), by=by, at=at)


@user.command("reset-link")
@click.argument("email")
@acts_as
@with_appcontext
def reset_link(email: str, as_email: str | None) -> None:
    """Print a link with which a person chooses a new password."""
    with _work(as_email) as (db, by, at):
        link = links.issue_link(db, _found(db, email), base=_base(), by=by, at=at)
    click.echo(link.url)


@user.command()
@click.argument("email")
@acts_as
@with_appcontext
def disable(email: str, as_email: str | None) -> None:
    """Keep a person out; their sessions end at once."""
    with _work(as_email) as (db, by, at):
        people.disable_user(db, _found(db, email), by=by, at=at)


@user.command()
@click.argument("email")
@acts_as
@with_appcontext
def enable(email: str, as_email: str | None) -> None:
    """Let a person sign in again."""
    with _work(as_email) as (db, by, at):
        people.enable_user(db, _found(db, email), by=by, at=at)


@contextmanager
def _work(as_email: str | None) -> Iterator[tuple[Session, Actor, datetime]]:
    """One committed transaction of the actor; a refusal takes it back, says why and ends with 1."""
    at = datetime.now(UTC)
    begin_write(session())
    try:
        by = command_actor.resolve(session(), as_email)
        if by is not SYSTEM and not by.may(MANAGE_USERS):
            raise Refusal(say("Only an administrator may do this."))
        command_actor.begin(session(), by, at=at)
        yield session(), by, at
        session().commit()
    except Refusal as refusal:
        session().rollback()
        for reason in _reasons(refusal):
            click.echo(str(reason), err=True)
        raise click.exceptions.Exit(1) from refusal


def _reasons(refusal: Refusal) -> list[Any]:
    return list(refusal.errors.values()) if isinstance(refusal, InvalidInput) else [refusal.reason]


def _found(db: Session, email: str) -> User:
    found = db.scalars(queries.person_by_email(email)).first()
    if found is None:
        raise Refusal(say("Nobody has the address %(email)s.", email=email))
    return found


def _language(asked: str | None) -> str:
    offered = settings().languages
    if asked is not None and asked not in offered:
        raise click.BadParameter(f"choose one of {', '.join(offered)}", param_hint="--language")
    return asked or offered[0]


def _base() -> str:
    return settings().base_url or LOCAL_ADDRESS
