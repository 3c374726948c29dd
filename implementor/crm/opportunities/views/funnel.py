"""The funnel page: how far those came that began in a time, and what passed the stages in it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue

from implementor.crm.opportunities import permissions, report_queries
from implementor.crm.opportunities.columns import ids_of, moments_of
from implementor.crm.opportunities.funnel import cohort, period, way_of
from implementor.crm.opportunities.views.narrowing import Narrowing, narrowing
from implementor.crm.opportunities.views.routing import blueprint, chosen_pipeline, pipeline_choices
from implementor.foundation.pipelines import Pipeline
from implementor.lists.record_page import present_scope
from implementor.web.guard import allow
from implementor.web.render import draw
from implementor.web.spans import span_asked
from implementor.web.unit_of_work import session

DAYS = 90


@blueprint.get("/funnel")
@allow(permissions.VIEW)
def show_funnel() -> ResponseReturnValue:
    """Both views of one time, in a number of statements that opportunities do not change."""
    pipeline = chosen_pipeline()
    if pipeline is None or pipeline.id is None:
        return draw("crm/opportunities/no_pipeline.html")
    first, last = span_asked(lambda last: last - timedelta(days=DAYS - 1))
    narrowed = narrowing()
    return draw(
        "crm/opportunities/funnel.html",
        pipeline=pipeline,
        pipelines=pipeline_choices(),
        first=first,
        last=last,
        narrowed=narrowed,
        cohort=_cohort(pipeline, first, last, narrowed),
        period=_period(pipeline, first, last, narrowed),
    )


def _cohort(pipeline: Pipeline, first: date, last: date, narrowed: Narrowing) -> list[dict[str, Any]]:
    assert pipeline.id is not None
    places = {stage.id: place for place, stage in enumerate(way_of(pipeline)) if stage.id is not None}
    begun = moments_of(first.isoformat(), last.isoformat())
    found = report_queries.furthest_places(
        scope=present_scope(), pipeline_id=pipeline.id, places=places, begun=begun, only=narrowed.only
    )
    furthest = {row.place: row.records for row in session().execute(found)}
    began = f"{first.isoformat()}..{last.isoformat()}"
    return [
        {
            "step": step,
            "url": url_for(
                "opportunities.index",
                pipeline=pipeline.id,
                began_at=began,
                reached=",".join(map(str, step.stages)),
                **narrowed.address,
            ),
        }
        for step in cohort(pipeline, furthest)
    ]


def _period(pipeline: Pipeline, first: date, last: date, narrowed: Narrowing) -> list[dict[str, Any]]:
    time = moments_of(first.isoformat(), last.isoformat())
    asked: dict[str, Any] = {"scope": present_scope(), "stage_ids": ids_of(pipeline.stages), "time": time,
                             "only": narrowed.only}  # fmt: skip
    entered = {row[0]: row[1] for row in session().execute(report_queries.entered_stages(**asked))}
    left = {row[0]: (row[1], row[2]) for row in session().execute(report_queries.left_stages(**asked))}
    days = f"{first.isoformat()}..{last.isoformat()}"
    return [
        {"step": step, "url": url_for("opportunities.index", entered=f"{step.stage.id}:{days}", **narrowed.address)}
        for step in period(pipeline, entered, left)
    ]
