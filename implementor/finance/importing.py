"""Lines of a budget from files: what money is spent on, of which category, in which currency."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from implementor.exchange.kinds import ImportKind
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, RecordImport, Writing
from implementor.exchange.records.importer import Planned
from implementor.finance import permissions
from implementor.finance.catalogue import BUDGET_LINE
from implementor.finance.models import BudgetLine
from implementor.finance.services import lines
from implementor.projects.importing import RegisterImporter, by_title, link_in_project, register_import
from implementor.waves.models import Wave

LINE_NAMES = "line|budget line|budget item|cost item|item|concept|línea|línea del presupuesto|partida|concepto|rubro"
"""What columns with the name of a line are called."""
HEADERS = {
    EXTERNAL_ID: "line id|budget id|item id|código|código de partida|id",
    "title": f"{LINE_NAMES}|title|name|título|nombre",
    "category": "category|type|cost type|kind of cost|categoría|tipo|tipo de costo|clase",
    "currency": "currency|moneda|divisa",
    "wave_id": "wave|sprint|phase|ola|fase",
    "owner_id": "owner|responsible|budget owner|responsable|encargado",
    "note": "what is behind it|note|notes|description|comments|nota|notas|descripción|observaciones",
}
CATEGORY_WORDS = {
    "licences": "licence", "licenses": "licence", "license": "licence", "software": "licence", "licencia": "licence",
    "licencias": "licence", "subscription": "licence", "suscripcion": "licence", "service": "services",
    "consulting": "services", "consultoria": "services", "servicio": "services", "servicios": "services",
    "staff": "people", "personal": "people", "personas": "people", "salaries": "people", "salarios": "people",
    "nomina": "people", "equipo": "people", "formacion": "training", "capacitacion": "training",
    "entrenamiento": "training", "integracion": "integration", "integraciones": "integration", "interfaces":
    "integration", "otro": "other", "otros": "other", "misc": "other", "contingency": "other", "imprevistos": "other",
}  # fmt: skip
"""What other files call categories."""


class LineImporter(RegisterImporter):
    """Takes the rows of one file of lines."""

    meanings: Mapping[str, Mapping[str, str]] = {"category": CATEGORY_WORDS}

    def make(self, writing: Writing, draft: Draft) -> BudgetLine:
        """Write the line down."""
        values: dict[str, Any] = {**self.declared.usual, **draft.values}
        return lines.create_line(
            writing.session, project_id=self.project_id, values=values, by=writing.by, at=writing.at
        )

    def change(self, writing: Writing, record: Any, planned: Planned) -> None:
        """Describe it anew; its currency stays once there are amounts."""
        if planned.after:
            lines.change_line(writing.session, record, planned.after, by=writing.by, at=writing.at)


def line_import(project_id: int) -> RecordImport:
    """How the lines of a project's budget come in."""
    return RecordImport(
        entity=BUDGET_LINE,
        permission=permissions.EDIT,
        result_url=lambda _run: url_for("finance.lines"),
        needs=("title",),
        headers=HEADERS,
        keys=(by_title(BudgetLine, "title", project_id),),
        links=(link_in_project("wave_id", Wave, "name", project_id),),
        left_out=frozenset({"area_id"}),
        usual={"category": "other"},
    )


def import_lines() -> ImportKind:
    """Let lines of budgets come in from files."""
    return register_import(line_import, LineImporter)
