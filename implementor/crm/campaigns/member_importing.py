"""Members of campaigns and their answers from files: found by mail address, name or key elsewhere, or only named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.crm.campaigns import queries
from implementor.crm.campaigns.answers import ACCEPTED, BOUNCED, DECLINED, LISTED, OPENED, OPTED_OUT, RESPONDED, SENT
from implementor.crm.campaigns.consenting import TO_ONE, reasons_against
from implementor.crm.campaigns.imported_answers import (
    DESCRIBED,
    begin_memberships,
    go_on,
    settle_answers,
    take_member,
)
from implementor.crm.campaigns.importing import CampaignImporter, campaign_link
from implementor.crm.campaigns.member_catalogue import MEMBER
from implementor.crm.campaigns.members import PEOPLE
from implementor.crm.campaigns.models import CampaignMember
from implementor.crm.campaigns.origins import meant
from implementor.crm.contacts.models import Contact, ContactEmail, address_key
from implementor.crm.leads.models import Lead
from implementor.crm.records.importing import called_elsewhere, ids_by
from implementor.crm.records.queries import change_condition, records_in_use
from implementor.exchange.kinds import ImportKind, Outcome, Reason, import_kind, kind_named
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import Draft, Extra, Found, Key, Link, RecordImport
from implementor.exchange.records.kind import record_import
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import SYSTEM, Actor
from implementor.foundation.text import folded
from implementor.foundation.words import say

HEADERS = {
    "campaign": "campaign|campaign name|campaign id|campaign code|campaña|campana|nombre de la campaña",
    "contact": "contact|contact name|contact email|email|e-mail|email address|contacto|correo|correo electrónico",
    "lead": "lead|lead name|lead email|prospecto",
    "named": "name|person|nombre|persona",
    "channel": "channel|medium|canal|medio|contact type",
    "status": "status|member status|response|responded|y|answer|estado|respuesta|aceptó",
    "outcome": "outcome|result|resultado",
    "responded_at": "responded at|response date|first responded date|firstrespondeddate|date of response|"
    "fecha de respuesta",
    "joined_at": "joined at|date added|sent date|added|fecha de alta|fecha de envío|fecha de envio",
    "tries": "tries|attempts|number of contacts|calls|contacts performed|intentos|llamadas|número de contactos",
    "note": "note|notes|comment|nota|notas|comentario",
}
MEANINGS: Mapping[str, Mapping[str, str]] = {
    "status": {
        "yes": ACCEPTED, "sí": ACCEPTED, "si": ACCEPTED, "no": DECLINED, "accepted": ACCEPTED, "declined": DECLINED,
        "responded": RESPONDED, "respondió": RESPONDED, "sent": SENT, "enviado": SENT, "opened": OPENED,
        "abierto": OPENED, "bounced": BOUNCED, "rebotado": BOUNCED, "unsubscribed": OPTED_OUT, "baja": OPTED_OUT,
        "listed": LISTED,
    },
    "channel": {
        "cellular": "phone", "telephone": "phone", "mobile": "phone", "call": "phone", "llamada": "phone",
        "teléfono": "phone", "mail": "email", "correo": "email", "letter": "post", "carta": "post",
    },
}  # fmt: skip
PART = "\x1f"


class MemberImporter(CampaignImporter):
    """Takes the rows of one file: nobody twice, and nobody who is only to be approached and does not want to be."""

    meanings = MEANINGS

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row; who adds members by hand waits until they are written, or the other way round."""
        if locking:
            named = {draft.links["campaign"] for draft in drafts if "campaign" in draft.links}
            for campaign_id in sorted(set(meant(session, named).values())):
                session.execute(queries.locked(campaign_id))
        outcomes = super().plan(session, drafts, locking=locking)
        against = {
            (kind, channel): found
            for kind in PEOPLE
            for channel, ids in self._to_approach(kind, outcomes).items()
            if (found := reasons_against(session, kind, ids, channel, on=self.setup.at.date()))
        }
        seen: dict[tuple[Any, ...], int] = {}
        return [self._unless_against(one, against, seen) for one in outcomes]

    def _to_approach(self, kind: str, outcomes: Sequence[Outcome]) -> dict[str | None, set[int]]:
        found: dict[str | None, set[int]] = {}
        for one in outcomes:
            values = _new_values(one)
            if values.get(f"{kind}_id") is not None and values.get("status") in (None, LISTED):
                found.setdefault(values.get("channel"), set()).add(values[f"{kind}_id"])
        return found

    def _unless_against(
        self, outcome: Outcome, against: Mapping[tuple[str, str | None], Mapping[int, str]],
        seen: dict[tuple[Any, ...], int],
    ) -> Outcome:  # fmt: skip
        values = _new_values(outcome)
        person = next((kind for kind in PEOPLE if values.get(f"{kind}_id") is not None), None)
        if person is None:
            return outcome
        person_id, draft = values[f"{person}_id"], outcome.data.draft
        campaign = values.get("campaign_id") or folded(draft.links.get("campaign", ""))
        first = seen.setdefault((campaign, person, person_id), draft.row.number)
        if first != draft.row.number:
            return Outcome(outcome.row, "refused", [Reason(say("Row %(row)s means the same record.", row=first))])
        reason = against.get((person, values.get("channel")), {}).get(person_id)
        if reason is None or values.get("status") not in (None, LISTED):
            return outcome
        return Outcome(outcome.row, "refused", [Reason(TO_ONE[reason])])


