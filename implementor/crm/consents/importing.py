"""Consents from files: taken down once and for good; what contacts refused is never lifted by somebody else's list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from implementor.crm.consents import services
from implementor.crm.consents.models import Consent
from implementor.crm.consents.services import NewConsent
from implementor.crm.consents.standing import EXPIRED, GIVEN, OBJECTED, REFUSED, WITHDRAWN
from implementor.crm.consents.vocabulary import (
    BASIS_CHOICES,
    CAPTURE_CHOICES,
    CHANNEL_CHOICES,
    PURPOSES,
    STATUS_CHOICES,
)
from implementor.crm.contacts.concern_importing import by_word, contact_link
from implementor.crm.contacts.models import Contact
from implementor.crm.records.queries import within
from implementor.exchange.kinds import ImportKind, Outcome, Reason, Setup, Undone, import_kind
from implementor.exchange.models import ImportedRow
from implementor.exchange.own_keys import own_ids
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, RecordImport, Writing
from implementor.exchange.records.importer import Planned, RecordImporter
from implementor.exchange.records.kind import outside_projects, words_to_explain
from implementor.exchange.records.known import elsewhere, links_of
from implementor.exchange.records.targets import is_open, targets_of
from implementor.exchange.records.writing import insert_rows, made, name_elsewhere
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.fields import Entity, Field, Kind, Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.words import say

HEADERS = {
    EXTERNAL_ID: "consent id|record id|id de consentimiento|id de registro",
    "purpose": "purpose|consent purpose|consent type|consent|subscription|subscription type|list|topic|finalidad|"
    "propósito|proposito|tipo de consentimiento|consentimiento|suscripción|lista",
    "channel": "channel|contact point type|medium|communication channel|canal|medio",
    "status": "status|privacy consent status|consent status|opt in|opt-in|opted in|subscribed|agreed|consent given|"
    "estado|situación|aceptado|acepta|suscrito|estado del consentimiento",
    "basis": "basis|legal basis|lawful basis|base|base jurídica|base legal",
    "capture": "captured by|capture|how|capture contact point type|method|collected via|cómo|como|forma de captación|"
    "vía|medio de obtención",
    "source": "source|capture source|origin|form|campaign|origen|fuente|formulario|campaña",
    "proof": "proof|evidence|document|ip|ip address|url|prueba|evidencia|justificante|documento|dirección ip",
    "captured_at": "date|captured at|capture date|consent date|given at|effective from|timestamp|opt-in date|"
    "opt in date|last updated|fecha|fecha y hora|fecha de consentimiento|fecha de captación|fecha de alta",
    "expires_on": "expires|expires on|expiry date|effective to|valid until|caduca|vence|válido hasta|"
    "fecha de caducidad",
}
CONTACT_NAMES = (
    "contact|contact name|name|email|e-mail|email address|person|subscriber|contact id|individual|contacto|nombre|"
    "correo|correo electrónico|suscriptor|persona|interesado|id de contacto"
)
MEANINGS = {
    "status": by_word({
        GIVEN: "given|yes|y|true|1|opt in|optin|opt-in|opted in|granted|subscribed|accepted|agreed|active|confirmed|"
        "sí|si|acepta|aceptado|otorgado|concedido|suscrito|activo|alta",
        REFUSED: "refused|no|n|false|0|denied|declined|rejected|not given|rechazado|denegado|no acepta|no aceptado",
        WITHDRAWN: "withdrawn|opt out|optout|opt-out|opted out|unsubscribed|revoked|cancelled|retirado|revocado|baja|"
        "cancelado",
        OBJECTED: "objected|objection|complained|complaint|opuesto|oposición|se opone",
        EXPIRED: "expired|lapsed|caducado|vencido",
    }),
    "purpose": by_word({
        "marketing": "advertising|promotions|marketing emails|commercial|publicidad|comercial|promociones|"
        "comunicaciones comerciales",
        "newsletter": "news|bulletin|boletín|boletin|noticias",
        "events": "event invitations|webinars|eventos|invitaciones",
        "surveys": "research|feedback|encuestas|investigación",
    }),
    "channel": by_word({
        "email": "mail|e-mail|correo|correo electrónico", "phone": "call|calls|telephone|llamada|teléfono|telefono",
        "chat": "sms|text|whatsapp|mensaje|mensajes", "post": "letter|postal|direct mail|carta|correo postal",
    }),
}  # fmt: skip
Named = aliased(Contact, name="consent_contact")


class Whose(NamedTuple):
    """Who said what a row of ours tells of."""

    contact_id: int


KNOWN = ("contact_id", "purpose", "channel", "status", "captured_at")
"""Attributes that together say whether the same thing was taken down already."""


def _entity() -> Entity:
    """What a row says."""
    row = Entity(
        "consent", say("Consent"), say("Consents"), Consent, ("purpose",), "captured_at", "source", Consent.id
    )  # fmt: skip
    return row.declare((
        Field(
            "contact", Kind.REFERENCE, say("Contact"), Consent.contact_id, target="contact", shown=Named.name,
            join=lambda found: found.join(Named, Named.id == Consent.contact_id), required=True, nullable=False,
        ),
        Field("purpose", Kind.CHOICE, say("Purpose"), Consent.purpose, picklist=PURPOSES, required=True),
        Field("channel", Kind.CHOICE, say("Channel"), Consent.channel, choices=CHANNEL_CHOICES),
        Field("status", Kind.CHOICE, say("Status"), Consent.status, choices=STATUS_CHOICES, required=True),
        Field("basis", Kind.CHOICE, say("Legal basis"), Consent.basis, choices=BASIS_CHOICES),
        Field("capture", Kind.CHOICE, say("How it came to us"), Consent.capture, choices=CAPTURE_CHOICES),
        Field("source", Kind.LINE, say("Where it was said"), Consent.source, longest=500),
        Field("proof", Kind.LINE, say("Proof"), Consent.proof, longest=500),
        Field("captured_at", Kind.MOMENT, say("Said on"), Consent.captured_at),
        Field("expires_on", Kind.DATE, say("Holds until"), Consent.expires_on),
    ))  # fmt: skip


CONSENT_IMPORT = RecordImport(
    entity=_entity(),
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("contacts.index"),
    needs=("contact",),
    headers=HEADERS,
    links=(contact_link(CONTACT_NAMES),),
    usual={"capture": "import"},
)


class ConsentImporter(RecordImporter):
    """Takes the rows of one file; what was said once is never changed, so a row is new or known."""

    def __init__(self, declared: RecordImport, session: Session, setup: Setup) -> None:
        told = setup.options.meanings
        known = {name: {**MEANINGS.get(name, {}), **told.get(name, {})} for name in {*MEANINGS, *told}}
        super().__init__(declared, session, replace(setup, options=replace(setup.options, meanings=known)))

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row; oldest words first, as they count."""
        good = [draft for draft in drafts if not draft.reasons and not draft.is_repeated]
        links_of(session, self.declared, good, Scope(None, self.setup.by), self.links)
        named = elsewhere(session, self.declared.kind, self.system, [draft.name for draft in good])
        own = own_ids(self.declared.kind, [draft.name for draft in good])  # ours, written by an export
        told = select(Consent.id, Consent.contact_id).where(Consent.id.in_(list(own.values())))
        whose = {row.id: row.contact_id for row in session.execute(told)}
        named |= {name: each for name, each in own.items() if each in whose}
        for draft in good:
            meant = Whose(whose[own[draft.name]]) if own.get(draft.name) in whose else None
            self._link(draft, Planned(draft), meant)  # of namesakes it is whoever said it
            self._refuse_incomplete(draft)
        self._refuse_beyond(session, good)
        said = {draft.name: self._said(draft) for draft in good if not draft.reasons and draft.name not in named}
        fresh = self._fresh(session, said)
        _taken, refused = services.sorted_out(session, list(fresh.values()), at=self.setup.at)
        reasons = {id(one): _sentence(refusal) for one, refusal in refused}
        for draft in good:
            one = fresh.get(draft.name)
            if one is not None and id(one) in reasons:
                draft.reasons.append(reasons[id(one)])
        return [self._of(draft, fresh) for draft in drafts]

    def _of(self, draft: Draft, fresh: dict[str, NewConsent]) -> Outcome:
        if draft.reasons:
            return Outcome(draft.row, "refused", draft.reasons)
        if draft.is_repeated or draft.name not in fresh or self.setup.options.mode == "update":
            return Outcome(draft.row, "unchanged", emptied=draft.emptied)
        return Outcome(draft.row, "created", data=(draft, fresh[draft.name]), emptied=draft.emptied)

    def _refuse_beyond(self, session: Session, drafts: Sequence[Draft]) -> None:
        ids = {draft.values.get("contact_id") for draft in drafts} - {None}
        mine = set(
            session.scalars(select(Contact.id).where(Contact.id.in_(ids), within(Contact, self.setup.by, "edit")))
        )
        for draft in drafts:
            if draft.values.get("contact_id") not in {None, *mine}:
                draft.reasons.append(Reason(say("The record is somebody else's to change.")))

    def _said(self, draft: Draft) -> NewConsent:
        given = {name: value for name, value in draft.values.items() if value is not None}
        return NewConsent(**{"captured_at": self.setup.at, "capture": "import", **given})

    def _fresh(self, session: Session, said: dict[str, NewConsent]) -> dict[str, NewConsent]:
        """What nobody took down yet, with the same words at the same moment."""
        ids = {one.contact_id for one in said.values()}
        columns = [getattr(Consent, name) for name in KNOWN]
        known = {tuple(row) for row in session.execute(select(*columns).where(Consent.contact_id.in_(ids)))}
        return {name: one for name, one in said.items() if tuple(getattr(one, each) for each in KNOWN) not in known}

    def write(self, session: Session, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
        """Write a batch; gives the facts of the import."""
        writing = Writing(session, self.setup, self.setup.by, self.setup.at, self.system)
        pairs = [one.data for one in outcomes if one.data is not None and one.verb == "created"]
        noted = {"noted_at": writing.at, "noted_by_id": writing.by.user_id}
        ids = insert_rows(writing, Consent, [{**vars(_with_basis(said)), **noted} for _draft, said in pairs])
        name_elsewhere(self.declared, writing, [(each, draft) for each, (draft, _said) in zip(ids, pairs, strict=True)])
        return [
            made("consent", each, source_values=draft.marks) for each, (draft, _said) in zip(ids, pairs, strict=True)
        ]


def _with_basis(said: NewConsent) -> NewConsent:
    return replace(said, basis=said.basis or ("consent" if said.status == GIVEN else None))


def _sentence(refusal: Refusal) -> Reason:
    if isinstance(refusal, InvalidInput):
        name, sentence = next(iter(refusal.errors.items()))
        one = CONSENT_IMPORT.entity.fields.get(name)
        return Reason(sentence, str(one.label) if one is not None else "")
    return Reason(refusal.reason)


def keep_said(_session: Session, facts: Sequence[ImportedRow], _by: Actor, _at: datetime) -> Undone:
    """What contacts said stays said, whoever brought it."""
    return Undone(
        kept=[(str(fact.record_id), say("What contacts said stays. Take down what they say now.")) for fact in facts]
    )


def import_consents() -> ImportKind:
    """Let consents come in from files; they have no list of their own, so they leave with their contacts."""
    declared = CONSENT_IMPORT
    return import_kind(
        ImportKind(
            name=declared.kind, label=declared.entity.label_plural, targets=targets_of(declared),
            is_open=partial(is_open, declared),
            permission=declared.permission, prepare=partial(ConsentImporter, declared), undo=keep_said,
            find_place=outside_projects, result_url=declared.result_url, needs=declared.needs,
            open_words=partial(words_to_explain, declared), in_project=False,
        )
    )  # fmt: skip
