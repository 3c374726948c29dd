"""What a rule did, run by run, and what it would have done lately."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from implementor.exchange.table_files import table_file
from implementor.foundation.pages import SortKey, page_of
from implementor.foundation.records import kinds
from implementor.foundation.words import phrase_from_json, say
from implementor.web.guard import actor, allow
from implementor.web.language import show_moment
from implementor.web.render import draw
from implementor.web.unit_of_work import now, session

ON_A_PAGE = 50
MOST_IN_FILE, AT_ONCE = 50_000, 1000


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


@blueprint.get("/settings/automation/<int:rule_id>/runs/export.<format>")
@allow(CONFIGURE)
def export_runs(rule_id: int, format: str) -> Response:
    """The newest runs of a rule as a file, with the records that the reader sees."""
    rule = found(rule_id)
    newest = AutomationRun.__table__.c.id.desc()
    runs = session().execute(
        queries.runs_of(rule.id).with_only_columns(*AutomationRun.__table__.c).order_by(newest).limit(MOST_IN_FILE)
    )
    told_of = [str(rule.label), str(say("The newest %(most)s runs at most", most=MOST_IN_FILE)), show_moment(now())]
    header = [say("Date and time"), say("Number"), shapeable(rule.kind).label, say("Steps"), say("Result"),
              say("Reason")]  # fmt: skip
    rows = (line for part in runs.partitions(AT_ONCE) for line in _lines(rule.kind, part))
    return table_file(f"runs-{rule.id}", format, about=[*told_of, actor().name], header=header, rows=rows)


def _lines(kind: str, runs: Sequence[Any]) -> Iterable[Sequence[Any]]:
    records = _records(kind, {row.record_id for row in runs})
    for row in runs:
        name = records[row.record_id][0] if row.record_id in records else None
        reason = str(phrase_from_json(row.reason)) if row.reason else None
        yield row.at, row.record_id if name else None, name, len(row.steps), str(STATES[row.state]), reason


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
