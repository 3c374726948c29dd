"""The kept reports that name a field or a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from implementor.foundation.measures import measurables
from implementor.foundation.mentions import Mention, Subject, is_met
from implementor.foundation.parting import BETWEEN
from implementor.foundation.words import say
from implementor.metrics.definitions import BadDefinition
from implementor.reports.models import MINE
from implementor.reports.plans import Plan, plan_from
from implementor.reports.queries import reports_kept


def reports_naming(session: Session, subjects: Sequence[Subject]) -> Iterator[Mention]:
    """Reports in use that count it, filter by it, part by it or show it: without it they find something else."""
    for report in session.scalars(reports_kept()):
        try:
            plan = plan_from(report.plan)
        except BadDefinition:
            continue
        if any(is_met(subjects, kind, named) for kind, named in _named(plan)):
            yield Mention(
                say("Kept report"), report.label, "reports.show", {"report_id": report.id},
                blocks=report.shared != MINE, is_private=report.shared == MINE,
            )  # fmt: skip


def _named(plan: Plan) -> Iterator[tuple[str, list[tuple[str, Sequence[str]]]]]:
    """(kind, what is named of it): of the records themselves, and of those that they lead to."""
    yield plan.kind, list(plan.named())
    known = measurables.get(plan.kind)
    for key in plan.by:
        way, mark, name = key.partition(BETWEEN)
        if mark and known is not None and way in known.paths:
            yield known.paths[way].target, [(name, ())]
