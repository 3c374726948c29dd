"""What a merge did, and taking it apart."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from implementor.duplicates.permissions import MERGE, VIEW
from implementor.duplicates.services.parting import CannotPart, part_records, parting_of
from implementor.duplicates.views.routing import blueprint, merge_or_404, record_url
from implementor.foundation.words import phrase_from_json, say
from implementor.web.guard import actor, allow
from implementor.web.messages import tell
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session


@blueprint.get("/merges/<int:merge_id>")
@allow(VIEW)
def show_merge(merge_id: int) -> ResponseReturnValue:
    """What a merge did, and what taking it apart would do now."""
    found, declared = merge_or_404(merge_id)
    try:
        parting, obstacle = parting_of(session(), declared, found, by=actor()), None
    except CannotPart as refusal:
        parting, obstacle = None, refusal.reason
    shown: dict[str, Any] = {
        "merge": found,
        "declared": declared,
        "parting": parting,
        "obstacle": obstacle,
        "report": [phrase_from_json(one) for one in found.report or ()],
        "record_url": record_url(declared, found.survivor_id),
        "labels": {one.attribute: one.label for one in declared.entity.shown_to(actor())},
    }
    return draw("duplicates/merge.html", **shown)


@blueprint.post("/merges/<int:merge_id>/part")
@allow(MERGE)
def part(merge_id: int) -> ResponseReturnValue:
    """Make two records of one again."""
    found, declared = merge_or_404(merge_id)
    parting = part_records(session(), declared, found, by=actor(), at=now())
    tell(say("%(title)s is a record of its own again.", title=found.loser_title))
    if parting.conflicts:
        return redirect(url_for("duplicates.show_merge", merge_id=merge_id), 303)
    return redirect(record_url(declared, found.loser_id), 303)
