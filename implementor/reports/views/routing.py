"""The blueprint of kept reports, and finding the report that an address names with what it is of."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint

from implementor.foundation.errors import NotFound, Refusal
from implementor.foundation.words import Phrase
from implementor.lists.record_page import present_scope
from implementor.metrics.conditions import AsOf, MissingField
from implementor.metrics.measuring import gone
from implementor.metrics.names import names_in
from implementor.reports import queries
from implementor.reports.checking import check_plan
from implementor.reports.models import SavedReport
from implementor.reports.plans import Plan, plan_from
from implementor.reports.reading import seen_by
from implementor.reports.services import may_be_changed
from implementor.reports.wording import in_words
from implementor.web.guard import actor
from implementor.web.language import settings
from implementor.web.unit_of_work import now, session

blueprint = Blueprint("reports", __name__, url_prefix="/crm/reports")


@dataclass(frozen=True)
class Opened:
    """A report, what it is of, and why it means nothing now, if so."""

    report: SavedReport
    plan: Plan | None
    as_of: AsOf
    refusal: Phrase | None = None

    @property
    def sentence(self) -> Phrase | None:
        """What it is of, as people say it."""
        return sentence_of(self.plan) if self.plan is not None else None


def report_or_404(report_id: int) -> SavedReport:
    """A report that the reader may open."""
    found = session().scalars(queries.report_seen(present_scope(), report_id)).one_or_none()
    if found is None:
        raise NotFound("report")
    return found


def opened(report_id: int) -> Opened:
    """A report with what it is of, as the reader may read it."""
    report, as_of, plan = report_or_404(report_id), as_of_now(), None
    try:
        plan = plan_from(report.plan)
        check_plan(plan, as_of, actor())
    except MissingField as why:
        return Opened(report, plan, as_of, gone(session(), why))
    except Refusal as why:
        return Opened(report, plan, as_of, why.reason)
    return Opened(report, plan, as_of)


def as_of_now() -> AsOf:
    """Today in the days of the installation, of the records that the reader sees."""
    return seen_by(actor(), now(), settings().time_zone)


def sentence_of(plan: Plan) -> Phrase:
    """What a plan is of, with the names of what its filters mean."""
    return in_words(plan, names_in(session(), plan.base, present_scope()))


def may_change(report: SavedReport) -> bool:
    """Whether who looks may change the report: their own, or one that is shared if they share such."""
    return may_be_changed(report, actor())
