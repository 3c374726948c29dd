"""Risk registers from files: what may happen with its ratings, each kept as a fact, and whether it is over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from implementor.exchange.kinds import ImportKind, Reason, Setup
from implementor.exchange.permissions import IMPORT
from implementor.exchange.readers.source import Cell
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Extra, RecordImport, Writing
from implementor.exchange.records.importer import Planned
from implementor.exchange.values import UnreadableValue, line_of
from implementor.foundation.text import folded
from implementor.foundation.words import say
from implementor.governance.catalogue import RISK
from implementor.governance.models import Risk
from implementor.governance.models.risks import PAIRS
from implementor.governance.rating_words import step_of
from implementor.governance.services import risks
from implementor.projects.importing import RegisterImporter, by_title, register_import

STATE = "state"
OPEN, CLOSED = "open", "closed"
ENDINGS = ("closed_at", "closing_reason")
LEVELS = tuple(name for pair in PAIRS for name in pair)
STATES: Mapping[str, str] = {
    OPEN: "open|opened|active|new|identified|monitoring|monitored|in progress|ongoing|under review|assessed|pending|"
          "abierto|abierta|activo|activa|nuevo|nueva|identificado|en seguimiento|en curso|en proceso|vigente|pendiente|"
          "monitoreo|en observación|reabierto|reopened|analizado|en análisis|planificado",
    CLOSED: "closed|resolved|done|retired|expired|obsolete|no longer applies|inactive|eliminated|avoided|cancelled|"
            "canceled|cerrado|cerrada|resuelto|resuelta|caducado|obsoleto|vencido|ya no aplica|inactivo|eliminado|"
            "evitado|cancelado|finalizado",
}  # fmt: skip
_STATE_OF = {folded(word): state for state, words in STATES.items() for word in words.split("|")}
MEANINGS: Mapping[str, Mapping[str, str]] = {
    "category": {
        word: key
        for key, words in {
            "scope": "scope|requirements|functional|alcance|requisitos|requerimientos|funcional",
            "time": "time|schedule|planning|timeline|tiempo|plazo|plazos|cronograma|planificacion|calendario",
            "money": "money|cost|budget|financial|dinero|coste|costo|costos|costes|presupuesto|financiero|economico",
            "quality": "quality|testing|calidad|pruebas",
            "people": "people|adoption|organisation|organization|organizational|resources|resource|staff|change|"
                      "personas|adopcion|organizacion|organizativo|organizacional|recursos|recursos humanos|personal|"
                      "gestion del cambio|equipo|human resources",
            "data": "data|migration|data quality|datos|migracion|calidad de datos",
            "technology": "technology|technical|tech|infrastructure|security|integration|it|tecnologia|tecnico|"
                          "tecnologico|infraestructura|seguridad|integracion|sistemas|ti",
            "supplier": "supplier|vendor|third party|external|contract|procurement|proveedor|proveedores|terceros|"
                        "externo|contrato|compras",
            "other": "other|others|general|legal|compliance|management|governance|strategic|operational|otro|otros|"
                     "otra|gestion|gobierno|normativo|cumplimiento|estrategico|operativo|operacional",
        }.items()
        for word in words.split("|")
    },
    "response": {
        word: key
        for key, words in {
            "avoid": "avoid|avoidance|eliminate|evitar|eliminar|prevenir",
            "reduce": "reduce|mitigate|mitigation|reduction|control|treat|mitigar|mitigacion|reducir|reduccion|tratar|"
                      "controlar",
            "transfer": "transfer|share|insure|transferir|compartir|asegurar|trasladar",
            "accept": "accept|acceptance|tolerate|retain|monitor|watch|aceptar|aceptacion|asumir|tolerar|vigilar",
        }.items()
        for word in words.split("|")
    },
}  # fmt: skip
"""What other registers call categories and answers."""
HEADERS = {
    EXTERNAL_ID: "risk id|risk no|risk number|risk ref|id riesgo|id de riesgo|id del riesgo|n.º|nº riesgo|num|id",
    "title": "what may happen|risk|risk title|risk name|risk event|title|name|risk description|riesgo|"
             "nombre del riesgo|título|evento|evento de riesgo|descripción del riesgo|qué puede pasar|summary|resumen",
    "category": "category|risk category|type|risk type|area|categoría|tipo|tipo de riesgo|clasificación|ámbito",
    "owner_id": "owner|risk owner|responsible|assigned to|assignee|responsable|propietario|dueño|"
                "responsable del riesgo|dueño del riesgo",
    "description": "description|details|cause|causes|consequence|consequences|notes|comments|impact description|"
                   "descripción|detalle|detalles|causa|causas|consecuencia|consecuencias|notas|observaciones",
    "probability": "probability|likelihood|prob|current probability|p|probabilidad|probabilidad actual|"
                   "probability (1-5)|probabilidad (1-5)|likelihood (1-5)|current likelihood|chance",
    "impact": "impact|severity|consequence (1-5)|current impact|i|impacto|impacto actual|severidad|gravedad|"
              "impact (1-5)|impacto (1-5)",
    "inherent_probability": "inherent probability|inherent likelihood|initial probability|gross probability|"
                            "initial likelihood|probabilidad inherente|probabilidad inicial|probabilidad bruta",
    "inherent_impact": "inherent impact|initial impact|gross impact|impacto inherente|impacto inicial|impacto bruto",
    "residual_probability": "residual probability|residual likelihood|target probability|net probability|"
                            "probabilidad residual|probabilidad objetivo|probabilidad neta",
    "residual_impact": "residual impact|target impact|net impact|impacto residual|impacto objetivo|impacto neto",
    "response": "response|risk response|strategy|response strategy|response type|treatment|respuesta|estrategia|"
                "tipo de respuesta|estrategia de respuesta|tratamiento",
    "response_plan": "measures|mitigation|mitigation plan|mitigation actions|response plan|action plan|actions|"
                     "contingency plan|countermeasures|plan de mitigación|mitigación|acciones|medidas|plan de acción|"
                     "plan de respuesta|acciones de mitigación|plan de contingencia",
    "trigger": "trigger|triggers|warning sign|early warning|disparador|desencadenante|señal|indicador de alerta",
    "review_on": "review on|review date|next review|due date|target date|fecha de revisión|próxima revisión|revisión|"
                 "fecha límite",
    "exposure_amount": "at stake|exposure|cost impact|financial impact|amount|cost|exposición|importe|en juego|"
                       "impacto económico|impacto financiero|monto|costo|coste",
    "opened_at": "opened|date raised|raised on|identified on|date identified|created|registered on|"
                 "fecha de identificación|fecha de registro|identificado el|fecha de alta|abierto el|fecha",
    "closed_at": "closed|closed on|date closed|closing date|fecha de cierre|cerrado el",
    "closing_reason": "why it was closed|closing reason|reason closed|closure notes|motivo de cierre|"
                      "por qué se cerró|notas de cierre",
}  # fmt: skip


class RiskImporter(RegisterImporter):
    """Takes the rows of one register of risks."""

    meanings = MEANINGS

    def __init__(self, declared: RecordImport, session: Session, setup: Setup) -> None:
        super().__init__(declared, session, setup)
        for name in LEVELS:
            if name in self.reader.readers:
                self.reader.readers[name] = partial(self._level, name)

    def _level(self, name: str, _draft: Draft, _column: int, cell: Cell) -> int | None:
        explained = self.setup.options.meanings.get(name, {}).get(folded(line_of(cell)))
        try:
            return step_of(explained or cell, of_hundred=name.endswith("probability"))
        except UnreadableValue:
            self.reader.wonder(name, line_of(cell))
            raise

    def faults(self, draft: Draft, whole: Mapping[str, Any], row: Any) -> Iterable[Reason]:
        """Ratings come in pairs, a state is open or closed, and what is over is not changed before it is open again."""
        word = draft.text(STATE)
        if word and self._state_of(word) is None:
            self.reader.wonder(STATE, word)
            message = say("%(value)s says neither that it is open nor that it is closed.", value=word)
            yield Reason(message, str(self.declared.labels[STATE]), word)
        for probability, impact in PAIRS:
            if (whole.get(probability) is None) != (whole.get(impact) is None):
                yield Reason(say("Probability and impact are rated together, or neither."))
        is_over = row is not None and row.closed_at is not None and self._state(draft) != OPEN
        if is_over and any(getattr(row, name) != whole[name] for name in draft.values if name not in ENDINGS):
            yield Reason(say("%(title)s is closed. Open it again to change it.", title=row.title))

    def make(self, writing: Writing, draft: Draft) -> Risk:
        """Write a risk down, rated as the register says; one that is over there is closed at once."""
        values = {**self.declared.usual, **draft.values}
        ending = {name: values.pop(name, None) for name in ENDINGS}
        opened_at = values.pop("opened_at", None)
        risk = risks.write_risk(
            writing.session, project_id=self.project_id, values=values, by=writing.by, at=writing.at
        )
        risk.opened_at = min(opened_at or writing.at, writing.at)
        if self._state(draft) == CLOSED:
            self._close(writing, risk, ending)
        return risk

    def change(self, writing: Writing, record: Any, planned: Planned) -> None:
        """Describe and rate it anew, close it or open it again, as the register says since the last time."""
        after = dict(planned.after)
        ending = {name: after.pop(name, None) for name in ENDINGS}
        state = self._state(planned.draft)
        if state == OPEN and not record.is_open:
            risks.reopen_risk(writing.session, record, by=writing.by, at=writing.at)
        record.opened_at = min(after.pop("opened_at", None) or record.opened_at, writing.at)
        if after and record.is_open:
            risks.edit_risk(writing.session, record, after, by=writing.by, at=writing.at)
        if state == CLOSED and record.is_open:
            self._close(writing, record, ending)
        elif not record.is_open:
            record.closed_at = ending["closed_at"] or record.closed_at
            record.closing_reason = ending["closing_reason"] or record.closing_reason

    def _close(self, writing: Writing, risk: Risk, ending: Mapping[str, Any]) -> None:
        usual = say("It is closed in %(file)s.", file=self.setup.file_name)
        reason = ending["closing_reason"] or str(usual)
        risks.close_risk(writing.session, risk, reason=reason, by=writing.by, at=writing.at)
        risk.closed_at = min(ending["closed_at"] or writing.at, writing.at)

    def _state(self, draft: Draft) -> str | None:
        """Whether a row says that it is open or over; the day or the reason of its closing says so too."""
        found = self._state_of(draft.text(STATE))
        return found or (CLOSED if any(draft.values.get(name) for name in ENDINGS) else None)

    def _state_of(self, word: str) -> str | None:
        return self.setup.options.meanings.get(STATE, {}).get(folded(word)) or _STATE_OF.get(folded(word))


def risk_import(project_id: int) -> RecordImport:
    """How the risks of a project come in."""
    return RecordImport(
        entity=RISK,
        permission=IMPORT,
        result_url=lambda _run: url_for("governance.risks", sort="-opened_at"),
        needs=("title",),
        headers=HEADERS,
        keys=(by_title(Risk, "title", project_id),),
        extra=(
            Extra(STATE, say("Open or closed"), "status|state|risk status|estado|situación|estado del riesgo|estatus"),
        ),
        taken_in=frozenset({"opened_at", *ENDINGS}),
        spared=frozenset({"opened_at", *ENDINGS}),
        usual={"category": "other"},
        looks=dict.fromkeys(LEVELS, "text"),
    )


def words_of_risks(_session: Session, _project_id: int) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """What words for steps and states may mean."""
    steps = [(str(step), str(step)) for step in range(1, 6)]
    return {**dict.fromkeys(LEVELS, steps), STATE: [(OPEN, say("Open")), (CLOSED, say("Closed"))]}


def import_risks() -> ImportKind:
    """Let risk registers come in from files."""
    return register_import(risk_import, RiskImporter, explained=words_of_risks)
