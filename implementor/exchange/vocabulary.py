"""Translates the words other systems use for status, type, priority and MoSCoW, in English and Spanish, into ours."""

from __future__ import annotations

import re
from collections.abc import Mapping

from implementor.exchange.readers.source import Cell
from implementor.exchange.values import UnreadableValue, is_missing, line_of, shown
from implementor.foundation.text import folded
from implementor.foundation.words import Phrase, say

_STATUSES: dict[str, str] = {
    "idea": (
        "idea|ideas|backlog|product backlog|new|nueva|nuevo|open|abierta|abierto|to triage|propuesta|proposed|"
        "pendiente de definir|por definir|draft|borrador|funnel|icebox|inbox|registrada|reopened|reabierta|reabierto|"
        "someday|bandeja de entrada|sin empezar|not started|no iniciado|no iniciada"
    ),
    "todo": (
        "to do|todo|por hacer|tareas por hacer|pendiente|pending|pendientes|a fazer|a faire|zu erledigen|offen|"
        "por iniciar|tarea por hacer|unstarted|creada|creado|open to do"
    ),
    "ready": (
        "ready|lista para desarrollo|listo para desarrollo|ready for development|ready for dev|definida|definido|"
        "refined|refinada|refinado|approved|aprobada|aprobado|accepted for work|ready to start|preparada|groomed|"
        "listo para comenzar|lista para iniciar|ready for sprint|analizada|dor"
    ),
    "planned": (
        "planned|planificada|planificado|planeada|planeado|selected for development|seleccionado para desarrollo|"
        "seleccionada para desarrollo|sprint backlog|comprometida|committed|scheduled|programada|asignada|assigned|"
        "this sprint|en sprint|next|siguiente|proximo"
    ),
    "doing": (
        "doing|in progress|en curso|en progreso|en proceso|haciendo|wip|in development|en desarrollo|desarrollo|active|"
        "activa|activo|started|iniciada|iniciado|implementing|implementando|em andamento|en cours|in arbeit|ongoing|"
        "development|working|trabajando|en ejecucion|blocked|bloqueada|bloqueado|on hold|en espera|impeded|"
        "en construccion|in dev|coding|in implementation|en marcha|paused|pausada"
    ),
    "review": (
        "review|in review|en revision|revision|revisar|code review|testing|in testing|en pruebas|pruebas|qa|in qa|test|"
        "ready for test|ready for testing|ready for qa|uat|in uat|por validar|pendiente de validacion|to verify|"
        "verification|en validacion|validacion|peer review|ready for review|lista para pruebas|listo para pruebas|"
        "por revisar|en qa|pendiente de revision|waiting for approval|esperando aprobacion|para validar|resolved|"
        "resuelta|resuelto|in test|awaiting review|en aprobacion|ready to merge|por aprobar"
    ),
    "validated": (
        "validated|validada|validado|done|hecho|hecha|hechas|listo|lista|listos|finalizada|finalizado|finalizadas|"
        "finalizados|terminada|terminado|terminadas|completed|completada|completado|complete|completo|completa|closed|"
        "cerrada|cerrado|concluida|concluido|accepted|aceptada|aceptado|finished|ended|acabada|acabado|fertig|erledigt|"
        "termine|released|deployed|live|en produccion|in production|desplegada|desplegado|entregada|entregado|"
        "delivered|production|produccion|realizada|realizado|implementada|implementado|implemented|archived|archivada|"
        "shipped|fixed|100%"
    ),
    "dropped": (
        "dropped|descartada|descartado|cancelled|canceled|cancelada|cancelado|rejected|rechazada|rechazado|wont do|"
        "won't do|won t do|wont fix|won't fix|no se hara|duplicate|duplicada|duplicado|obsolete|obsoleta|obsoleto|"
        "removed|eliminada|eliminado|abandoned|abandonada|declined|invalid|invalida|anulada|anulado|desestimada|"
        "no se hara nunca|fuera de alcance|out of scope|will not do"
    ),
}
_TYPES: dict[str, str] = {
    "function": (
        "function|funcion|functional|funcional|story|user story|historia|historia de usuario|task|tarea|bug|error|"
        "defect|defecto|epic|epica|sub task|subtask|subtarea|feature|funcionalidad|caracteristica|new feature|"
        "nueva funcionalidad|improvement|mejora|enhancement|spike|technical task|tarea tecnica|requirement|requisito|"
        "requerimiento|issue|incidencia|wish|peticion|change|cambio|configuration|configuracion|product backlog item|"
        "card|technical debt|deuda tecnica|research|investigacion|chore|support|soporte|story bug|hu|iniciativa|"
        "initiative|fallo|idea|hito|historia tecnica|technical story|enabler|habilitador|test|prueba|no functional|"
        "no funcional|non functional|documentation|documentacion|service request|tarea secundaria|subtarea tecnica|"
        "incident|incidente"
    ),
    "data": (
        "data|datos|dato|migration|migracion|data migration|migracion de datos|data quality|calidad de datos|"
        "carga de datos"
    ),
    "integration": "integration|integracion|interface|interfaz|api|integraciones|conector|connector",
    "report": "report|informe|reporte|reports|reporting|dashboard|tablero|cuadro de mando|informes|reportes",
    "training": "training|formacion|capacitacion|entrenamiento|curso|course",
    "process": "process|proceso|policy|politica|business process|proceso de negocio|procedimiento|workflow|procesos",
}
_LEVELS = {
    "epic": "epic",
    "epica": "epic",
    "initiative": "epic",
    "iniciativa": "epic",
    "sub task": "subtask",
    "subtask": "subtask",
    "subtarea": "subtask",
    "tarea secundaria": "subtask",
    "technical task": "subtask",
}
_MOSCOW: dict[str, str] = {
    "must": (
        "must|must have|m|mo|debe|debe tener|debe tenerse|imprescindible|obligatorio|obligatoria|esencial|essential|"
        "mandatory|required|critico|debe haber|tiene que|necesario"
    ),
    "should": "should|should have|s|deberia|deberia tener|importante|important|deberia haber|recomendable|conveniente",
    "could": "could|could have|c|co|podria|podria tener|deseable|nice to have|desirable|opcional|optional|podria haber",
    "wont": (
        "wont|won't|won t|wont have|won't have|won t have|w|no tendra|no tendra por ahora|no habra|no|descartado|would|"
        "would have|no esta vez|not now|this time no|fuera de alcance|won't have this time|no se hara"
    ),
}
_PRIORITIES: dict[str, str] = {
    "1": (
        "highest|blocker|bloqueante|bloqueadora|muy alta|maxima|critical|critica|critico|urgent|urgente|mas alta|p0|p1|"
        "immediate|inmediata|must|1 critica|muy alto|highest priority|show stopper"
    ),
    "2": "high|alta|alto|major|mayor|principal|importante|p2|should|elevada|grave",
    "3": "medium|media|medio|normal|moderate|moderada|p3|mediana|average|intermedia|could|regular",
    "4": "low|baja|bajo|minor|menor|p4|leve",
    "5": "lowest|trivial|muy baja|minima|mas baja|p5|muy bajo|insignificante|wont|not set|sin prioridad",
}
_DONE = {
    "done": "validated",
    "hecho": "validated",
    "listo": "validated",
    "lista": "validated",
    "complete": "validated",
    "finalizado": "validated",
    "finalizada": "validated",
    "terminado": "validated",
    "completado": "validated",
}
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_JOINTS = re.compile(r"[\s_\-–/.:]+")


