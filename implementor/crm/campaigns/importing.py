"""Campaigns from files: known by their code, by their key elsewhere, or by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import or_
from sqlalchemy.orm import Session

from implementor.crm.campaigns.catalogue import CAMPAIGN
from implementor.crm.campaigns.models import CANCELLED, FINISHED, PLANNED, RUNNING, Campaign
from implementor.crm.campaigns.settling import frozen_cost
from implementor.crm.records.importing import by_column, called_elsewhere, maker
from implementor.crm.records.queries import change_condition, records_in_use
from implementor.exchange.kinds import ImportKind, Reason, Setup, import_kind, kind_named
from implementor.exchange.permissions import IMPORT_RECORDS
from implementor.exchange.records.declaring import (
    EXTERNAL_ID,
    Change,
    Draft,
    Found,
    Link,
    RecordImport,
    Writing,
)
from implementor.exchange.records.importer import RecordImporter
from implementor.exchange.records.kind import record_import
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded
from implementor.foundation.words import say

HEADERS = {
    EXTERNAL_ID: "campaign id|campaignid|campaign key|id de campaña|id campaña",
    "name": "name|campaign name|campaign|title|nombre|nombre de la campaña|campaña|campana|título",
    "code": "code|campaign code|utm campaign|utm_campaign|código|codigo|código de campaña",
    "type": "type|campaign type|category|tipo|tipo de campaña",
    "status": "status|campaign status|state|estado|situación|situacion",
    "parent": "parent|parent campaign|belongs to|campaña superior|pertenece a",
    "starts_on": "start date|startdate|start|starts on|begin|from|fecha de inicio|inicio|desde",
    "ends_on": "end date|enddate|end|ends on|until|fecha de fin|fin|hasta",
    "budget": "budget|budgeted cost|budgetedcost|planned cost|presupuesto|coste previsto|costo previsto",
    "cost": "actual cost|actualcost|cost|spend|spent|coste|costo|coste real|costo real|gasto",
    "expected_responses": "expected responses|expectedresponse|expected response|respuestas esperadas",
    "audience": "audience|target group|target|público|publico|destinatarios",
    "description": "description|notes|descripción|descripcion|notas",
    "owner": "owner|campaign owner|responsible|responsable|propietario",
}
MEANINGS: Mapping[str, Mapping[str, str]] = {
    "status": {
        "in progress": RUNNING, "active": RUNNING, "en curso": RUNNING, "activa": RUNNING, "completed": FINISHED,
        "complete": FINISHED, "terminada": FINISHED, "finalizada": FINISHED, "aborted": CANCELLED,
        "planned": PLANNED, "running": RUNNING, "finished": FINISHED, "cancelled": CANCELLED, "canceled": CANCELLED,
        "planificada": PLANNED, "cancelada": CANCELLED,
    },
}  # fmt: skip
"""What other systems call the states."""


class CampaignImporter(RecordImporter):
    """Takes the rows of one file; words of other systems (`meanings`) are known, and those that a person explained."""

    meanings = MEANINGS

    def __init__(self, declared: RecordImport, session: Session, setup: Setup) -> None:
        told = setup.options.meanings
        known = {name: {**self.meanings.get(name, {}), **told.get(name, {})} for name in {*self.meanings, *told}}
        super().__init__(declared, session, replace(setup, options=replace(setup.options, meanings=known)))


def complete(row: dict[str, Any]) -> None:
    """Keep the keys beside the name and the code."""
    row["name_key"] = folded(row["name"])
    row["code_key"] = folded(row["code"]) if row.get("code") else None


def unsound(draft: Draft) -> Iterable[Reason]:
    """What no campaign is."""
    starts, ends = draft.values.get("starts_on"), draft.values.get("ends_on")
    if starts is not None and ends is not None and ends < starts:
        yield Reason(say("It ends before it starts."))


def freeze_new(writing: Writing, drafts: Sequence[Draft]) -> None:
    """Keep what new campaigns cost in the base currency."""
    for draft in drafts:
        day = draft.values.get("starts_on") or writing.at.date()
        draft.values |= frozen_cost(writing.session, draft.values, day)


def freeze_changed(writing: Writing, changes: Sequence[Change]) -> None:
    """Keep what changed campaigns cost in the base currency."""
    for one in changes:
        if one.after.keys() & {"cost_amount", "cost_currency", "starts_on"}:
            whole = {**one.row._mapping, **one.after}
            one.after |= frozen_cost(writing.session, whole, whole["starts_on"] or writing.at.date())


def find_campaigns(session: Session, actor: Actor, texts: Collection[str]) -> Found:
    """The campaigns that texts name: by code, else by name, else as another system calls them."""
    keys = {folded(text) for text in texts}
    found = records_in_use(Campaign, Scope(None, actor)).where(
        or_(Campaign.code_key.in_(keys), Campaign.name_key.in_(keys))
    )
    by_code: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    for row in session.execute(found.with_only_columns(Campaign.id, Campaign.code_key, Campaign.name_key)):
        by_code.setdefault(row.code_key, []).append(row.id)
        by_name.setdefault(row.name_key, []).append(row.id)
    elsewhere = called_elsewhere(session, Campaign, actor, texts)
    return {text: by_code.get(folded(text)) or by_name.get(folded(text)) or elsewhere.get(text, []) for text in texts}


def campaign_link(field: str, headers: str) -> Link:
    """The link to a campaign; one that is not here is planned under its name."""
    return Link(field, find_campaigns, maker(Campaign, _named), headers)


def _named(name: str) -> dict[str, Any]:
    return {"name": name[:200], "name_key": folded(name[:200]), "status": PLANNED}


CAMPAIGN_IMPORT = RecordImport(
    entity=CAMPAIGN,
    permission=IMPORT_RECORDS,
    result_url=lambda _run: url_for("campaigns.index", sort="-created_at"),
    needs=("name",),
    headers=HEADERS,
    keys=(
        by_column(Campaign, "code", Campaign.code_key, unique=True), by_column(Campaign, "name", Campaign.name_key),
    ),
    links=(campaign_link("parent", HEADERS["parent"]),),
    left_out=frozenset({"area", "channel"}),
    usual={"status": PLANNED},
    rule=unsound,
    complete=complete,
    before_new=freeze_new,
    before_changes=freeze_changed,
    may_change=lambda actor: change_condition(Campaign, actor),
)  # fmt: skip


def import_campaigns() -> ImportKind:
    """Let campaigns come in from files."""
    record_import(CAMPAIGN_IMPORT)
    return import_kind(replace(kind_named("campaign"), prepare=partial(CampaignImporter, CAMPAIGN_IMPORT)))
