"""Commands about imports: bring a file in (or only look), list what was brought in, take it back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from implementor.auth.command_actor import begin, resolve
from implementor.exchange import queries, running, services, undoing
from implementor.exchange.command_report import Report, told, told_of
from implementor.exchange.command_work import CommandWork
from implementor.exchange.kinds import ImportKind, Options, Outcome, Reason, Setup, Where, kinds
from implementor.exchange.mapping import normal, recalled
from implementor.exchange.models import ImportRun
from implementor.exchange.permissions import IMPORT, SEE_ALL
from implementor.exchange.readers.source import Source
from implementor.exchange.running import Checked, Counts
from implementor.exchange.sources import column_heads, filled_by, open_file, suggestions_for
from implementor.exchange.storage import look_at
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded
from implementor.foundation.words import Phrase, say
from implementor.history.restoring import places
from implementor.web.unit_of_work import session

as_option = click.option("--as", "as_email", metavar="EMAIL", help="Act for the person with this e-mail address.")


def mount(group: click.Group) -> None:
    """Add the commands of this package."""
    group.add_command(bring_in)
    group.add_command(imports)


@click.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--project", "project_key", metavar="KEY", help="The project the records belong to.")
@click.option("--map", "map_file", type=click.File(encoding="utf-8"), help="JSON: header -> field, or column number.")
@click.option("--dry-run", is_flag=True, help="Check the whole file and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--skip-bad-cells", is_flag=True, help="Take rows without cells that cannot be read, where they can do.")
@click.option("--take-doubles", is_flag=True, help="Take rows although another record bears their number.")
@as_option
@with_appcontext
def bring_in(
    kind: str, file: Path, project_key: str | None, map_file: Any, dry_run: bool, as_json: bool, skip_bad_cells: bool,
    take_doubles: bool, as_email: str | None,
) -> None:  # fmt: skip
    """Bring the records of FILE in; KIND is what they are, such as stories."""
    if kind not in kinds:
        raise click.UsageError(f"There is no kind {kind!r}; choose one of: {', '.join(sorted(kinds))}.")
    given = _read_map(map_file) if map_file is not None else None
    with _refusing(as_json):
        where = kinds[kind].find_place(session(), resolve(session(), as_email), project_key)
        if not where.by.may(kinds[kind].permission):
            raise Refusal(say("You may not import this."))
        work = CommandWork(current_app._get_current_object(), where.by, where.project_id)  # type: ignore[attr-defined]
        session().rollback()  # the work below opens its own sessions
        with work.writing() as db:
            begin(db, where.by, at=work.now())
        setup, shut = _setup(kinds[kind], file, where, given)
        given_options = setup.options
        setup.options = replace(
            given_options,
            skips_cells=skip_bad_cells or given_options.skips_cells,
            doubles=take_doubles or given_options.doubles,
        )
        report = (_look if dry_run else _bring)(work, kinds[kind], file, setup)
        report.remarks = [*shut, *report.remarks]
    report.say(as_json=as_json, dry_run=dry_run)


def _read_map(map_file: Any) -> Mapping[str, Any]:
    try:
        given = json.load(map_file)
    except json.JSONDecodeError as fault:
        raise click.UsageError(f"--map holds no valid JSON: line {fault.lineno}, column {fault.colno}.") from fault
    if not isinstance(given, dict):
        raise click.UsageError('--map needs an object such as {"Summary": "title"}.')
    return given


def _setup(kind: ImportKind, file: Path, where: Where, given: Mapping[str, Any] | None) -> tuple[Setup, list[Phrase]]:
    """How the file is taken, and of columns that the person may not fill why they are left out."""
    source, detected = open_file(file, filename=file.name, hints={}, kind=kind)
    suggested = suggestions_for(source, kind, where.by)
    mapping = filled_by(suggested)
    chart: Mapping[str, Any] = given if given is not None and "columns" in given else {}
    if given is not None:
        mapping |= _given_mapping(source, given.get("columns", given))
        mapping = {column: field for column, field in mapping.items() if field}
    services.refuse_mapping(kind, source.columns, mapping, where.by)
    options = _options(chart, where.by)
    at = datetime.now(UTC)
    shut = [offer.reason for column, offer in suggested.items() if not offer.field and column not in mapping]
    return Setup(None, where.project_id, file.name, source, detected, mapping, options, where.by, at), shut


def _options(chart: Mapping[str, Any], by: Actor) -> Options:
    """How the file is to be taken: `meanings` by field and word, and `options` as the page of columns asks them."""
    chosen = chart.get("options", {})
    unknown = sorted(set(chosen) - {one.name for one in fields(Options)})
    if unknown:
        raise click.UsageError(f"--map: there is no option {unknown[0]!r}.")
    meanings = {
        name: {folded(word): meant for word, meant in words.items()}
        for name, words in chart.get("meanings", {}).items()
    }
    return Options(**{"time_zone": by.time_zone, **chosen, "meanings": meanings})


def _given_mapping(source: Source, given: Mapping[str, Any]) -> dict[int, str]:
    """Columns by header as written, by header however written, or by number from 1; an empty field leaves one out."""
    by_label = {column.label_unique: column.index for column in source.columns}
    by_name = {str(name): str(field or "") for name, field in given.items()}
    found = recalled(source.columns, {normal(name): field for name, field in by_name.items()})
    for name, field in by_name.items():
        if name in by_label:
            found[by_label[name]] = field
        elif name.isdecimal() and 1 <= int(name) <= len(source.columns):
            found.setdefault(int(name) - 1, field)
    return found


# --- doing it ---------------------------------------------------------------------------------------------------------


def _look(work: CommandWork, kind: ImportKind, file: Path, setup: Setup) -> Report:
    report = Report()

    def keep(outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            report.reasons.extend(told(outcome.row.number, reason) for reason in outcome.reasons)
            report.left_empty.extend(told(outcome.row.number, reason) for reason in outcome.emptied)

    with work.showing(file.name):
        checked: Checked = running.check(work, kind, setup, keep)
    report.counts, report.remarks = checked.counts, checked.remarks
    return report


def _bring(work: CommandWork, kind: ImportKind, file: Path, setup: Setup) -> Report:
    with work.writing() as db:
        run = services.begin_run(
            db, kind=kind, project_id=work.project_id, upload=look_at(file), by=work.by, at=work.now()
        )
        services.keep_shape(
            run, detected=setup.detected.kind, columns=setup.source.columns, heads=column_heads(setup.source)
        )
        services.set_mapping(
            db, run, kind, setup.source.columns, setup.mapping, setup.options, by=work.by, at=work.now()
        )
        run.state, run.started_at = "running", work.now()
        db.flush()
        run_id = run.id
    with work.showing(file.name):
        running.carry_out(work, run_id, file)
    with work.reading() as db:
        run = db.get_one(ImportRun, run_id)
        counts = Counts(run.read_count, run.created_count, run.updated_count, run.unchanged_count, run.refused_count)
        refused, emptied = queries.refused_of_run(run_id=run_id), queries.emptied_of_run(run_id=run_id)
        return Report(counts, told_of(db.scalars(refused)), told_of(db.scalars(emptied)), run.remark_phrases)


@contextmanager
def _refusing(as_json: bool = False) -> Iterator[None]:
    """A refusal says why on the error stream and ends with 1."""
    try:
        yield
    except Refusal as refusal:
        sentences = list(refusal.errors.values()) if isinstance(refusal, InvalidInput) else [refusal]
        for sentence in sentences:
            click.echo(str(sentence), err=True)
        if as_json:
            reasons = [told(None, Reason(say("%(reason)s", reason=str(one)))) for one in sentences]
            click.echo(json.dumps({**vars(Counts()), "reasons": reasons}, ensure_ascii=False))
        raise click.exceptions.Exit(1) from refusal


# --- what was brought in ----------------------------------------------------------------------------------------------


@click.group()
def imports() -> None:
    """What was imported."""


@imports.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--limit", default=50, show_default=True, help="How many, latest first.")
@as_option
@with_appcontext
def list_imports(as_json: bool, limit: int, as_email: str | None) -> None:
    """List imports, the latest first."""
    with _refusing():
        by = resolve(session(), as_email)
    found = [run for run in session().scalars(queries.latest_runs(by, limit=limit)) if _may(session(), by, run)]
    rows = [_listed(run) for run in found]
    if as_json:
        click.echo(json.dumps({"imports": rows}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(
            f"{row['id']:>6}  {row['state']:<10} {row['created']:>8} {row['updated']:>8} {row['refused']:>8}"
            f"  {row['file']}"
        )


def _listed(run: ImportRun) -> dict[str, Any]:
    return {
        "id": run.id, "kind": run.kind, "file": run.file_name, "state": run.state, "read": run.read_count,
        "created": run.created_count, "updated": run.updated_count, "unchanged": run.unchanged_count,
        "refused": run.refused_count, "started": run.started_at.isoformat() if run.started_at else None,
    }  # fmt: skip


@imports.command("undo")
@click.argument("run_id", type=int)
@as_option
@with_appcontext
def undo(run_id: int, as_email: str | None) -> None:
    """Take the import with the number RUN_ID back."""
    with _refusing():
        by = resolve(session(), as_email)
        run = session().get(ImportRun, run_id)
        if run is None or not _may(session(), by, run):
            raise Refusal(say("There is no import %(number)s that you may see.", number=run_id))
        services.refuse_undo(run)
        project_id, file_name = run.project_id, run.file_name
        session().rollback()
        work = CommandWork(current_app._get_current_object(), by, project_id)  # type: ignore[attr-defined]
        with work.showing(file_name):
            undone = undoing.take_back(work, run_id)
    click.echo(f"Put back: {undone.restored}, left as they are: {len(undone.kept)}.")
    for title, reason in undone.kept[:50]:
        click.echo(f"{title}: {reason}", err=True)


def _may(db: Session, by: Actor, run: ImportRun) -> bool:
    """Whether the actor may deal with imports where this one is, and with this one."""
    if run.project_id is None:
        is_known = by.may(SEE_ALL) or run.created_by_id == by.user_id
        return is_known and run.kind in kinds and by.may(kinds[run.kind].permission)
    return by.may(IMPORT) or by.with_roles(places.roles_in_project(db, by, run.project_id) or ()).may(IMPORT)
