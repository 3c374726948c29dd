"""The very records behind a figure of a report."""

from __future__ import annotations

from flask import Response, request, url_for

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.parting import value_called
from implementor.foundation.text import whole_number
from implementor.lists.record_page import present_scope
from implementor.reports import permissions
from implementor.reports.tables import names_of_key, splits_of
from implementor.reports.views.drawing import drawn_of_records
from implementor.reports.views.routing import blueprint, opened
from implementor.reports.wording import figure_label
from implementor.web.guard import allow
from implementor.web.render import draw
from implementor.web.unit_of_work import session


@blueprint.get("/<int:report_id>/records")
@allow(permissions.VIEW)
def records(report_id: int) -> Response:
    """The records that a figure of one part is of, or one of the whole."""
    found = opened(report_id)
    if found.plan is None or found.refusal is not None:
        raise Refusal(found.refusal) if found.refusal is not None else NotFound("report")
    plan, figure, texts = found.plan, whole_number(request.args.get("figure")) or 0, request.args.getlist("of")
    if plan.is_of_records or figure >= len(plan.figures) or len(texts) > len(plan.by):
        raise NotFound("figure")
    splits = splits_of(plan, found.as_of)
    values = tuple(value_called(split, text) for split, text in zip(splits, texts, strict=False))
    behind, refusal = None, None
    try:
        behind = drawn_of_records(plan, found.as_of, figure, values)
    except Refusal as why:
        refusal = why.reason
    return draw(
        "reports/records.html", report=found.report, sentence=found.sentence, behind=behind, refusal=refusal,
        label=figure_label(plan.queries[figure]), splits=splits[: len(values)],
        names=names_of_key(session(), splits[: len(values)], values, present_scope()),
        here=lambda **more: url_for(
            "reports.records", report_id=report_id, figure=figure or None, of=texts or None, **more
        ),
    )  # fmt: skip
