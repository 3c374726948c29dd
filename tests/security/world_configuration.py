"""What of the configuration the walks name: a list with a word, and a pipeline with stages that may go."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select

from implementor.auth.models import User
from implementor.configuration.first_use import speeches
from implementor.configuration.models import PicklistValue, StoredPicklist
from implementor.configuration.services.assignments import ASSIGNMENTS, AssignmentWish, add_assignment
from implementor.configuration.services.needs import NEEDS, NeedWish, add_need
from implementor.configuration.services.pipelines import add_pipeline, retire_pipeline
from implementor.configuration.services.stages import StageWish, add_stage, retire_stage
from implementor.configuration.services.words import retire_word
from implementor.foundation.conditions import Comparison, Condition
from implementor.foundation.permissions import SYSTEM
from implementor.foundation.shapes import Way
from tests.auth.builders import working
from tests.configuration.builders import add_list
from tests.security.automation_cells import add_automation
from tests.security.own_field_cells import add_own_fields
from tests.security.report_cells import add_reports

EXTRA_STAGES = ("Trial", "Second trial")


def add_configuration(app: Flask, ids: dict[str, int]) -> None:
    """Fill in the ids of a list, two words, two pipelines and two stages; of each two, the spare one is retired."""
    by_at: dict[str, Any] = {"by": SYSTEM, "at": datetime.now(UTC)}
    ids["picklist"] = add_list(app, ("Red", "Rojo"), ("Green", "Verde"), ("Blue", "Azul"))
    with working(app) as session:
        picklist = session.get_one(StoredPicklist, ids["picklist"])
        words = session.scalars(select(PicklistValue).where(PicklistValue.picklist_id == picklist.id)).all()
        retire_word(session, picklist, words[2], **by_at)
        ids["value"], ids["spare_value"] = words[0].id, words[2].id
        for name in ("pipeline", "spare_pipeline"):
            labels = {"label_en": name, "label_es": name}
            made = add_pipeline(session, labels=labels, currency=None, speeches=speeches(), **by_at)
            ids[name] = made.id
            if name == "spare_pipeline":
                retire_pipeline(session, made, **by_at)
                continue
            first, second = (add_stage(session, made, StageWish(label, label), **by_at) for label in EXTRA_STAGES)
            retire_stage(session, made, second, move_to=None, **by_at)
            ids["stage"], ids["spare_stage"] = first.id, second.id
        _add_rules(session, ids, by_at)
    add_own_fields(app, ids)
    add_automation(app, ids)
    add_reports(app, ids)


def _add_rules(session: Any, ids: dict[str, int], by_at: dict[str, Any]) -> None:
    """A rule for what accounts need and one for who gets leads, and one of each that is withdrawn."""
    person = session.scalars(select(User.id).order_by(User.id)).first()
    for name in ("need", "spare_need"):
        rule = add_need(session, "account", NeedWish(name, name, "website"), **by_at)
        given = f"{name.removesuffix('need')}assignment"
        who = AssignmentWish(given, given, Way.PERSON, (Condition("score", Comparison.AT_LEAST, ("999999",)),), person)
        owner = add_assignment(session, "lead", who, **by_at)
        ids[name], ids[given] = rule.id, owner.id
        if name != "need":
            NEEDS.withdraw(session, rule, **by_at)
            ASSIGNMENTS.withdraw(session, owner, **by_at)