def _index(groups: Mapping[str, str]) -> dict[str, str]:
    return {word: ours for ours, words in groups.items() for word in words.split("|")}


_STATUS_OF, _TYPE_OF, _MOSCOW_OF, _PRIORITY_OF = map(_index, (_STATUSES, _TYPES, _MOSCOW, _PRIORITIES))


def status_of(cell: Cell, *, category: Cell = None, in_wave: bool = False) -> str | None:
    """Our status (idea, ready, planned, doing, review, validated, dropped) of another system's, None where missing.

    An unknown name goes by its category. What is still to be done is *planned* inside a wave, an *idea* outside.
    """
    if is_missing(cell) and is_missing(category):
        return None
    name, group = _word(cell), _word(category)
    found = _STATUS_OF.get(name) or _DONE.get(group) or _STATUS_OF.get(group)
    if found is None:
        raise UnreadableValue(
            say(
                "The status %(value)s is not known. Choose what it means: idea, ready, planned, doing, review, "
                "validated or dropped.",
                value=shown(cell if not is_missing(cell) else category),
            )
        )
    return ("planned" if in_wave else "idea") if found == "todo" else found


def type_of(cell: Cell) -> str | None:
    """Our story type (function, data, integration, report, training, process), None where missing."""
    return _chosen(
        cell,
        _TYPE_OF,
        say(
            "The type %(value)s is not known. Choose what it means: function, data, integration, report, training or "
            "process.",
            value=shown(cell),
        ),
    )


def level_of(cell: Cell) -> str:
    """Whether an issue type is an "epic", a "subtask" or a "story" of its own."""
    return _LEVELS.get(_word(cell), "story")


def moscow_of(cell: Cell) -> str | None:
    """must, should, could or wont; None where missing."""
    return _chosen(
        cell,
        _MOSCOW_OF,
        say(
            "%(value)s is no MoSCoW priority. Write must, should, could or won't.",
            value=shown(cell),
        ),
    )


def priority_of(cell: Cell) -> int | None:
    """A priority from 1 (highest) to 5 (lowest) of a word; None where missing. Numbers are ranks, not read here."""
    chosen = _chosen(
        cell,
        _PRIORITY_OF,
        say(
            "The priority %(value)s is not known. Write highest, high, medium, low or lowest.",
            value=shown(cell),
        ),
    )
    return int(chosen) if chosen else None


def _chosen(cell: Cell, words: Mapping[str, str], refusal: Phrase) -> str | None:
    if is_missing(cell):
        return None
    word = _word(cell)
    found = words.get(word) or words.get(word.removesuffix("s")) or words.get(word.split(" ")[0] if word else "")
    if found is None:
        raise UnreadableValue(refusal)
    return found


def _word(cell: Cell) -> str:
    """A cell as the vocabulary writes its words: folded, joints as spaces, no symbols or numbering at its edges."""
    text = _EDGES.sub("", folded(line_of(cell)))
    text = re.sub(r"^\d+\s*[-.):]\s*", "", text)
    return " ".join(_JOINTS.sub(" ", text).split())
