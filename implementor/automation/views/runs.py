"""What a rule did, run by run, and what it would have done lately."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response, request

from implementor.automation import queries
from implementor.automation.models import AutomationRun
from implementor.automation.trying import tried
from implementor.automation.views.blueprint import blueprint
from implementor.automation.views.rules import found, told
from implementor.automation.words import STATE_TONES, STATES
from implementor.configuration.permissions import CONFIGURE
from implementor.configuration.services.kinds import shapeable
from implementor.foundation.pages import SortKey, page_of
from implementor.foundation.records import kinds
from implementor.foundation.words import phrase_from_json
from implementor.web.guard import actor, allow
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

ON_A_PAGE = 50


@blueprint.get("/settings/automation/<int:rule_id>/runs")
@allow(CONFIGURE)
def show_runs(rule_id: int) -> Response:
    """The runs of a rule, the newest first."""
    rule = found(rule_id)
    entity = shapeable(rule.kind)
    columns = AutomationRun.__table__.columns
    runs = queries.runs_of(rule.id).with_only_columns(*columns)
    page = page_of(
        session(), runs, order_by=[SortKey(AutomationRun.__table__.c.id, descending=True)], limit=ON_A_PAGE,
        after=request.args.get("after"), before=request.args.get("before"),
    )  # fmt: skip
    return draw(
        "automation/runs.html", entity=entity, rule=rule, told=told(rule), page=page,
        records=_records(rule.kind, {row.record_id for row in page.rows}), states=STATES, tones=STATE_TONES,
        phrase=phrase_from_json,
    )  # fmt: skip


@blueprint.get("/settings/automation/<int:rule_id>/try")
@allow(CONFIGURE)
def try_rule(rule_id: int) -> Response:
    """What the rule would have touched in the last 30 days; nothing is touched."""
    rule = found(rule_id)
    result = tried(session(), rule, by=actor(), at=now())
    return draw("automation/try.html", entity=shapeable(rule.kind), rule=rule, told=told(rule), result=result)


def _records(kind: str, ids: Iterable[int]) -> dict[int, tuple[str, str, dict[str, Any]]]:
    """Id -> (title, endpoint, values) of records that the reader sees."""
    declared, wanted = kinds[kind], sorted(ids)
    rows = session().execute(declared.visible(actor(), wanted)) if wanted else ()
    return {row.id: (str(row.title or declared.label), *declared.endpoint_values(row)) for row in rows}
