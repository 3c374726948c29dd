"""What other systems call the fields of a case, and the words in them."""

from __future__ import annotations

from implementor.crm.cases import models
from implementor.exchange.records.declaring import EXTERNAL_ID
from implementor.foundation.text import folded

HEADERS = {
    EXTERNAL_ID: "number|case number|ticket|ticket id|ticket number|case id|complaint id|incident|incident number|"
    "issue key|numero de caso|número de caso|id de caso|folio|expediente|numero de expediente|id aviso",
    "subject": "subject|short description|summary|title|issue|asunto|título|titulo|resumen|u_symptom|symptom|service|"
    "servicio|motivo",
    "description": "description|details|body|narrative|consumer complaint narrative|descripcion|descripción|detalle|"
    "observaciones",
    "category": "category|type|case type|issue type|typology|tipo|tipología|tipologia|categoria|categoría|product",
    "channel": "channel|contact type|contact_type|submitted via|source|origin|case origin|canal|medio|via|vía",
    "status": "status|incident state|incident_state|company response|estado|situacion|situación",
    "priority": "priority|severity|prioridad|severidad|urgencia",
    "owner": "owner|assigned to|assigned_to|assignee|agent|case owner|asignado a|responsable|agente",
    "area": "area|assignment group|assignment_group|group|department|queue|grupo|departamento|área|cola",
    "team": "team|equipo",
    "account": "account|account name|company|company name|customer|organization|empresa|cuenta|cliente",
    "contact": "contact|contact name|caller|caller id|caller_id|requester|reported by|contacto|solicitante|reclamante",
    "product": "product name|item|model|producto|modelo",
    "opened_at": "opened|opened at|opened_at|created at|date received|date opened|date|fecha|fecha de apertura|"
    "fecha de alta|abierto el|fecha de entrada",
    "status_since": "updated at|sys_updated_at|changed at|change date|fecha de cambio",
    "first_response_at": "first response|first responded at|first reply|primera respuesta",
    "resolved_at": "resolved|resolved at|resolved_at|resolution date|resuelto el|fecha de resolución|"
    "fecha de resolucion",
    "closed_at": "closed|closed at|closed_at|date closed|cerrado el|fecha de cierre",
    "resolution": "resolution|solution|close notes|solución|solucion|resolución|resolucion",
    "satisfaction": "satisfaction|csat|rating|satisfacción|satisfaccion|valoración|valoracion",
    "satisfaction_comment": "satisfaction comment|feedback|comentario de satisfacción",
}
_STATUSES = {
    models.NEW: "new|nuevo|nueva|open|opened|unassigned|abierto|abierta|pendiente|recibido|recibida|registrado",
    models.IN_PROGRESS: "active|assigned|working|work in progress|en curso|en proceso|asignado|en tramitacion",
    models.WAITING_CUSTOMER: "pending|waiting for customer|awaiting user info|on hold|pending customer|"
    "waiting on customer|en espera|espera del cliente",
    models.WAITING_OTHERS: "awaiting problem|awaiting vendor|awaiting evidence|awaiting change|waiting on third party|"
    "escalated|escalado",
    models.RESOLVED: "resolved|done|fixed|resuelto|resuelta|solucionado|solucionada",
    models.CLOSED: "closed with explanation|closed with monetary relief|closed with non-monetary relief|"
    "closed with relief|closed without relief|untimely response|cancelled|canceled|cerrado|cerrada|finalizado|"
    "archivado",
}
_PRIORITIES = {
    models.LOW: "4 - low|5 - planning|4|5|minor|trivial|lowest|p4|p5|baja",
    models.NORMAL: "3 - moderate|3|medium|moderate|p3|media|normal",
    models.HIGH: "2 - high|2|major|p2|alta",
    models.URGENT: "1 - critical|1|critical|blocker|highest|p1|urgente|critica|crítica",
}


def _by_word(words: dict[str, str]) -> dict[str, str]:
    return {folded(word): key for key, listed in words.items() for word in listed.split("|")}


MEANINGS = {"status": _by_word(_STATUSES), "priority": _by_word(_PRIORITIES)}
"""Field -> folded word -> what it means here."""
