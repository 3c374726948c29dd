"""The `implementor` command: what needs no application answers at once, everything else comes from the features."""

import re
import sys

import click
from flask.cli import FlaskGroup

from implementor.settings import SettingsError, load_settings, setting_fields, variable_name


def _create_app() -> "object":
    from implementor.factory import create_app  # late: serving and showing settings must not wait for it

    return create_app()


commands = FlaskGroup(
    name="implementor",
    create_app=_create_app,  # type: ignore[arg-type]  # imported late
    add_default_commands=False,
    add_version_option=False,
    help="Plans, governs and carries out CRM rollouts, with the CRM in one program.",
)


@commands.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, help="Port to listen at.", envvar="PORT")
def serve(host: str, port: int) -> None:
    """Start the web server."""
    from implementor.web.server import serve as serve_pages

    serve_pages(host, port, load_settings().threads)


@commands.command()
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


def main() -> None:
    """Run a command; settings that cannot be used end it with 2 and their reason."""
    try:
        commands.main()
    except SettingsError as problem:
        click.echo(str(problem), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
