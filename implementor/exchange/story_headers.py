"""The names that people and other systems give to the fields of a story, and what backlogs tell besides its fields."""

from __future__ import annotations

from implementor.exchange.records.declaring import Extra
from implementor.foundation.text import folded
from implementor.foundation.words import say

STORY_HEADERS = {
    "external_key": (
        "issue key|key|issuekey|clave de incidencia|clave de la incidencia|clave|id externo|external id|"
        "external key|story id|id historia|id de historia|work item id|codigo|código|code|ref|referencia|reference|"
        "card|card id|tarjeta|id|identificador|identifier|nº|n°|no.|#|numero|número|number|cod|cód.|id hu|hu|"
        "código hu|id de la historia|codigo de historia|clave de actividad|clé de ticket|chave|chave da item|"
        "vorgangsschlüssel"
    ),
    "title": (
        "summary|title|name|resumen|titulo|título|nombre|historia|historia de usuario|story|user story|user stories|"
        "historias de usuario|story title|titulo de la historia|nombre de la historia|card name|asunto|subject|"
        "requisito|requirement|requerimiento|funcionalidad|feature|backlog item|tarea|task|task name|"
        "nombre de la tarea|enunciado|enunciado de la historia|actividad|activity|résumé|resumo|zusammenfassung|"
        "story name|caracteristica"
    ),
    "description": (
        "description|descripcion|descripción|details|detail|detalle|detalles|desc|body|notes|notas|observaciones|"
        "descripcion de la historia|story description|descripción detallada|descrição|beschreibung|remarks|"
        "comentarios generales|contexto|context"
    ),
    "as_a": (
        "as a|as an|as|role|user role|actor|who|como|rol|yo como|perfil|persona|usuario|quien|quién|tipo de usuario|"
        "user type|user|stakeholder|rol de usuario"
    ),
    "i_want": (
        "i want|i want to|want|goal|what|quiero|deseo|necesito|qué|que|accion|acción|necesidad|objetivo|i need|"
        "action|quiero que"
    ),
    "so_that": (
        "so that|benefit|why|reason|para|para que|con el fin de|beneficio|razon|razón|por que|por qué|in order to|"
        "so i can|finalidad|proposito|propósito|razon / resultado"
    ),
    "status": (
        "status|state|estado|situacion|situación|list|list name|lista|column|columna|board column|progress|progreso|"
        "avance|stage|etapa|workflow state|statut|statut du ticket"
    ),
    "type": (
        "type|issue type|tipo|tipo de incidencia|tipo de issue|story type|work item type|tipo de historia|work type|"
        "tipo de actividad|tipo de requisito|category|kind|clase"
    ),
    "owner": (
        "assignee|owner|assigned to|persona asignada|responsable|asignado a|asignado|encargado|members|member|"
        "miembros|dueño|propietario|responsible|product owner|lead|líder|desarrollador|developer|asignada a|"
        "assigned|responsable de la historia"
    ),
    "area": (
        "area|área|department|departamento|business area|area de negocio|área de negocio|unidad|business unit|"
        "area path|team|equipo|unidad de negocio|direccion|gerencia"
    ),
    "module": (
        "module|modulo|módulo|component|components|componente|componentes|component/s|componente/s|subsystem|"
        "sistema|system|seccion|sección|crm module|proceso|process|submodulo|modulo / proceso"
    ),
    "points": (
        "story points|story point estimate|points|puntos|puntos de historia|puntos de la historia|estimate|"
        "estimation|estimacion|estimación|storypoint|storypoints|sp|effort|esfuerzo|size|tamaño|story point|"
        "estimacion de story points|estimacion de puntos de historia|pts|estimacion (puntos)|puntaje|complejidad|"
        "talla|peso|puntos de esfuerzo|puntos estimados|estimated points|story points estimate|puntuación|"
        "custom field (story points)"
    ),
    "value": (
        "value|business value|valor|valor de negocio|valor del negocio|valor negocio|bv|value points|valor (1-100)|"
        "impacto|impact"
    ),
    "urgency": ("urgency|urgencia|time criticality|criticidad|criticality|criticidad temporal"),
    "risk_reduction": (
        "risk reduction|reduccion de riesgo|reducción de riesgo|reduccion de riesgos|risk|riesgo|"
        "risk reduction opportunity enablement|rr oe|reduccion del riesgo"
    ),
    "moscow": ("moscow|moscow priority|prioridad moscow|must should could|m/s/c/w|clasificacion moscow"),
    "wave": (
        "sprint|sprints|wave|ola|oleada|iteration|iteracion|iteración|iteration path|fix version|fix versions|"
        "fix version/s|version|versión|release|entrega|milestone|hito|fase|phase|sprint asignado|sprint planificado|"
        "numero de sprint|incremento"
    ),
    "parent": (
        "parent key|parent|clave principal|parent id|epic link|epic|epica|épica|principal|enlace de epica|"
        "vinculo de epica|epic name|nombre de la epica|parent summary|tema|theme|historia padre|padre|parent link|"
        "custom field (epic link)|epica / tema|id epica|iniciativa"
    ),
    "tags": ("labels|label|tags|tag|etiquetas|etiqueta|keywords|palabras clave"),
    "created_at": (
        "created|created at|created date|creada|creado|fecha de creacion|fecha de creación|creation date|"
        "date created|fecha creacion|fecha de alta|créé|criado"
    ),
    "updated_at": (
        "updated|updated at|changed date|actualizada|actualizado|last modified|last updated|fecha de actualizacion|"
        "fecha de actualización|modificado|last activity|ultima modificacion"
    ),
}
"""Headers by field of the catalogue."""
BESIDES = (
    Extra(
        "external_id",
        say("Number in the other system"),
        "issue id|id de la incidencia|id de incidencia|id de issue|internal id|id interno",
        kind="key",
    ),
    Extra(
        "status_category",
        say("Status category"),
        "status category|categoria de estado|categoría de estado|state category|categoria del estado",
        kind="status",
    ),
    Extra(
        "reporter",
        say("Reporter"),
        "reporter|informador|created by|creador|creado por|author|autor|solicitante|requester|requested by|"
        "solicitado por|creator|informante|origen|informador/a",
        kind="person",
    ),
    Extra(
        "priority",
        say("Priority in the other system"),
        "priority|prioridad|rank|orden|order|prio|importance|importancia|severity|severidad|nivel de prioridad|"
        "priorité|prioridade|priorität",
        kind="priority",
    ),
    Extra(
        "resolved_at",
        say("Resolved"),
        "resolved|resolved at|closed date|resuelta|resuelto|completed|completed date|done date|fecha de resolucion|"
        "fecha de resolución|fecha de cierre|cerrado|fecha fin real|finalizado|resolution date|closed at|"
        "fecha de finalizacion",
        kind="moment",
    ),
    Extra(
        "start_on",
        say("Start"),
        "start date|start|fecha de inicio|inicio|planned start|fecha inicio|custom field (start date)",
        kind="date",
    ),
    Extra(
        "due_on",
        say("Due"),
        "due date|due|fecha de vencimiento|vencimiento|fecha limite|fecha límite|deadline|target date|"
        "fecha de entrega|fecha fin|end date|due on|fecha objetivo|fecha de fin",
        kind="date",
    ),
    Extra(
        "comments",
        say("Comments"),
        "comment|comments|comentario|comentarios|commentaire|kommentar",
        kind="comment",
        repeatable=True,
    ),
    Extra(
        "criteria",
        say("Acceptance criteria"),
        "acceptance criteria|criteria|criterios de aceptacion|criterios de aceptación|criterios|"
        "criterio de aceptacion|conditions of satisfaction|definition of done|dod|acceptance criterion|"
        "condiciones de aceptacion|pruebas de aceptacion|acceptance tests|"
        "criterios de aceptacion (dado/cuando/entonces)",
        kind="lines",
        repeatable=True,
    ),
    Extra(
        "tasks",
        say("Tasks"),
        "checklist|tasks|tareas|subtasks|subtareas|lista de tareas|checklist items|to do list",
        kind="lines",
        repeatable=True,
    ),
    Extra(
        "attachments",
        say("Attachments"),
        "attachment|attachments|adjunto|adjuntos|archivo adjunto|archivos adjuntos|files",
        kind="attachment",
        repeatable=True,
    ),
    Extra(
        "links",
        say("Links"),
        "inward issue link (blocks)|outward issue link (blocks)|dependencies|dependencias|depends on|depende de|"
        "blocked by|bloqueado por|predecessors|predecesoras|linked issues|enlaces|links|dependencia|url",
        kind="list",
        repeatable=True,
    ),
)
"""What a backlog tells that is no field: it becomes part of the description, comments, criteria or tasks, or says how
the story stands."""
KNOWN_HEADERS = frozenset(
    folded(name)
    for headers in (*STORY_HEADERS.values(), *(extra.headers for extra in BESIDES))
    for name in headers.split("|")
    if len(name) > 1
)
"""All of them, by which readers recognise a header row."""
