"""What configuration adds below: the stamp that requests bring along, its pages, kinds of record and undo."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from flask import Flask, current_app
from sqlalchemy.orm import Session

from implementor.auth.current import Carried, carried
from implementor.auth.models import UserSession
from implementor.configuration import catalogue, field_catalogue, queries, shape_catalogue
from implementor.configuration.first_use import bring_in_shipped, shipped_digest, speeches
from implementor.configuration.index_care import contribute_care
from implementor.configuration.mentions import rules_naming
from implementor.configuration.models import (
    AccessProfile,
    AssignmentRule,
    CustomField,
    FieldLabel,
    KindShape,
    PicklistValue,
    PipelineStage,
    RequiredRule,
    StoredPicklist,
    StoredPipeline,
)
from implementor.configuration.permissions import CONFIGURE
from implementor.configuration.services.custom_fields import put_back_field
from implementor.configuration.services.undoing import put_back
from implementor.configuration.shipped import SALES
from implementor.configuration.snapshots import refresh
from implementor.foundation import live, moving
from implementor.foundation.mentions import mentions_of
from implementor.foundation.permissions import Actor
from implementor.foundation.pipelines import pipeline
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable
from implementor.web.navigation import NavItem, directory
from implementor.web.unit_of_work import enter_in_ledger, now

BROUGHT_IN = "implementor_brought_in"


def contribute(app: Flask) -> None:
    """Register everything; called once for each application."""
    carried["configuration_stamp"] = Carried(queries.stamp_for(UserSession.user_id), take_stamp)
    carried["configuration_shipped"] = Carried(queries.shipped_digest().scalar_subquery(), take_shipped)
    app.teardown_request(forget)
    pipeline(SALES)
    contribute_reading()
    places = directory(app)
    places.items += [
        NavItem("settings", say("Kinds of record"), "configuration.list_kinds", CONFIGURE, order=55),
        NavItem("settings", say("Lists of words"), "configuration.list_words", CONFIGURE, order=60),
        NavItem("settings", say("Pipelines"), "configuration.list_pipelines", CONFIGURE, order=65),
        NavItem("settings", say("Access"), "configuration.show_access", CONFIGURE, order=70),
    ]
    for entity, place in (
        (catalogue.PICKLIST, lambda row: ("configuration.show_words", {"picklist_id": row.id})),
        (catalogue.VALUE, lambda _row: ("configuration.list_words", {})),
        (catalogue.PIPELINE, lambda row: ("configuration.show_pipeline", {"pipeline_id": row.id})),
        (catalogue.STAGE, lambda _row: ("configuration.list_pipelines", {})),
        (catalogue.ACCESS, lambda _row: ("configuration.show_access", {})),
        (field_catalogue.CUSTOM_FIELD, lambda _row: ("configuration.list_kinds", {})),
        (shape_catalogue.SHAPE, lambda _row: ("configuration.list_kinds", {})),
        (shape_catalogue.LABEL, lambda _row: ("configuration.list_kinds", {})),
        (shape_catalogue.NEED, lambda _row: ("configuration.list_kinds", {})),
        (shape_catalogue.ASSIGNMENT, lambda _row: ("configuration.list_kinds", {})),
    ):
        visible = partial(queries.titles, entity.model, entity.fields[entity.title_field].column)
        record_kind(RecordKind(entity.kind, entity.label, entity.model, visible, place))
    undoable.update(
        picklist=Restorer(StoredPicklist, may=CONFIGURE),
        picklist_value=Restorer(PicklistValue, put_back, CONFIGURE, asks_to_put_away=True),
        pipeline=Restorer(StoredPipeline, put_back, CONFIGURE, asks_to_put_away=True),
        pipeline_stage=Restorer(PipelineStage, put_back, CONFIGURE, asks_to_put_away=True),
        access_profile=Restorer(AccessProfile, may=CONFIGURE),
        custom_field=Restorer(CustomField, _put_field_back, CONFIGURE, asks_to_put_away=True),
        kind_shape=Restorer(KindShape, may=CONFIGURE),
        field_label=Restorer(FieldLabel, may=CONFIGURE),
        required_rule=Restorer(RequiredRule, may=CONFIGURE),
        assignment_rule=Restorer(AssignmentRule, may=CONFIGURE),
    )


def contribute_reading() -> None:
    """How words on their way are read, who refers to settings, and the care of indexes."""
    moving.install()
    mentions_of("configuration", rules_naming)
    contribute_care()


def _put_field_back(session: Session, row: CustomField, values: dict[str, Any], by: Actor, at: datetime) -> None:
    put_back_field(session, row, values, speeches=speeches(), by=by, at=at)


def take_stamp(session: Session, stamp: str | None) -> None:
    """Work with the state that this request's own statement found, as it is for whoever asks."""
    found, _, user_id = (stamp or "").rpartition(queries.BETWEEN)
    refresh(session, found, int(user_id) if user_id.isdecimal() else None)


def take_shipped(_session: Session, shipped: str | None) -> None:
    """Bring in what a newer program ships after the first request to it; once, whatever comes of it."""
    if current_app.extensions.setdefault(BROUGHT_IN, False):
        return
    current_app.extensions[BROUGHT_IN] = True
    if shipped != shipped_digest():
        at: datetime = now()
        enter_in_ledger(lambda ledger: _bring_in(ledger, at))


def _bring_in(ledger: Session, at: datetime) -> None:
    bring_in_shipped(ledger, at=at)


def forget(_fault: BaseException | None) -> Any:
    """What this thread does next may be for another database."""
    live.forget()
