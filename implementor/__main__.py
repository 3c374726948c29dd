"""The `implementor` command: what needs no application answers at once, everything else comes from the features."""

import gc
import json
import re
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click
from flask.cli import FlaskGroup, shell_command

from implementor.foundation.errors import Refusal
from implementor.settings import Settings, SettingsError, load_settings, setting_fields, variable_name

FEW_COLLECTIONS = (50_000, 10, 10)
"""New objects before the collector of garbage looks through them, Python's 700: loading the program makes 200,000
that stay, and looking through these again and again took a fifth of each start."""


def _create_app() -> "object":
    from implementor.factory import create_app  # late: serving and showing settings must not wait for it

    return create_app()


commands = FlaskGroup(
    name="implementor",
    create_app=_create_app,  # type: ignore[arg-type]  # imported late
    add_default_commands=False,
    add_version_option=False,
    # each command below says `with_appcontext=False`: else the application is loaded before any of them begins
    help="Plans, governs and carries out CRM rollouts, with the CRM in one program.",
)


@commands.command(with_appcontext=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, help="Port to listen at.", envvar="PORT")
def serve(host: str, port: int) -> None:
    """Start the web server; while nobody has an account it prints the link for the first administrator."""
    from implementor.web import server
    from implementor.web.line import shared_line

    settings = load_settings()
    with server.shared_figures(), shared_line():
        link = _first_link(settings, settings.base_url or f"http://{host}:{port}")
        processes, threads = settings.processes, settings.threads
        server.serve(host, port, processes=processes, threads=threads, when_listening=lambda: _say_how_to_begin(link))


@commands.command(with_appcontext=False)
@click.option("--base-url", default="http://127.0.0.1:8000", show_default=True, help="Address people will type.")
def init(base_url: str) -> None:
    """Make an empty database for real use, or bring an older one up to date."""
    settings = load_settings()
    _upgrade(settings.database_url, "head")
    click.echo("The database is ready. `implementor serve` starts the pages, `implementor worker` the jobs.")
    _say_how_to_begin(_first_link(settings, settings.base_url or base_url))


def _first_link(settings: Settings, base: str) -> str | None:
    """The one-time link for the first administrator, when nobody has an account yet."""
    if not import_module("implementor.web.migrate").has_nobody(settings.database_url):
        return None
    from implementor.auth.services.links import first_administrator_link
    from implementor.factory import create_app
    from implementor.web.database import writing_session

    with writing_session(create_app(settings)) as session:
        link = first_administrator_link(session, datetime.now(UTC), base)
        session.commit()
    return link


def _say_how_to_begin(link: str | None) -> None:
    if link:
        click.echo(f"Nobody has an account yet. The first administrator opens this link, once: {link}")


@commands.command(with_appcontext=False)
def config() -> None:
    """Show every setting, its value and where it comes from."""
    settings = load_settings()
    for each in setting_fields():
        shown = _shown(getattr(settings, each.name), is_secret=each.metadata["secret"])
        click.echo(f"{variable_name(each.name)}={shown}  [{settings.sources[each.name]}]")


def _shown(value: object, *, is_secret: bool) -> str:
    """A setting for the eye: addresses without their password, other secrets not at all."""
    text = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
    if is_secret and text:
        return re.sub(r"//([^/@]*):[^/@]*@", r"//\1:***@", text) if "://" in text else "(set)"
    return text


@commands.command(with_appcontext=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def doctor(as_json: bool) -> None:
    """Look at this installation and say what is wrong and how to mend it; ends with 1 when something must be."""
    from implementor.factory import create_app
    from implementor.web import doctor as practice

    findings = practice.examine_once(create_app(load_settings()), datetime.now(UTC))
    if as_json:
        click.echo(json.dumps(practice.as_json(findings)))
    else:
        for each in findings:
            click.echo(f"{each.state:<6} {each.name}: {each.words}")
    sys.exit(0 if practice.is_healthy(findings) else 1)


commands.add_command(shell_command)


@commands.group()
def db() -> None:
    """Bring the database to a schema, or say which one it has."""


@db.command(with_appcontext=False)
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Apply every migration up to REVISION (the newest)."""
    _upgrade(load_settings().database_url, revision)


def _upgrade(url: str, revision: str) -> None:
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    migrate().upgrade_database(url, revision)


@db.command(with_appcontext=False)
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Take migrations back to REVISION (`base` for none)."""
    migrate().downgrade_database(load_settings().database_url, revision)


@db.command(with_appcontext=False)
def check() -> None:
    """End with 1 when the database is not at the newest schema."""
    is_current = migrate().is_current(load_settings().database_url)
    click.echo("The database is up to date." if is_current else "The database is behind: run `implementor db upgrade`.")
    sys.exit(0 if is_current else 1)


def migrate() -> ModuleType:
    """The module that migrates, loaded only by the commands that need it."""
    return import_module("implementor.web.migrate")


def main() -> None:
    """Run a command: a rule that says no ends it with 1, settings that cannot be used with 2, both with the reason."""
    gc.set_threshold(*FEW_COLLECTIONS)
    try:
        commands.main()
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)
    except SettingsError as problem:
        click.echo(str(problem), err=True)
        sys.exit(2)
    except Exception as fault:
        reason = _reason_in_the_database(fault)
        if reason is None:
            raise
        click.echo(reason, err=True)
        sys.exit(1)


def _reason_in_the_database(fault: Exception) -> str | None:
    """What a person can mend: a database that is away or lacks migrations of this program; None for a fault of ours."""
    from sqlalchemy.exc import OperationalError, ProgrammingError

    if not isinstance(fault, OperationalError | ProgrammingError):
        return None
    try:
        is_current = migrate().is_current(load_settings().database_url)
    except OperationalError as away:
        return f"The database cannot be reached: {away.orig}"
    return None if is_current else "The database is not at this program's schema: run `implementor db upgrade` first."


if __name__ == "__main__":
    main()
