"""The records behind a figure of a pilot, of one of its sides."""

from __future__ import annotations

from flask import Response, request

from implementor.foundation.errors import NotFound, Refusal
from implementor.lists.record_page import present_scope
from implementor.metrics import permissions as metric_permissions
from implementor.metrics.behind import records_behind, sheet_behind
from implementor.metrics.groups import ids_of_side
from implementor.metrics.patience import soon
from implementor.releases.pilot_queries import last_pilot, people_of
from implementor.releases.views.comparisons import days_of_pilot, metrics_compared
from implementor.releases.views.release_routing import OF_WAVE, blueprint, frame_of, wave_or_404
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session

SIDES = ("trying", "others")


@blueprint.get(f"{OF_WAVE}/pilot/comparison/<int:metric_id>/<side>")
@allow(metric_permissions.VIEW)
def of_pilot_side(project_key: str, number: int, metric_id: int, side: str) -> Response:
    """The records of those who try, or of all others, that the reader sees."""
    wave = wave_or_404(number)
    pilot = session().scalars(last_pilot(wave_id=wave.id)).one_or_none()
    metric = next((one for one in metrics_compared() if one.id == metric_id), None)
    if pilot is None or metric is None or side not in SIDES:
        raise NotFound("metric")
    behind, refusal = None, None
    since, until = days_of_pilot(pilot)
    try:
        kind, ids = ids_of_side(
            metric, since, people_of(pilot.id), theirs=side == SIDES[0], until=until, actor=actor()
        )  # fmt: skip
        scope = present_scope()
        sheet = sheet_behind(kind, scope)
        after, before = request.args.get("after"), request.args.get("before")
        if sheet is not None:
            behind = soon(session(), lambda: records_behind(session(), sheet, ids, scope, after=after, before=before))
    except Refusal as why:
        refusal = why.reason
    return draw(
        "releases/group_records.html", metric=metric, behind=behind, refusal=refusal, side=side, since=since,
        until=until.on, **frame_of(wave),
    )  # fmt: skip
