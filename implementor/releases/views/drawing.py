"""A run as its page shows it: figures by kind and system, each leading to its records, and the imports behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from implementor.exchange.origin import origins_of, runs_that_stand, system_of
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.foundation.fields import Entity
from implementor.foundation.words import Phrase, say, say_n
from implementor.lists.sheets import sheet_of
from implementor.releases import queries
from implementor.releases.figures import Measure, countable, measure_named, plain_figure
from implementor.releases.models import MigrationFigure, MigrationRun
from implementor.releases.reconciliation import Compared, compared
from implementor.web.guard import actor
from implementor.web.language import show_money, show_number
from implementor.web.unit_of_work import session

STATES: Mapping[str, tuple[Phrase, str]] = {
    "unnamed": (say("Nothing expected yet"), "neutral"),
    "uncounted": (say("Not counted"), "neutral"),
    "equal": (say("Equal"), "ok"),
    "explained": (say("Explained"), "review"),
    "open": (say("To explain"), "off"),
}


@dataclass(frozen=True)
class Line:
    """One figure of the table."""

    figure: MigrationFigure
    compared: Compared
    measure: Measure | None
    explainer: str | None

    @property
    def label(self) -> Phrase | str:
        if self.measure is None:
            return self.figure.measure
        if not self.figure.currency:
            return self.measure.label
        return say("%(figure)s in %(currency)s", figure=self.measure.label, currency=self.figure.currency)

    @property
    def state(self) -> tuple[Phrase, str]:
        """The word and tone of its badge."""
        return STATES[self.compared.state]

    def shown(self, value: int | None, *, signed: bool = False) -> str:
        """A stored number for reading; nothing where there is none, a plus before a difference that is one."""
        if value is None:
            return "–"
        plus = "+" if signed and value > 0 else ""
        if self.measure is None:
            return plus + str(show_number(value))
        if self.measure.is_money:
            return plus + str(show_money(value, self.figure.currency))
        return plus + str(show_number(plain_figure(self.measure, value)))

    @property
    def beside(self) -> list[Phrase]:
        """What stands beside what was found and may explain a difference."""
        count: Mapping[str, int] = self.figure.beside
        told: list[Phrase] = []
        if number := count.get("archived"):
            told.append(say_n("%(count)s more is archived", "%(count)s more are archived", number))
        if number := count.get("merged"):
            told.append(say_n("%(count)s was merged into another", "%(count)s were merged into others", number))
        if number := count.get("others"):
            told.append(say_n("%(count)s in another currency", "%(count)s in other currencies", number))
        return told


@dataclass(frozen=True)
class Group:
    """The figures of one kind and system; `url` leads to the records where the reader may see such."""

    kind: str
    entity: Entity | None
    system: str
    lines: Sequence[Line]
    imports: Sequence[Any]
    url: str | None

    @property
    def label(self) -> Phrase:
        name = self.entity.label_plural if self.entity is not None else self.kind
        return say("%(kinds)s from %(system)s", kinds=name, system=self.system)


def groups_of(run: MigrationRun, frozen: Sequence[Mapping[str, Any]]) -> list[Group]:
    """The figures of a run beside the signature that stands; three statements, whatever there is."""
    figures = session().scalars(queries.figures_of_run(run_id=run.id)).all()
    explainers = {row[0]: row[1] for row in session().execute(queries.explainers_of_run(run_id=run.id))}
    kinds = {one.kind for one in figures}
    imports = session().execute(runs_that_stand(kinds)).all() if kinds else []
    lines = [
        Line(figure, one, measure_named(figure.kind, figure.measure), explainers.get(figure.id))
        for figure, one in zip(figures, compared(figures, frozen), strict=True)
    ]
    return [
        _group(kind, system, list(found), [one for one in imports if one.kind == kind and system_of(one) == system])
        for (kind, system), found in groupby(lines, lambda one: (one.figure.kind, one.figure.system))
    ]


def _group(kind: str, system: str, lines: Sequence[Line], imports: Sequence[Any]) -> Group:
    entity = countable().get(kind)
    url = None
    if entity is not None and actor().may(sheet_of(kind).may_view):
        asked = ",".join(origins_of(kind, system, imports))
        url = f"{sheet_of(kind).index_url()}?{urlencode({'came_from': asked})}" if asked else None
    return Group(kind, entity, system, lines, imports, url)


def import_url(run: Any) -> str | None:
    """The report of an import, for those who may see such."""
    return url_for("exchange.show", run_id=run.id, project_key=None) if actor().may(IMPORT_RECORDS) else None
