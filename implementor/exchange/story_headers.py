"""The fields of a story that a file can fill, with the names people and other systems give them."""

from __future__ import annotations

from implementor.exchange.mapping import TargetField, known_headers, names
from implementor.foundation.words import say

STORY_TARGETS: tuple[TargetField, ...] = (
    TargetField(
        "external_key",
        say("Key in the other system"),
        names(
            "issue key|key|issuekey|clave de incidencia|clave de la incidencia|clave|id externo|external id|"
            "external key|story id|id historia|id de historia|work item id|codigo|código|code|ref|referencia|"
            "reference|card|card id|tarjeta|id|identificador|identifier|nº|n°|no.|#|numero|número|number|cod|cód.|"
            "id hu|hu|código hu|id de la historia|codigo de historia|id_story|clave de actividad|clé de ticket|chave|"
            "chave da item|vorgangsschlüssel"
        ),
        "key",
    ),
    TargetField(
        "external_id",
        say("Number in the other system"),
        names("issue id|id de la incidencia|id de incidencia|id de issue|internal id|id interno"),
        "key",
    ),
    TargetField(
        "title",
        say("Title"),
        names(
            "summary|title|name|resumen|titulo|título|nombre|historia|historia de usuario|story|user story|"
            "user stories|historias de usuario|story title|titulo de la historia|nombre de la historia|card name|"
            "asunto|subject|requisito|requirement|requerimiento|funcionalidad|feature|work item|item|elemento|"
            "backlog item|tarea|task|task name|nombre de la tarea|enunciado|enunciado de la historia|actividad|"
            "activity|résumé|resumo|zusammenfassung|story name|caracteristica"
        ),
        "text",
    ),
    TargetField(
        "description",
        say("Description"),
        names(
            "description|descripcion|descripción|details|detail|detalle|detalles|desc|body|notes|notas|observaciones|"
            "descripcion de la historia|story description|descripción detallada|descrição|beschreibung|remarks|"
            "comentarios generales|contexto|context"
        ),
        "markdown",
    ),
    TargetField(
        "as_a",
        say("As a"),
        names(
            "as a|as an|as|role|user role|actor|who|como|rol|yo como|perfil|persona|usuario|quien|quién|"
            "tipo de usuario|user type|user|stakeholder|rol de usuario"
        ),
        "text",
    ),
    TargetField(
        "i_want",
        say("I want"),
        names(
            "i want|i want to|want|goal|what|quiero|deseo|necesito|qué|que|accion|acción|necesidad|objetivo|i need|"
            "action|quiero que|caracteristica / funcionalidad"
        ),
        "text",
    ),
    TargetField(
        "so_that",
        say("So that"),
        names(
            "so that|benefit|why|reason|para|para que|con el fin de|beneficio|razon|razón|por que|por qué|"
            "in order to|so i can|finalidad|proposito|propósito|razon / resultado"
        ),
        "text",
    ),
    TargetField(
        "status",
        say("Status"),
        names(
            "status|state|estado|situacion|situación|list|list name|lista|column|columna|board column|progress|"
            "progreso|avance|stage|etapa|workflow state|statut|statut du ticket"
        ),
        "status",
    ),
    TargetField(
        "status_category",
        say("Status category"),
        names("status category|categoria de estado|categoría de estado|state category|categoria del estado"),
        "status",
    ),
    TargetField(
        "type",
        say("Type"),
        names(
            "type|issue type|tipo|tipo de incidencia|tipo de issue|story type|work item type|tipo de historia|"
            "work type|tipo de actividad|tipo de requisito|category|kind|clase"
        ),
        "type",
    ),
    TargetField(
        "owner",
        say("Owner"),
        names(
            "assignee|owner|assigned to|persona asignada|responsable|asignado a|asignado|encargado|members|member|"
            "miembros|dueño|propietario|responsible|product owner|lead|líder|desarrollador|developer|asignada a|"
            "assigned|responsable de la historia"
        ),
        "person",
    ),
    TargetField(
        "reporter",
        say("Reporter"),
        names(
            "reporter|informador|created by|creador|creado por|author|autor|solicitante|requester|requested by|"
            "solicitado por|creator|informante|origen|informador/a"
        ),
        "person",
    ),
    TargetField(
        "area",
        say("Area"),
        names(
            "area|área|department|departamento|business area|area de negocio|área de negocio|unidad|business unit|"
            "area path|team|equipo|unidad de negocio|direccion|gerencia"
        ),
        "text",
    ),
    TargetField(
        "module",
        say("Module"),
        names(
            "module|modulo|módulo|component|components|componente|componentes|component/s|componente/s|subsystem|"
            "sistema|system|section|seccion|sección|crm module|proceso|process|submodulo|modulo / proceso"
        ),
        "text",
    ),
    TargetField(
        "points",
        say("Points"),
        names(
            "story points|story point estimate|points|puntos|puntos de historia|puntos de la historia|estimate|"
            "estimation|estimacion|estimación|storypoint|storypoints|sp|effort|esfuerzo|size|tamaño|story point|"
            "estimacion de story points|estimacion de puntos de historia|pts|estimacion (puntos)|puntaje|complejidad|"
            "talla|peso|puntos de esfuerzo|puntos estimados|estimated points|story points estimate|puntuación|"
            "custom field (story points)"
        ),
        "points",
    ),
    TargetField(
        "value",
        say("Value"),
        names(
            "value|business value|valor|valor de negocio|valor del negocio|valor negocio|bv|value points|"
            "valor (1-100)|impacto|impact"
        ),
        "number",
    ),
    TargetField(
        "urgency",
        say("Urgency"),
        names("urgency|urgencia|time criticality|criticidad|criticality|criticidad temporal"),
        "number",
    ),
    TargetField(
        "risk_reduction",
        say("Risk reduction"),
        names(
            "risk reduction|reduccion de riesgo|reducción de riesgo|reduccion de riesgos|risk|riesgo|"
            "risk reduction opportunity enablement|rr oe|reduccion del riesgo"
        ),
        "number",
    ),
    TargetField(
        "moscow",
        say("MoSCoW"),
        names("moscow|moscow priority|prioridad moscow|must should could|m/s/c/w|clasificacion moscow"),
        "moscow",
    ),
    TargetField(
        "priority",
        say("Priority"),
        names(
            "priority|prioridad|rank|ranking|orden|order|prio|importance|importancia|severity|severidad|"
            "nivel de prioridad|priorité|prioridade|priorität"
        ),
        "priority",
    ),
    TargetField(
        "wave",
        say("Wave"),
        names(
            "sprint|sprints|wave|ola|oleada|iteration|iteracion|iteración|iteration path|fix version|fix versions|"
            "fix version/s|version|versión|release|entrega|milestone|hito|fase|phase|sprint asignado|"
            "sprint planificado|numero de sprint|n sprint|incremento"
        ),
        "text",
        repeatable=True,
    ),
    TargetField(
        "parent",
        say("Parent"),
        names(
            "parent key|parent|clave principal|parent id|epic link|epic|epica|épica|principal|enlace de epica|"
            "vinculo de epica|epic name|nombre de la epica|parent summary|tema|theme|historia padre|padre|"
            "parent link|custom field (epic link)|epica / tema|id epica|iniciativa"
        ),
        "text",
    ),
    TargetField(
        "tags",
        say("Tags"),
        names("labels|label|tags|tag|etiquetas|etiqueta|keywords|palabras clave|labels id"),
        "list",
        repeatable=True,
    ),
    TargetField(
        "created_at",
        say("Created"),
        names(
            "created|created at|created date|creada|creado|fecha de creacion|fecha de creación|creation date|"
            "date created|fecha creacion|fecha de alta|créé|criado"
        ),
        "moment",
    ),
    TargetField(
        "updated_at",
        say("Updated"),
        names(
            "updated|updated at|changed date|actualizada|actualizado|last modified|last updated|"
            "fecha de actualizacion|fecha de actualización|modificado|last activity|ultima modificacion"
        ),
        "moment",
    ),
    TargetField(
        "resolved_at",
        say("Resolved"),
        names(
            "resolved|resolved at|closed date|resuelta|resuelto|completed|completed date|done date|"
            "fecha de resolucion|fecha de resolución|fecha de cierre|cerrado|fecha fin real|finalizado|"
            "resolution date|closed at|fecha de finalizacion"
        ),
        "moment",
    ),
    TargetField(
        "start_on",
        say("Start"),
        names("start date|start|fecha de inicio|inicio|planned start|fecha inicio|custom field (start date)"),
        "date",
    ),
    TargetField(
        "due_on",
        say("Due"),
        names(
            "due date|due|fecha de vencimiento|vencimiento|fecha limite|fecha límite|deadline|target date|"
            "fecha de entrega|fecha fin|end date|due on|fecha objetivo|fecha de fin"
        ),
        "date",
    ),
    TargetField(
        "comments",
        say("Comments"),
        names("comment|comments|comentario|comentarios|commentaire|kommentar"),
        "comment",
        repeatable=True,
    ),
    TargetField(
        "criteria",
        say("Acceptance criteria"),
        names(
            "acceptance criteria|criteria|criterios de aceptacion|criterios de aceptación|criterios|"
            "criterio de aceptacion|conditions of satisfaction|definition of done|dod|acceptance criterion|"
            "condiciones de aceptacion|pruebas de aceptacion|acceptance tests|"
            "criterios de aceptacion (dado/cuando/entonces)"
        ),
        "lines",
        repeatable=True,
    ),
    TargetField(
        "tasks",
        say("Tasks"),
        names("checklist|tasks|tareas|subtasks|subtareas|lista de tareas|checklist items|to do list"),
        "lines",
        repeatable=True,
    ),
    TargetField(
        "attachments",
        say("Attachments"),
        names("attachment|attachments|adjunto|adjuntos|archivo adjunto|archivos adjuntos|files"),
        "attachment",
        repeatable=True,
    ),
    TargetField(
        "links",
        say("Links"),
        names(
            "inward issue link (blocks)|outward issue link (blocks)|dependencies|dependencias|depends on|depende de|"
            "blocked by|bloqueado por|predecessors|predecesoras|linked issues|enlaces|links|dependencia|url"
        ),
        "list",
        repeatable=True,
    ),
)

STORY_HEADERS: frozenset[str] = known_headers(STORY_TARGETS)
