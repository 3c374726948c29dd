"""The fields of staffing needs, assessments of the four bases, and items of the SWOT."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.discovery.catalogue import objectives_offered
from implementor.discovery.groundwork_models import Assessment, StaffingNeed, SwotItem
from implementor.discovery.models import Objective
from implementor.foundation.fields import Choice, Entity, Field, Kind, entity
from implementor.foundation.model import Rows
from implementor.foundation.words import Phrase, say
from implementor.metrics.catalogue import people_offered

ANSWERS = (Choice("yes", say("Yes")), Choice("no", say("No")))
OWN, BOTH, EXTERNAL = say("Own people"), say("Own people with help from outside"), say("Help from outside")
DECISIONS = (Choice("own", OWN), Choice("both", BOTH), Choice("external", EXTERNAL))
RECOMMENDATIONS = (Choice("open", say("Four questions not answered"), "risk"), *DECISIONS)
QUADRANTS = (
    Choice("strength", say("Strengths"), "ok"),
    Choice("weakness", say("Weaknesses"), "off"),
    Choice("opportunity", say("Opportunities"), "review"),
    Choice("threat", say("Threats"), "risk"),
)
BASE_LABELS: dict[str, Phrase] = {
    "strategy": say("Strategy"), "people": say("People"), "processes": say("Processes"),
    "technology": say("Technology"),
}  # fmt: skip
QUESTIONS, TERM, TRANSFER = say("Four questions"), say("Cost and term"), say("Knowledge that stays")
AROUND = say("Around the project")
Heir, Aim = aliased(User, name="staffing_heir"), aliased(Objective, name="swot_objective")
of_need, of_assessment, of_item = StaffingNeed.__table__.c, Assessment.__table__.c, SwotItem.__table__.c


def _with_heir(statement: Rows) -> Rows:
    return statement.outerjoin(Heir, Heir.id == StaffingNeed.transfer_to_id)


def _with_aim(statement: Rows) -> Rows:
    return statement.outerjoin(Aim, Aim.id == SwotItem.objective_id)


def _question(name: str, label: Phrase) -> Field:
    return Field(name, Kind.CHOICE, label, getattr(of_need, name), choices=ANSWERS, group=QUESTIONS)


def _base(name: str) -> tuple[Field, Field]:
    """The score of a base and what shows it."""
    label, column = BASE_LABELS[name], of_assessment
    whole: dict[str, Any] = {"minimum": Decimal(1), "maximum": Decimal(5), "group": label}
    return (
        Field(f"{name}_score", Kind.WHOLE, label, column[f"{name}_score"], width="narrow",
              hint=say("From 1, nothing there, to 5, as good as it has to be."), **whole),
        Field(f"{name}_evidence", Kind.TEXT, say("%(base)s: what shows it", base=label), column[f"{name}_evidence"],
              longest=4000, group=label),
    )  # fmt: skip


STAFFING = entity(
    Entity(
        kind="staffing_need", label=say("Staffing need"), label_plural=say("Staffing needs"), model=StaffingNeed,
        default_columns=("title", "recommendation", "decision", "cost_amount", "ends_on", "transferred_on"),
        default_sort="title", title_field="title", unique_order=of_need.id,
    )
)  # fmt: skip
ASSESSMENT = entity(
    Entity(
        kind="assessment", label=say("Assessment"), label_plural=say("Assessments"), model=Assessment,
        default_columns=("title", "assessed_on", "strategy_score", "people_score", "processes_score",
                         "technology_score"),
        default_sort="-assessed_on", title_field="title", unique_order=of_assessment.id,
    )
)  # fmt: skip
SWOT = entity(
    Entity(
        kind="swot_item", label=say("SWOT item"), label_plural=say("SWOT"), model=SwotItem,
        default_columns=("statement", "quadrant", "weight", "objective_id"), default_sort="-weight",
        title_field="statement", unique_order=of_item.id,
    )
)  # fmt: skip
if not STAFFING.fields:
    STAFFING.declare(
        (
            Field("title", Kind.LINE, say("Who is needed"), of_need.title, required=True, nullable=False,
                  sortable=True, sort_column=of_need.title_key, longest=160, width="wide"),
            Field("work", Kind.TEXT, say("For which work"), of_need.work, longest=4000),
            _question("knows_us", say("Does a supplier know our environment?")),
            _question("is_one_off", say("Is it critical work that comes only once?")),
            _question("is_defined", say("Is what we need well defined?")),
            _question("can_start", say("Can we start with the people we have?")),
            Field("recommendation", Kind.CHOICE, say("Recommended"), of_need.recommendation, choices=RECOMMENDATIONS,
                  editable=False, nullable=False, filterable=True, groupable=True),
            Field("decision", Kind.CHOICE, say("Decided"), of_need.decision, choices=DECISIONS, filterable=True,
                  groupable=True),
            Field("reason", Kind.TEXT, say("Why, where it is decided otherwise"), of_need.reason, longest=2000),
            Field("supplier", Kind.LINE, say("Supplier"), of_need.supplier, group=TERM),
            Field("cost_amount", Kind.MONEY, say("Cost"), of_need.cost_amount, currency=of_need.cost_currency,
                  minimum=Decimal(0), group=TERM),
            Field("starts_on", Kind.DATE, say("Begins"), of_need.starts_on, group=TERM),
            Field("ends_on", Kind.DATE, say("Leaves"), of_need.ends_on, group=TERM, filterable=True, sortable=True),
            Field("transfer_topic", Kind.LINE, say("What they leave behind"), of_need.transfer_topic, group=TRANSFER),
            Field("transfer_to_id", Kind.REFERENCE, say("With whom"), of_need.transfer_to_id, options=people_offered,
                  shown=Heir.name, join=_with_heir, group=TRANSFER),
            Field("transfer_proof", Kind.LINE, say("What proves it before they leave"), of_need.transfer_proof,
                  group=TRANSFER, hint=say("For example: closes the month alone while they watch.")),
            Field("transferred_on", Kind.DATE, say("Proved on"), of_need.transferred_on, group=TRANSFER),
        )
    )  # fmt: skip
    ASSESSMENT.declare(
        (
            Field("title", Kind.LINE, say("Title"), of_assessment.title, required=True, nullable=False, width="wide"),
            Field("assessed_on", Kind.DATE, say("On"), of_assessment.assessed_on, required=True, nullable=False,
                  sortable=True, filterable=True),
            *(field for base in BASE_LABELS for field in _base(base)),
            Field("situation", Kind.TEXT, say("Situation of the department"), of_assessment.situation, longest=4000,
                  group=AROUND),
            Field("market", Kind.TEXT, say("Market: competition, industry, trends"), of_assessment.market,
                  longest=4000, group=AROUND),
        )
    )  # fmt: skip
    SWOT.declare(
        (
            Field("statement", Kind.LINE, say("Statement"), of_item.statement, required=True, nullable=False,
                  longest=250, width="wide"),
            Field("quadrant", Kind.CHOICE, say("Quadrant"), of_item.quadrant, choices=QUADRANTS, required=True,
                  nullable=False, filterable=True, groupable=True),
            Field("weight", Kind.WHOLE, say("Weight"), of_item.weight, required=True, nullable=False, sortable=True,
                  minimum=Decimal(1), maximum=Decimal(5), begins=lambda _scope: 3, width="narrow"),
            Field("objective_id", Kind.REFERENCE, say("Objective"), of_item.objective_id, options=objectives_offered,
                  shown=Aim.statement, join=_with_aim, filterable=True),
            Field("note", Kind.TEXT, say("What is behind it"), of_item.note, longest=4000),
        )
    )  # fmt: skip
