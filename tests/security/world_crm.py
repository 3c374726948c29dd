"""A record of each kind of the CRM with its own texts, and a name of one elsewhere, for the walks."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.orm import Session

from implementor.crm.records.services import name_elsewhere
from implementor.foundation import live
from implementor.foundation.permissions import Actor, Role
from implementor.foundation.pipelines import Pipeline
from tests.auth.builders import Person, working
from tests.crm.examples import add_example, add_examples


def add_crm(app: Flask, ids: dict[str, int], person: Person, text: str) -> dict[str, int]:
    """The ids by kind; the records are this person's."""
    by, at = person.actor.with_roles([Role.CRM_ADMIN]), datetime.now(UTC)
    with working(app) as session:
        made = add_examples(session, by, at, text)
        ids["name"] = _name(session, made["account"])
        made["closed_opportunity"] = _closed(session, by, at, text)
        ids["next_stage"] = _sales().offered[1].id or 0
    return made


def _sales() -> Pipeline:
    """The pipeline that ships."""
    found = live.present().pipeline("sales")
    assert found is not None
    return found


def _closed(session: Session, by: Actor, at: datetime, text: str) -> int:
    """An opportunity that is won already."""
    won = _sales().of_kind("won")[0].id
    return add_example(session, "opportunity", {"name": f"Won {text}", "stage": won}, by, at)


def _name(session: Session, account_id: int) -> int:
    named = name_elsewhere(session, "account", account_id, system="ERP", value="Known")
    session.flush()
    return named.id
