"""A record of each kind of the CRM with its own texts, and a name of one elsewhere, for the walks."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from implementor.crm.campaigns.members import Answer, note_answer
from implementor.crm.campaigns.models import CampaignMember
from implementor.crm.commitments.models import Commitment
from implementor.crm.commitments.services import mark_kept
from implementor.crm.interactions.models import Appointment, Interaction
from implementor.crm.interactions.services.appointments import hold
from implementor.crm.interactions.services.interactions import finish_follow_up
from implementor.crm.leads.converting import Becoming, convert_lead
from implementor.crm.leads.models import Lead
from implementor.crm.leads.moves import Step, take_step
from implementor.crm.quotes.following import Happening, send_quote
from implementor.crm.quotes.models import Quote
from implementor.crm.records.services import name_elsewhere
from implementor.foundation import live
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.pipelines import Pipeline
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.notifications.models import Notice
from implementor.notifications.news import News
from implementor.notifications.notices import tell_people
from tests.auth.builders import Person, working
from tests.crm.examples import add_example, add_examples


def add_crm(app: Flask, ids: dict[str, int], person: Person, text: str) -> dict[str, int]:
    """The ids by kind; the records are this person's."""
    by, at = person.actor.with_roles([Role.CRM_ADMIN]), datetime.now(UTC)
    with working(app) as session:
        made = add_examples(session, by, at, text)
        ids["name"] = _name(session, made["account"])
        ids["campaign_event"] = _answered(session, made["campaign_member"], by, at)
        ids["notice"] = _told(session, person, made["case"], at)
        made["closed_opportunity"] = _closed(session, by, at, text)
        ids["next_stage"] = _sales().offered[1].id or 0
        made |= _settled(session, made["account"], by, at, text)
        made |= _leads(session, by, at, text)
        made |= _quotes(session, by, at, text)
    return made | {"message_template": ids["template"]}


def _answered(session: Session, member_id: int, by: Actor, at: datetime) -> int:
    """Something that happened with a member of a campaign."""
    member = session.get_one(CampaignMember, member_id)
    return note_answer(session, member, Answer("sent", at), by=by, at=at).id


def _sales() -> Pipeline:
    """The pipeline that ships."""
    found = live.present().pipeline("sales")
    assert found is not None
    return found


def _closed(session: Session, by: Actor, at: datetime, text: str) -> int:
    """An opportunity that is won already."""
    won = _sales().of_kind("won")[0].id
    return add_example(session, "opportunity", {"name": f"Won {text}", "stage": won}, by, at)


def _settled(session: Session, account_id: int, by: Actor, at: datetime, text: str) -> dict[str, int]:
    """What is to follow, what was followed up, an appointment that was held and a promise that was kept."""
    call = {"channel": "phone", "direction": "out", "account": account_id, "follow_up_on": at.date()}
    made = {
        name: add_example(session, "interaction", {**call, "subject": f"{name} {text}"}, by, at)
        for name in ("to_follow", "followed_up")
    }
    meeting = {"title": f"Held {text}", "kind": "visit", "starts_at": at, "account": account_id}
    promise = {"promise": f"Kept {text}", "due_on": at.date(), "account": account_id}
    made["held_appointment"] = add_example(session, "appointment", meeting, by, at)
    made["kept_commitment"] = add_example(session, "commitment", promise, by, at)
    finish_follow_up(session, session.get_one(Interaction, made["followed_up"]), by=by, at=at)
    hold(session, session.get_one(Appointment, made["held_appointment"]), note="", by=by, at=at)
    mark_kept(session, session.get_one(Commitment, made["kept_commitment"]), reason="", by=by, at=at)
    return made


def _leads(session: Session, by: Actor, at: datetime, text: str) -> dict[str, int]:
    """Leads that stand before a hand-over and before their conversion, and one that is converted."""
    ways = {
        "handed_over_lead": ("mql",), "qualified_lead": ("mql", "sal", "sql"), "converted_lead": ("mql", "sal", "sql"),
    }  # fmt: skip
    made = {name: add_example(session, "lead", {"last_name": f"{name} {text}"[:100]}, by, at) for name in ways}
    for name, way in ways.items():
        for stage in way:
            take_step(session, session.get_one(Lead, made[name]), Step(stage), by=by, at=at)
    convert_lead(session, session.get_one(Lead, made["converted_lead"]), Becoming(contact="new"), by=by, at=at)
    return made


def _quotes(session: Session, by: Actor, at: datetime, text: str) -> dict[str, int]:
    """Quotes that customers have."""
    made = {
        name: add_example(session, "quote", {"reference": f"{name} {text}"[:200]}, by, at)
        for name in ("sent_quote", "noted_quote")
    }
    for quote in made.values():
        add_example(session, "quote_line", {"quote": quote, "name": text, "unit_price": "90 EUR"}, by, at)
        send_quote(session, session.get_one(Quote, quote), Happening(at), by=by, at=at)
    return made


def _name(session: Session, account_id: int) -> int:
    named = name_elsewhere(session, "account", account_id, system="ERP", value="Known")
    session.flush()
    return named.id


def _told(session: Session, person: Person, case_id: int, at: datetime) -> int:
    """A notice that this person has not read."""
    about = RecordRef("case", case_id)
    news = News("case.near", "walk", say("%(case)s: nearly due", case="C"), about, "Case", f"/crm/cases/{case_id}", at)
    tell_people(session, [person.id], news)
    session.flush()
    return session.scalars(select(func.max(Notice.id))).one()
