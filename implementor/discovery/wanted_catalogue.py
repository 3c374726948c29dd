"""The fields of wanted reports, of the data they need, and of agreements between marketing and sales."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.discovery.catalogue import objectives_offered
from implementor.discovery.models import Objective, ReportDatum, ReportRequirement, ServiceAgreement
from implementor.foundation.fields import Choice, Entity, Field, Kind, entity
from implementor.foundation.model import Rows
from implementor.foundation.words import say
from implementor.metrics.catalogue import PRIORITIES, people_offered

FREQUENCIES = (
    Choice("daily", say("Daily")),
    Choice("weekly", say("Weekly")),
    Choice("monthly", say("Monthly")),
    Choice("quarterly", say("Each quarter")),
    Choice("yearly", say("Yearly")),
    Choice("asked", say("When asked for")),
)
QUALITIES = (
    Choice("unknown", say("Not looked at"), "neutral"),
    Choice("missing", say("Nowhere yet"), "off"),
    Choice("poor", say("Poor"), "off"),
    Choice("fair", say("Fair"), "risk"),
    Choice("good", say("Good"), "ok"),
)
SIDES = (Choice("marketing", say("Marketing")), Choice("sales", say("Sales")))
OUTCOMES = (
    Choice("kept", say("Both sides kept it"), "ok"),
    Choice("broken", say("It was not kept"), "off"),
    Choice("change", say("It has to change"), "risk"),
)
EDITIONS = {
    "draft": (say("Draft"), "neutral"),
    "half": (say("Signed by one side"), "review"),
    "signed": (say("In force"), "ok"),
    "replaced": (say("Replaced"), "neutral"),
}
Asker, Holder = aliased(User, name="report_owner"), aliased(User, name="datum_owner")
Marketing, Sales = aliased(User, name="marketing_signer"), aliased(User, name="sales_signer")
Aim = aliased(Objective, name="report_objective")
of_report, of_datum = ReportRequirement.__table__.c, ReportDatum.__table__.c
of_agreement = ServiceAgreement.__table__.c
DUTIES, NAMES = say("What each side promises"), say("Who signs")


def _with_asker(statement: Rows) -> Rows:
    return statement.outerjoin(Asker, Asker.id == ReportRequirement.owner_id)


def _with_aim(statement: Rows) -> Rows:
    return statement.outerjoin(Aim, Aim.id == ReportRequirement.objective_id)


def _with_holder(statement: Rows) -> Rows:
    return statement.outerjoin(Holder, Holder.id == ReportDatum.owner_id)


def _with_marketing(statement: Rows) -> Rows:
    return statement.outerjoin(Marketing, Marketing.id == ServiceAgreement.marketing_signer_id)


def _with_sales(statement: Rows) -> Rows:
    return statement.outerjoin(Sales, Sales.id == ServiceAgreement.sales_signer_id)


REPORT = entity(
    Entity(
        kind="report_requirement",
        label=say("Wanted report"),
        label_plural=say("Wanted reports"),
        model=ReportRequirement,
        default_columns=("title", "decision", "frequency", "audience", "priority", "owner_id"),
        default_sort="title",
        title_field="title",
        unique_order=of_report.id,
        search=lambda words: of_report.title.icontains(words, autoescape=True),
    )
)
DATUM = entity(
    Entity(
        kind="report_datum",
        label=say("Field of a wanted report"),
        label_plural=say("Fields of wanted reports"),
        model=ReportDatum,
        default_columns=("name", "source", "owner_id", "quality"),
        default_sort="name",
        title_field="name",
        unique_order=of_datum.id,
    )
)
AGREEMENT = entity(
    Entity(
        kind="service_agreement",
        label=say("Agreement of marketing and sales"),
        label_plural=say("Agreements of marketing and sales"),
        model=ServiceAgreement,
        default_columns=("title", "edition", "marketing_signer_id", "sales_signer_id", "signed_at", "next_review_on"),
        default_sort="-edition",
        title_field="title",
        unique_order=of_agreement.id,
    )
)
if not REPORT.fields:
    REPORT.declare(
        (
            Field(
                "title", Kind.LINE, say("Report"), of_report.title, required=True, longest=160, sortable=True,
                sort_column=of_report.title_key, nullable=False, width="wide",
            ),
            Field(
                "decision", Kind.TEXT, say("Decision it serves"), of_report.decision, longest=2000,
                hint=say("What somebody does differently after reading it."),
            ),
            Field("audience", Kind.LINE, say("Who reads it"), of_report.audience),
            Field(
                "frequency", Kind.CHOICE, say("How often"), of_report.frequency, choices=FREQUENCIES, filterable=True,
                sortable=True, groupable=True, bulk=True,
            ),
            Field(
                "priority", Kind.CHOICE, say("Priority"), of_report.priority, choices=PRIORITIES, filterable=True,
                groupable=True, bulk=True,
            ),
            Field(
                "owner_id", Kind.REFERENCE, say("Owner"), of_report.owner_id, options=people_offered,
                shown=Asker.name, join=_with_asker, filterable=True, groupable=True, bulk=True,
            ),
            Field(
                "objective_id", Kind.REFERENCE, say("Objective"), of_report.objective_id, options=objectives_offered,
                shown=Aim.statement, join=_with_aim, filterable=True, groupable=True, bulk=True,
            ),
            Field("note", Kind.TEXT, say("Note"), of_report.note, longest=4000),
            Field(
                "report_uid", Kind.LINE, say("Kept report that answers it"), of_report.report_uid, editable=False,
                is_order=True,
            ),
        )
    )  # fmt: skip
    DATUM.declare(
        (
            Field("name", Kind.LINE, say("Field"), of_datum.name, required=True, longest=120, nullable=False,
                  sortable=True),
            Field("source", Kind.LINE, say("Source"), of_datum.source,
                  hint=say("The system, file or person it comes from today.")),
            Field("owner_id", Kind.REFERENCE, say("Owner"), of_datum.owner_id, options=people_offered,
                  shown=Holder.name, join=_with_holder),
            Field("quality", Kind.CHOICE, say("Quality today"), of_datum.quality, choices=QUALITIES, required=True,
                  nullable=False, begins=lambda _scope: "unknown"),
        )
    )  # fmt: skip
    AGREEMENT.declare(
        (
            Field("title", Kind.LINE, say("Title"), of_agreement.title, required=True, nullable=False, sortable=True,
                  width="wide"),
            Field("edition", Kind.WHOLE, say("Edition"), of_agreement.edition, editable=False, sortable=True,
                  nullable=False, width="narrow"),
            Field("marketing_duties", Kind.MARKDOWN, say("Marketing promises"), of_agreement.marketing_duties,
                  group=DUTIES, longest=8000, hint=say("For example how many qualified leads, with which data.")),
            Field("sales_duties", Kind.MARKDOWN, say("Sales promises"), of_agreement.sales_duties, group=DUTIES,
                  longest=8000, hint=say("For example how soon a lead is called, and what is noted of each.")),
            Field("data_clause", Kind.MARKDOWN, say("Data clause"), of_agreement.data_clause, group=DUTIES,
                  longest=8000, hint=say("Which data is shared, where it is kept, and who may use it for what.")),
            Field("review_months", Kind.WHOLE, say("Reviewed every so many months"), of_agreement.review_months,
                  required=True, minimum=Decimal(1), maximum=Decimal(60), nullable=False, group=DUTIES,
                  begins=lambda _scope: 3, width="narrow"),
            Field("marketing_signer_id", Kind.REFERENCE, say("Signs for marketing"), of_agreement.marketing_signer_id,
                  options=people_offered, shown=Marketing.name, join=_with_marketing, group=NAMES),
            Field("sales_signer_id", Kind.REFERENCE, say("Signs for sales"), of_agreement.sales_signer_id,
                  options=people_offered, shown=Sales.name, join=_with_sales, group=NAMES),
            Field("signed_at", Kind.MOMENT, say("Signed"), of_agreement.signed_at, editable=False, filterable=True,
                  sortable=True),
            Field("ended_at", Kind.MOMENT, say("Replaced"), of_agreement.ended_at, editable=False, filterable=True),
            Field("next_review_on", Kind.DATE, say("Next review"), of_agreement.next_review_on, editable=False,
                  filterable=True),
        )
    )  # fmt: skip