def _new_values(outcome: Outcome) -> Mapping[str, Any]:
    """The values of a row that makes a member; nothing for others."""
    if outcome.verb != "created" or outcome.data is None or outcome.data.row is not None:
        return {}
    values: Mapping[str, Any] = outcome.data.draft.values
    return values


# --- who is meant -----------------------------------------------------------------------------------------------------


def find_contacts(session: Session, actor: Actor, texts: Collection[str]) -> Found:
    """Contacts by mail address, name, or what another system calls them."""
    seen = records_in_use(Contact, Scope(None, actor))
    mails = {address_key(text): text for text in texts if "@" in text}
    by_mail = ids_by(
        session,
        seen.join(ContactEmail, ContactEmail.contact_id == Contact.id)
        .where(ContactEmail.address_key.in_(list(mails)), ContactEmail.archived_at.is_(None))
        .with_only_columns(ContactEmail.address_key, Contact.id)
        .distinct(),
    )
    by_name = _named(session, seen, Contact, [text for text in texts if "@" not in text])
    elsewhere = called_elsewhere(session, Contact, actor, texts)
    return {
        text: (by_mail.get(address_key(text), []) if "@" in text else by_name.get(folded(text)))
        or elsewhere.get(text, [])
        for text in texts
    }


def find_leads(session: Session, actor: Actor, texts: Collection[str]) -> Found:
    """Leads by mail address, name, or what another system calls them."""
    seen = records_in_use(Lead, Scope(None, actor))
    mails = [address_key(text) for text in texts if "@" in text]
    by_mail = ids_by(session, seen.where(Lead.email_key.in_(mails)).with_only_columns(Lead.email_key, Lead.id))
    by_name = _named(session, seen, Lead, [text for text in texts if "@" not in text])
    elsewhere = called_elsewhere(session, Lead, actor, texts)
    return {
        text: (by_mail.get(address_key(text), []) if "@" in text else by_name.get(folded(text)))
        or elsewhere.get(text, [])
        for text in texts
    }


def _meant(
    by_mail: Found, by_name: Found, elsewhere: Mapping[str, list[int]], texts: Collection[str]
) -> dict[str, Sequence[int]]:
    """What each text means: a mail address, a name, or a key elsewhere."""
    own = {text: by_mail.get(address_key(text)) if "@" in text else by_name.get(folded(text)) for text in texts}
    return {text: own[text] or elsewhere.get(text, []) for text in texts}


def _named(session: Session, seen: Any, model: Any, texts: Sequence[str]) -> Mapping[str, list[int]]:
    names = [folded(text) for text in texts]
    return ids_by(session, seen.where(model.name_key.in_(names)).with_only_columns(model.name_key, model.id))


