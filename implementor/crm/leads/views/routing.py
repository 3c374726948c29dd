"""The blueprint of leads, what their record page shows besides, and finding the one an address names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from implementor.crm.leads import permissions, queries
from implementor.crm.leads.candidates import candidates_of
from implementor.crm.leads.lifecycle import ENDS, NEW, REASON_NEEDED, SQL, WAY, targets
from implementor.crm.leads.models import Lead
from implementor.crm.leads.words import REASONS, STAGE_NAMES, STAGES
from implementor.crm.records.concerning import subject_of
from implementor.crm.records.pages import record_pages
from implementor.foundation import live
from implementor.foundation.errors import NotFound
from implementor.foundation.words import Phrase, say, say_n
from implementor.lists.record_page import RecordPage, present_scope
from implementor.web.guard import actor
from implementor.web.unit_of_work import now, session

DAY = 86_400
TONES = {choice.key: choice.tone for choice in STAGES}


def way_of_record(page: RecordPage) -> dict[str, Any]:
    """The way of a lead, where it may go, whom it may be already, and what it became."""
    facts = session().execute(queries.pointers_of(page.id)).one()
    events = session().execute(queries.events_of(page.id)).all()
    may_move = actor().may(permissions.EDIT) and page.is_changeable and not page.is_archived
    shown: dict[str, Any] = {
        "facts": facts, "way": _steps(facts, events), "events": [_event(row) for row in events],
        "stage": facts.stage, "stage_tones": TONES, "stage_names": STAGE_NAMES,
        "move_items": [_target(stage, page) for stage in targets(facts.stage)] if may_move else [],
        "may_convert": may_move and facts.stage == SQL and actor().may(permissions.CONVERT),
        "about": subject_of(session(), actor(), facts.about_kind, facts.about_id),
        "conversion": None, "candidates": [], "convert_permission": permissions.CONVERT,
    }  # fmt: skip
    if facts.stage == WAY[-1]:
        shown["conversion"] = session().scalars(queries.conversion_of(page.id)).one_or_none()
    else:
        website = page.cells["website"].raw if "website" in page.cells else None
        shown["candidates"] = candidates_of(session(), page.id, facts, website, actor()).all
    return shown


def _steps(facts: Any, events: Sequence[Any]) -> list[dict[str, Any]]:
    """The stages as `ui.steps` wants them: how long the lead was in each during its present cycle."""
    mine = [row.LeadEvent for row in events if row.LeadEvent.cycle == facts.cycle]
    seconds: dict[str, int] = {}
    for event in mine[1:] if mine and mine[0].to_stage == NEW else mine:
        if event.from_stage is not None and event.seconds is not None:
            seconds[event.from_stage] = seconds.get(event.from_stage, 0) + event.seconds
    if mine and facts.stage not in (*ENDS, WAY[-1]):
        here = max(0, int((now() - mine[-1].at).total_seconds()))
        seconds[facts.stage] = seconds.get(facts.stage, 0) + here
    shown = (*WAY, *((facts.stage,) if facts.stage in ENDS else ()))
    return [
        {
            "name": STAGE_NAMES[stage],
            "word": say_n("%(count)s day", "%(count)s days", seconds[stage] // DAY) if stage in seconds else "",
            "tone": TONES[stage] if stage == facts.stage else "neutral",
            "is_current": stage == facts.stage,
        }
        for stage in shown
    ]


def _event(row: Any) -> dict[str, Any]:
    event = row.LeadEvent
    return {
        "at": event.at, "who": row.who, "stage": STAGE_NAMES[event.to_stage], "note": event.note,
        "reason": _reason(event), "is_sourced": event.is_sourced, "cycle": event.cycle,
    }  # fmt: skip


def _reason(event: Any) -> Phrase | str | None:
    if event.reason is None or event.to_stage not in REASONS:
        return None
    word = live.present().picklist(REASONS[event.to_stage].key).by_key.get(event.reason)
    return word.label if word is not None else str(event.reason)


def _target(stage: str, page: RecordPage) -> dict[str, Any]:
    """A stage in the menu of steps; one that asks for a reason leads to the form."""
    if stage in REASON_NEEDED or stage == NEW:
        form = url_for("leads.step_page", record_id=page.id, stage=stage)
        label = say("Begin anew") if stage == NEW else STAGE_NAMES[stage]
        return {"label": label, "url": form, "icon": "octagon" if stage in REASON_NEEDED else "undo"}
    return {
        "label": STAGE_NAMES[stage], "url": url_for("leads.step", record_id=page.id), "post": True,
        "fields": {"stage": stage, "version": page.version}, "icon": "arrow-right",
    }  # fmt: skip


def lead_or_404(record_id: int) -> Lead:
    """The lead in use of that id, within what the reader sees."""
    found = session().scalars(queries.lead_to_change(record_id, present_scope())).one_or_none()
    if found is None:
        raise NotFound("lead")
    return found


blueprint = record_pages(
    "lead",
    "leads",
    permissions.VIEW,
    template="crm/leads/show.html",
    index_template="crm/leads/index.html",
    context=way_of_record,
)
