"""What a definition finds right now, for whoever puts it together: the figure, how it came about, the first records."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from implementor.foundation.errors import Refusal
from implementor.foundation.fields import Scope
from implementor.foundation.measures import Tally
from implementor.foundation.words import Phrase
from implementor.metrics.behind import Behind, first_behind, list_address, sheet_behind
from implementor.metrics.conditions import AsOf
from implementor.metrics.defining import Stated, check, units_for
from implementor.metrics.definition_words import in_words
from implementor.metrics.definitions import SHARE, Definition, Formula, Manual, Query
from implementor.metrics.draft import Draft
from implementor.metrics.few import sees_records, told_to_all
from implementor.metrics.measuring import Ruler
from implementor.metrics.models import Metric
from implementor.metrics.names import names_in
from implementor.metrics.patience import soon
from implementor.metrics.queries import metrics_with_keys


@dataclass(frozen=True)
class Preview:
    """The definition in words and what it finds; `refusal` says why it is none, or why nothing is found in time."""

    sentence: Phrase | None = None
    refusal: Phrase | None = None
    tally: Tally | None = None
    measured_as: Metric | None = None
    behind: Behind | None = None
    list_url: str | None = None
    may_be_kept: bool = False


def preview(session: Session, metric: Metric, draft: Draft, stated: Stated, scope: Scope) -> Preview:
    """What a draft finds today, or why it finds nothing."""
    try:
        definition = draft.definition()
        check(session, metric, definition, stated)
    except Refusal as why:
        return Preview(refusal=why.reason)
    sentence = in_words(definition, names_in(session, definition, scope))
    if isinstance(definition, Manual):
        return Preview(sentence, may_be_kept=True)
    as_of = AsOf(stated.at.astimezone(stated.zone).date(), stated.zone, metric.project_id)
    try:
        return soon(session, lambda: _found(session, metric, definition, sentence, as_of, scope))
    except Refusal as why:
        return Preview(sentence, refusal=why.reason, may_be_kept=True)


def _found(
    session: Session, metric: Metric, definition: Definition, sentence: Phrase, as_of: AsOf, scope: Scope
) -> Preview:
    units = units_for(definition)
    unit = metric.unit if metric.unit in units else units[0]
    currency = metric.currency if unit == "money" else None
    ruler = Ruler(session, as_of, _known(session, metric, definition))
    tally = ruler.tally(definition, unit, currency)
    if not sees_records(scope.actor, definition):
        tally = told_to_all(session, as_of, definition, tally)
    behind, url = None, None
    if isinstance(definition, Query):
        behind = first_behind(session, definition, as_of, scope)
        sheet = sheet_behind(definition.entity, scope)
        url = list_address(definition, as_of, sheet, part=definition.aggregate == SHARE) if sheet is not None else None
    shown = Metric(unit=unit, currency=(currency or ruler.base) if unit == "money" else None)
    return Preview(sentence, tally.reason, tally, shown, behind, url, may_be_kept=True)


def _known(session: Session, metric: Metric, definition: Definition) -> dict[str, Decimal | None]:
    if not isinstance(definition, Formula):
        return {}
    return {one.key: one.latest for one in session.scalars(metrics_with_keys(project_id=metric.project_id))}
