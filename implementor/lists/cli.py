"""The command that takes the records of a kind away as a file, which the import reads back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from implementor.auth.command_actor import begin, resolve
from implementor.exchange.own_keys import own_key
from implementor.exchange.records.targets import is_filled
from implementor.exchange.writers import csv_lines, xlsx_file
from implementor.foundation.errors import Refusal
from implementor.foundation.fields import Field, Kind, Scope
from implementor.foundation.permissions import SYSTEM, Actor
from implementor.foundation.words import say
from implementor.lists.cells import Cell, cell_of_row, plain_value
from implementor.lists.exporting import Exported, exported_kind, exported_kinds
from implementor.web.unit_of_work import session

FORMATS = ("csv", "xlsx", "json")
KEY = say("External id")


def mount(group: click.Group) -> None:
    """Add the command of this package."""
    group.add_command(take_away)


@click.command("export")
@click.argument("kind")
@click.option("--format", "form", type=click.Choice(FORMATS), help="By default what FILE ends with, else csv.")
@click.option("-o", "file", type=click.Path(dir_okay=False, path_type=Path), help="By default the standard output.")
@click.option("--as", "as_email", metavar="EMAIL", help="Act for the person with this e-mail address.")
@with_appcontext
def take_away(kind: str, form: str | None, file: Path | None, as_email: str | None) -> None:
    """Write the records of KIND that a person sees, with a key by which the import knows them again."""
    if kind not in exported_kinds():
        raise click.UsageError(f"There is no kind {kind!r}; choose one of: {', '.join(exported_kinds())}.")
    ending = file.suffix.lstrip(".").lower() if file is not None else ""
    chosen = form or (ending if ending in FORMATS else "csv")
    try:
        by = resolve(session(), as_email)
        begin(session(), by, at=datetime.now(UTC))  # what is hidden and how far people reach is read with it
        if by is not SYSTEM and not by.may(exported_kind(kind).may_view):
            raise Refusal(say("You may not see these records."))
    except Refusal as refusal:
        click.echo(str(refusal), err=True)
        raise click.exceptions.Exit(1) from refusal
    with click.open_file(str(file) if file is not None else "-", "wb") as out:
        count = _write(session(), exported_kind(kind), by, out, chosen)
    if file is not None:
        click.echo(f"Written: {count} to {file}.")


def _write(db: Session, kind: Exported, by: Actor, out: IO[bytes], form: str) -> int:
    declared, entity = kind.declared, kind.entity
    filled = [one for one in entity.fields.values() if is_filled(declared, one) and one.is_visible_to(by)]
    columns = [one for one in filled if one.editable or not one.part_of]  # amounts bring their currency along
    counted = [0]
    rows = _rows(db, kind, columns, Scope(None, by), counted)
    about = [str(entity.label_plural), by.name]
    header = [str(KEY), *(str(one.label) for one in columns)]
    if form == "xlsx":
        with xlsx_file(about, header, rows) as made:
            shutil.copyfileobj(made, out)
    else:
        names = ["external_id", *(one.name for one in columns)]
        for piece in csv_lines(about, header, rows) if form == "csv" else _json_lines(names, rows):
            out.write(piece.encode())
    return counted[0]


def _json_lines(names: Sequence[str], rows: Iterator[Sequence[Any]]) -> Iterator[str]:
    mark = "["
    for row in rows:
        told = {name: value for name, value in zip(names, row, strict=True) if value is not None}
        yield f"{mark}\n{json.dumps(told, ensure_ascii=False, default=_as_json)}"
        mark = ","
    yield "\n]\n" if mark == "," else "[]\n"


def _as_json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _rows(
    db: Session, kind: Exported, columns: Sequence[Field], scope: Scope, counted: list[int]
) -> Iterator[Sequence[Any]]:
    for row in db.execute(kind.rows(columns, scope).execution_options(yield_per=1000)):
        counted[0] += 1
        yield [own_key(kind.declared.kind, row.id), *(_value(cell_of_row(row, one)) for one in columns)]


def _value(cell: Cell) -> Any:
    """A value as the import reads it back: amounts with their currency, moments without doubt about their zone."""
    value = plain_value(cell)
    if cell.field.kind is Kind.MONEY and value is not None:
        return f"{value} {cell.currency}"
    if cell.field.kind is Kind.PERCENT and value is not None:
        return f"{value:f} %"
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
