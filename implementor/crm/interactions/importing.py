"""Interactions from files: calls, mails, visits and messages as telephones, mailboxes and other CRMs list them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.crm.contacts.concern_importing import ConcernImporter, by_word, concern_links, fill_accounts
from implementor.crm.interactions.catalogue import INTERACTION
from implementor.crm.interactions.models import IN, OUT, Interaction
from implementor.crm.records.importing import ids_by, in_use
from implementor.crm.records.queries import change_condition
from implementor.exchange.kinds import ImportKind, Reason, import_kind, kind_named
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Found, Key, RecordImport
from implementor.exchange.records.kind import record_import
from implementor.exchange.records.reading import print_of
from implementor.foundation.words import say

LONGEST_SUBJECT = 200
HEADERS = {
    EXTERNAL_ID: "activity id|task id|call id|message id|interaction id|engagement id|event id|id de actividad|"
    "id de llamada|id de interacción|id de la actividad|name in its channel|nombre en su canal",
    "channel": "channel|type|activity type|task subtype|interaction type|engagement type|medium|canal|tipo|"
    "tipo de actividad|tipo de interacción|medio",
    "direction": "direction|call type|inbound/outbound|call direction|dirección|direccion|sentido|entrante/saliente",
    "subject": "subject|title|activity|call title|email subject|topic|asunto|título|titulo|actividad|tema|motivo",
    "at": "date|activity date|date and time|timestamp|created date|created|start time|call time|sent|sent at|when|"
    "due date|fecha|fecha y hora|fecha de actividad|fecha de la llamada|enviado|momento",
    "duration_minutes": "duration|minutes|duration (minutes)|duration in minutes|call duration|duración|duracion|"
    "minutos|duración (minutos)",
    "body": "notes|body|comments|description|full comments|content|transcript|text|notas|comentarios|descripción|"
    "descripcion|contenido|detalle|texto",
    "outcome": "outcome|call outcome|result|call result|disposition|response|resultado|resultado de la llamada|"
    "respuesta",
    "follow_up": "next step|follow up|follow-up|next action|siguiente paso|próximo paso|proximo paso|seguimiento",
    "follow_up_on": "follow-up due|follow up date|follow-up date|next step date|next contact date|next action date|"
    "fecha de seguimiento|fecha próximo paso|próximo contacto",
    "follow_up_done_at": "followed up|follow-up done|completed date|seguimiento hecho|fecha de finalización",
    "owner": "owner|assigned|assigned to|activity owner|agent|sales rep|user|logged by|created by|propietario|"
    "asignado a|responsable|agente|comercial|usuario",
}
MEANINGS = {
    "channel": by_word({
        "phone": "call|calls|phone call|outbound call|inbound call|telephone|cellular|cold call|logged call|llamada|"
        "llamadas|llamada telefónica|teléfono|móvil",
        "email": "mail|e-mail|emails|list email|sent email|correo|correo electrónico|correos",
        "chat": "sms|text|text message|whatsapp|message|messenger|live chat|mensaje|mensaje de texto",
        "web": "web|website|web form|form|form submission|online|portal|formulario|sitio web|página web",
        "visit": "meeting|visit|in person|face to face|event|reunión|visita|presencial|en persona",
        "social": "social|social media|linkedin|facebook|instagram|twitter|x|redes sociales",
    }),
    "direction": by_word({
        IN: "inbound|incoming|received|in|entrante|recibida|recibido|entrada",
        OUT: "outbound|outgoing|sent|out|internal|saliente|enviada|enviado|realizada|salida",
    }),
}  # fmt: skip
"""Field -> folded word -> what it means here."""


class InteractionImporter(ConcernImporter):
    """Takes the rows of one file."""

    meanings = MEANINGS
    happened = "at"


def take_subject(draft: Draft) -> Iterable[Reason]:
    """Without a subject the beginning of the notes is it."""
    values = draft.values
    body = " ".join((values.get("body") or "").split())
    if not values.get("subject") and body and "subject" not in draft.marks:
        values["subject"] = body if len(body) <= LONGEST_SUBJECT else body[: LONGEST_SUBJECT - 3] + "..."
        draft.marks["subject"] = print_of(values["subject"])
    if values.get("follow_up") and not values.get("follow_up_on"):
        yield Reason(say("Give the day by which the next step is due."))


def complete(row: dict[str, Any]) -> None:
    """It happened when it was taken down, where nothing else is said; what follows is the owner's to do."""
    row["at"] = row.get("at") or row["created_at"]
    if row.get("follow_up_on") is None:
        row |= dict.fromkeys(("follow_up_owner_id", "follow_up_done_at"))
    elif not row.get("follow_up_owner_id"):
        row["follow_up_owner_id"] = row.get("owner_id") or row.get("created_by_id")


def named_in_channels(session: Session, names: Collection[str]) -> Found:
    """Interactions by what the system of their channel calls them."""
    found = select(Interaction.external_id, Interaction.id)
    return ids_by(session, found.where(Interaction.external_id.in_(list(names)), *in_use(Interaction)))


INTERACTION_IMPORT = RecordImport(
    entity=INTERACTION,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("interactions.index", sort="-at"),
    needs=("subject", "body"),
    headers=HEADERS,
    keys=(Key(lambda draft: None if draft.is_print else draft.name, named_in_channels),),
    links=concern_links(),
    left_out=frozenset({EXTERNAL_ID}),
    taken_in=frozenset({"follow_up_done_at"}),
    spared=frozenset({"follow_up_done_at"}),
    derive=take_subject,
    complete=complete,
    before_new=fill_accounts,
    may_change=lambda actor: change_condition(Interaction, actor),
    usual={"direction": OUT},
)


def import_interactions() -> ImportKind:
    """Let interactions come in from files."""
    record_import(INTERACTION_IMPORT)
    return import_kind(replace(kind_named("interaction"), prepare=partial(InteractionImporter, INTERACTION_IMPORT)))
