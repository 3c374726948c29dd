"""Commands about forecasts: when a wave will be done, and whether stated odds were the observed ones."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup, with_appcontext

from implementor.auth.command_actor import resolve
from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.words import say
from implementor.projects.command_project import project_named
from implementor.waves.backtest import SEED, Trial, by_team, coverage, trials
from implementor.waves.forecast import RUNS
from implementor.waves.forecasting import Assumptions, ProjectForecast, WaveForecast, forecast_of, weeks_of
from implementor.waves.history_file import QUANTITIES, histories_from
from implementor.web.language import settings
from implementor.web.unit_of_work import session

ACTING = click.option("--as", "email", help="Act for the person with this e-mail address.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


class ForecastGroup(AppGroup):
    """`forecast KEY/3` without the name of a command shows the forecast of that wave."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command that is named, or `show`."""
        named = args and args[0] in self.commands
        return super().resolve_command(ctx, args if named else ["show", *args])


@click.group(cls=ForecastGroup)
def forecast() -> None:
    """Forecasts from a project's own past: `forecast WAVE` (KEY/3), and how such forecasts did."""


@forecast.command()
@click.argument("wave")
@click.option("--capacity", type=click.IntRange(1, 300), default=100, help="Per cent of a usual week that people have.")
@click.option("--seed", type=click.IntRange(0, 2**31), default=Assumptions.seed, help="The start of the dice.")
@JSON
@ACTING
@with_appcontext
def show(wave: str, capacity: int, seed: int, as_json: bool, email: str | None) -> None:
    """Say when WAVE will be done, with chances of 50, 70, 85 and 95 per cent."""
    key, _, number = wave.partition("/")
    of = session()
    try:
        project = project_named(of, resolve(of, email), key)
        made = forecast_of(
            of, project_id=project.id, at=datetime.now(UTC), zone=settings().time_zone,
            assumptions=Assumptions(capacity=capacity, seed=seed),
        )  # fmt: skip
        found = _wave_of(made, wave, number)
    except (Refusal, NotFound) as refusal:
        _refuse(refusal)
    if as_json:
        click.echo(json.dumps(_told(made, found)))
        return
    click.echo(f"{found.wave.name}: {found.left} to finish, {found.ahead} before them")
    for share, day in found.dates.items():
        click.echo(f"{share} %   {day.isoformat() if day else '-'}")
    if found.chance is not None:
        click.echo(f"promised {found.wave.ends_on.isoformat()}: {round(found.chance * 100)} %")


@forecast.command()
@click.option("--project", "key", help="The key of a project: its own weeks.")
@click.option("--history", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file of teams' past.")
@click.option("--quantity", type=click.Choice(list(QUANTITIES)), default="issues", help="What the file is asked for.")
@click.option("--seed", type=click.IntRange(0, 2**31), default=SEED, help="The start of the dice that break ties.")
@JSON
@ACTING
@with_appcontext
def backtest(key: str | None, history: Path | None, quantity: str, seed: int, as_json: bool, email: str | None) -> None:
    """Compare stated odds with what happened, over the weeks of a project or a file of teams."""
    if (key is None) == (history is None):
        raise click.UsageError("Give either --project or --history.")
    try:
        histories = _of_file(history, quantity) if history is not None else _of_project(str(key), email)
    except (Refusal, NotFound) as refusal:
        _refuse(refusal)
    found = trials(histories, seed=seed)
    if as_json:
        whole = coverage(found)
        kept = {str(share): round(kept, 1) for share, kept in whole.kept.items()}
        click.echo(json.dumps({"n": whole.count, "coverage": kept}))
        return
    _print(found, seed)


def mount(group: click.Group) -> None:
    """Add the commands of this package to the application's."""
    group.add_command(forecast)


def _wave_of(made: ProjectForecast, name: str, number: str) -> WaveForecast:
    if made.runs is None:
        raise Refusal(say("The project has not finished stories in at least four weeks yet: there is no forecast."))
    found = made.of_wave(int(number)) if number.isdigit() else None
    if found is None:
        raise Refusal(say("%(wave)s is no open wave.", wave=name))
    return found


def _told(made: ProjectForecast, found: WaveForecast) -> dict[str, Any]:
    return {
        "wave": found.wave.number,
        "left": found.left,
        "ahead": found.ahead,
        "dates": {str(share): day.isoformat() if day else None for share, day in found.dates.items()},
        "promised": found.wave.ends_on.isoformat() if found.wave.ends_on else None,
        "chance": None if found.chance is None else round(found.chance, 4),
        "weeks": [week.finished for week in made.weeks],
        "seed": made.assumptions.seed,
        "runs": RUNS,
    }


def _of_file(path: Path, quantity: str) -> dict[str, list[tuple[int, float]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return histories_from(lines, quantity=quantity)
    except UnicodeDecodeError as broken:
        raise Refusal(say("The file is not written in UTF-8.")) from broken


def _of_project(key: str, email: str | None) -> dict[str, list[tuple[int, float]]]:
    of = session()
    project = project_named(of, resolve(of, email), key)
    weeks = weeks_of(of, project_id=project.id, at=datetime.now(UTC), zone=settings().time_zone)
    return {project.key: [(place, float(week.finished)) for place, week in enumerate(weeks, 1)]}


def _print(found: list[Trial], seed: int) -> None:
    click.echo(f"{'team':<24}{'n':>6}{'50 %':>8}{'70 %':>8}{'85 %':>8}{'95 %':>8}")
    for team, kept in (*by_team(found).items(), ("all", coverage(found))):
        click.echo(f"{team:<24}{kept.count:>6}" + "".join(f"{share:>8.1f}" for share in kept.kept.values()))
    click.echo(f"seed {seed}")


def _refuse(refusal: Exception) -> NoReturn:
    session().rollback()
    click.echo(str(say("There is no such project.")) if isinstance(refusal, NotFound) else str(refusal), err=True)
    raise click.exceptions.Exit(1)