def text_of(draft: Draft) -> str | None:
    """What recognises a member: the campaign and the person, as the file calls them."""
    campaign = draft.links.get("campaign")
    for kind in PEOPLE:
        if campaign and draft.links.get(kind):
            return PART.join((campaign, kind, draft.links[kind]))
    return None


def find_members(session: Session, texts: Collection[str]) -> Found:
    """Members of those campaigns who are those people."""
    parted = {text: text.split(PART) for text in texts}
    campaigns = meant(session, [campaign for campaign, _kind, _person in parted.values()])
    found: dict[str, list[int]] = {}
    for kind, find in (("contact", find_contacts), ("lead", find_leads)):
        mine = {text: parts for text, parts in parted.items() if parts[1] == kind}
        people = find(session, SYSTEM, {parts[2] for parts in mine.values()}) if mine else {}
        column = getattr(CampaignMember, f"{kind}_id")
        rows = select(CampaignMember.campaign_id, column, CampaignMember.id).where(
            CampaignMember.campaign_id.in_(list(campaigns.values())),
            column.in_([one for ids in people.values() for one in ids]),
            CampaignMember.archived_at.is_(None),
        )
        known = {(campaign, person): member for campaign, person, member in session.execute(rows)} if people else {}
        for text, (campaign, _kind, person) in mine.items():
            pairs = [(campaigns.get(folded(campaign)), one) for one in people.get(person, ())]
            found[text] = [known[pair] for pair in pairs if pair in known]
    return found | _only_named(session, {text: parts for text, parts in parted.items() if not found[text]}, campaigns)


def _only_named(
    session: Session, parted: Mapping[str, list[str]], campaigns: Mapping[str, int]
) -> dict[str, list[int]]:
    """Members of whom only what the file calls them is known."""
    rows = select(CampaignMember.campaign_id, CampaignMember.named, CampaignMember.id).where(
        CampaignMember.campaign_id.in_(list(campaigns.values())),
        CampaignMember.named.in_([person for _campaign, _kind, person in parted.values()]),
        CampaignMember.archived_at.is_(None),
    )
    known: dict[tuple[int | None, str | None], list[int]] = {}
    for campaign, named, member in session.execute(rows) if parted else ():
        known.setdefault((campaign, named), []).append(member)
    return {
        text: known.get((campaigns.get(folded(campaign)), person), [])
        for text, (campaign, _kind, person) in parted.items()
    }


def _link(field: str, find: Any) -> Link:
    return Link(field, find, headers=HEADERS[field])


MEMBER_IMPORT = RecordImport(
    entity=MEMBER,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("campaign_members.index", sort="-created_at"),
    needs=("contact", "lead", "named", DESCRIBED),
    headers={name: names for name, names in HEADERS.items() if name not in ("contact", "lead", "campaign")},
    keys=(Key(text_of, find_members, unique=True),),
    links=(campaign_link("campaign", HEADERS["campaign"]), _link("contact", find_contacts), _link("lead", find_leads)),
    extra=(
        Extra(DESCRIBED, say("What is known of the person"), "age|job|marital|education|occupation|edad|profesión|"
              "ocupación|estado civil|estudios", repeatable=True, fills=("named",)),
    ),
    taken_in=frozenset({"status", "outcome", "responded_at", "joined_at", "tries"}),
    derive=take_member,
    before_new=begin_memberships,
    before_changes=go_on,
    settle=settle_answers,
    may_change=lambda actor: change_condition(CampaignMember, actor),
    usual={
        "status": LISTED, "tries": 0, "tries_told": 0, "named": None, "contact_id": None, "lead_id": None,
        "archived_at": None, "archived_by_id": None,
    },
)  # fmt: skip


def import_members() -> ImportKind:
    """Let members of campaigns come in from files."""
    record_import(MEMBER_IMPORT)
    return import_kind(replace(kind_named("campaign_member"), prepare=partial(MemberImporter, MEMBER_IMPORT)))
