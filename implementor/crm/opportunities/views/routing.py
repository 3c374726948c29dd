"""The blueprint of opportunities, what their record page shows besides, and finding the one an address names."""

from __future__ import annotations

from typing import Any

from flask import abort, request, url_for

from implementor.crm.opportunities import permissions, queries
from implementor.crm.opportunities.catalogue import OPPORTUNITY
from implementor.crm.opportunities.models import Opportunity
from implementor.crm.opportunities.stages import Step, steps_of
from implementor.crm.records.pages import record_pages
from implementor.foundation import live
from implementor.foundation.errors import NotFound
from implementor.foundation.pipelines import Pipeline, Stage
from implementor.foundation.text import whole_number
from implementor.foundation.words import Phrase, say, say_n
from implementor.lists.record_page import RecordPage, present_scope
from implementor.web.guard import actor
from implementor.web.unit_of_work import now, session

TONES = {"open": "neutral", "won": "ok", "lost": "off"}


def way_of_record(page: RecordPage) -> dict[str, Any]:
    """The way of an opportunity through its pipeline, where it may go, and what its lines add up to."""
    lines, total = session().execute(queries.sum_of_lines(page.id)).one()
    found = {name: page.cells[name].raw for name in ("stage", "pipeline", "stage_since") if name in page.cells}
    stage = live.present().stage(found.get("stage"))
    pipeline = live.present().pipeline(found.get("pipeline"))
    shown: dict[str, Any] = {"way": [], "move_items": [], "lines": lines, "lines_total": int(total)}
    amount = page.cells.get("amount")
    shown["sum_differs"] = bool(lines) and amount is not None and amount.raw != int(total)
    shown["lines_currency"] = amount.currency if amount is not None else None
    shown |= {"stage": stage, "may_reopen": actor().may(permissions.REOPEN), "may_move": may_move()}
    if stage is None or pipeline is None or "stage_since" not in found:
        return shown
    moves = [(row[0], row[1]) for row in session().execute(queries.moves_of(page.id))]
    steps = steps_of(pipeline, stage, found["stage_since"], moves, now())
    shown["way"] = [_drawn(step, page) for step in steps]
    shown["is_late"] = any(step.is_late for step in steps)
    targets = [one for one in pipeline.offered if one.id != stage.id]
    shown["move_items"] = [_target(one, page) for one in targets]
    return shown


def _target(stage: Stage, page: RecordPage) -> dict[str, Any]:
    """A stage in the menu of moves; one that always asks for something leads to the form."""
    if stage.kind == "lost":
        form = url_for("opportunities.move_page", record_id=page.id, stage=stage.id)
        return {"label": stage.name, "url": form, "icon": "octagon"}
    fields = {"stage": stage.id, "version": page.version}
    return {
        "label": stage.name,
        "url": url_for("opportunities.move_by_form", record_id=page.id),
        "post": True,
        "fields": fields,
        "icon": "ok" if stage.kind == "won" else "arrow-right",
    }


def _drawn(step: Step, page: RecordPage) -> dict[str, Any]:
    """A step as `ui.steps` wants it."""
    tone = "risk" if step.is_late else "ok" if step.stage.kind == "won" and step.is_current else "neutral"
    return {
        "name": step.stage.name,
        "word": _word(step),
        "tone": TONES[step.stage.kind] if step.is_current and not step.stage.is_open else tone,
        "note": _note(step),
        "is_current": step.is_current,
        "url": None,
    }


def _word(step: Step) -> Phrase | str:
    if step.is_current and not step.stage.is_open:
        return say("Closed")
    if step.days is None:
        return ""
    return say_n("%(count)s day", "%(count)s days", step.days)


def _note(step: Step) -> Phrase | None:
    if not step.is_late:
        return None
    return say("Late: at most %(days)s days here", days=step.stage.days_limit)


def may_move() -> bool:
    """Whether the reader may change the stage of opportunities at all."""
    return actor().may(permissions.EDIT) and OPPORTUNITY.fields["stage"].is_editable_by(actor())


def refuse_unless_movable() -> None:
    """403 where the access rules keep the stage from the reader."""
    if not may_move():
        abort(403)


def opportunity_or_404(record_id: int) -> Opportunity:
    """The opportunity in use of that id, within what the reader sees."""
    found = session().scalars(queries.opportunity_to_change(record_id, present_scope())).one_or_none()
    if found is None:
        raise NotFound("opportunity")
    return found


def chosen_pipeline() -> Pipeline | None:
    """The pipeline that the address names, else the first one; None where there is none."""
    asked = live.present().pipeline(whole_number(request.args.get("pipeline", "")))
    offered = live.present().offered_pipelines
    return asked or next(iter(offered), None)


def pipeline_choices() -> list[tuple[int | None, Phrase]]:
    """(id, name) of the pipelines in use."""
    return [(one.id, one.name) for one in live.present().offered_pipelines]


blueprint = record_pages(
    "opportunity",
    "opportunities",
    permissions.VIEW,
    template="crm/opportunities/show.html",
    index_template="crm/opportunities/index.html",
    context=way_of_record,
)
