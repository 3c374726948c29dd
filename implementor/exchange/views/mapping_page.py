"""What the page of columns shows: each column with its samples, and what the first rows would become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from implementor.exchange.kinds import ImportKind, Outcome, Setup
from implementor.exchange.values import line_of
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean_line
from implementor.foundation.words import Phrase

SAMPLES = 3
PREVIEWED_ROWS = 5
LONGEST_DEFAULT = 200
MOST_COLUMNS = 300
"""Columns that are offered on the page; those beyond are left out of an import from it."""


@dataclass(frozen=True)
class ShownColumn:
    """One column as the page asks about it."""

    index: int
    label: str
    samples: Sequence[str]
    chosen: str
    reason: Phrase | None
    error: Phrase | None


@dataclass
class Mapped:
    """The first rows as they would be taken: outcomes with the texts of the mapped fields."""

    labels: list[Phrase] = field(default_factory=list)
    rows: list[tuple[Outcome, list[str]]] = field(default_factory=list)


def columns_shown(
    setup: Setup, kind: ImportKind, reasons: Mapping[int, Phrase], errors: Mapping[str, Phrase]
) -> list[ShownColumn]:
    """The columns in the file's order, each with its choice."""
    return [
        ShownColumn(
            column.index, column.label_unique, [line_of(cell)[:40] for cell in column.samples[:SAMPLES]],
            setup.mapping.get(column.index, ""), reasons.get(column.index), errors.get(f"column_{column.index}"),
        )
        for column in setup.source.columns[:MOST_COLUMNS]
    ]  # fmt: skip


def mapping_sent(form: MultiDict[str, str], count: int) -> dict[int, str]:
    """The mapping of a form: column_N -> field; columns left out send nothing."""
    chosen: dict[int, str] = {}
    for name, value in form.items():
        head, _, number = name.partition("_")
        if head == "column" and number.isdecimal() and len(number) < 6 and int(number) < count and value:
            chosen[int(number)] = value
    return chosen


def defaults_sent(form: MultiDict[str, str], kind: ImportKind, by: Actor) -> dict[str, str]:
    """The texts of a form that stand for every row: default_FIELD -> text, of what the person may fill."""
    found = {
        target.name: clean_line(form.get(f"default_{target.name}", ""))[:LONGEST_DEFAULT]
        for target in kind.targets_for(by)
    }
    return {name: text for name, text in found.items() if text}


def taken_where_unsaid(kind: ImportKind | None, defaults: Mapping[str, str]) -> list[tuple[Phrase, str]]:
    """(label, text) of the fields that every row gets which says nothing of them."""
    found = [(kind.target(name), text) for name, text in defaults.items()] if kind is not None else []
    return [(target.label, text) for target, text in found if target is not None]


def preview_rows(session: Session, kind: ImportKind, setup: Setup) -> Mapped:
    """What the first rows would become; empty while nothing useful is mapped."""
    fields = list(dict.fromkeys(setup.mapping[column] for column in sorted(setup.mapping)))
    targets = [target for name in fields if (target := kind.target(name)) is not None]
    if not targets or (kind.needs and set(fields).isdisjoint(kind.needs)):
        return Mapped()
    rows = list(islice(setup.source.rows(), PREVIEWED_ROWS))
    texts = [[_text(setup, row.cells, target.name) for target in targets] for row in rows]
    importer = kind.prepare(session, setup)
    outcomes = importer.plan(session, importer.parse(rows), locking=False)
    return Mapped([target.label for target in targets], list(zip(outcomes, texts, strict=True)))


def _text(setup: Setup, cells: Sequence[Any], name: str) -> str:
    found = [line_of(cells[column]) for column in setup.columns_of(name) if column < len(cells)]
    text = ", ".join(filter(None, found))
    return text if len(text) <= 120 else text[:117] + "..."
