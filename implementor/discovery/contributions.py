"""What direction adds to the shared pages: lists and records, the objective of a story, panels, the side bar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, url_for
from sqlalchemy.orm import Session, object_session

from implementor.discovery import (
    agreement_services,
    charter_services,
    groundwork_services,
    permissions,
    queries,
    requirement_services,
    services,
)
from implementor.discovery.catalogue import BENEFIT, OBJECTIVE, extend_story
from implementor.discovery.charter_catalogue import CHARTER
from implementor.discovery.editions import why_frozen
from implementor.discovery.gate_checks import declare_checks
from implementor.discovery.groundwork_catalogue import ASSESSMENT, STAFFING, SWOT
from implementor.discovery.importing import import_objectives
from implementor.discovery.models import (
    AgreementFigure,
    Assessment,
    Benefit,
    Charter,
    Objective,
    ObjectiveMetric,
    ReportDatum,
    ReportRequirement,
    RequirementStory,
    ServiceAgreement,
    StaffingNeed,
    StoryObjective,
    SwotItem,
)
from implementor.discovery.scoreboard import scoreboard
from implementor.discovery.scorecard_models import ScorecardEdition
from implementor.discovery.scorecard_news import declare_news
from implementor.discovery.scorecard_queries import titles_of_editions
from implementor.discovery.scorecard_watching import LOOK_EVERY, watch_scorecards
from implementor.discovery.wanted_catalogue import AGREEMENT, DATUM, REPORT
from implementor.foundation.asking import ask
from implementor.foundation.fields import Entity
from implementor.foundation.local_days import local_day
from implementor.foundation.panels import Place, panel
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.words import Phrase, say
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.jobs.worker import chore
from implementor.lists.sheets import Sheet, sheet
from implementor.stories.models import Story
from implementor.stories.permissions import EDIT as EDIT_STORY
from implementor.stories.services import contributed
from implementor.web.navigation import NavItem, Shortcut, directory

SHOWN_ON_OVERVIEW = 3


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    extend_story()
    contributed["objective"] = services.set_objective_of_story
    # lists and forms ask a story for its main objective, as for any other of its fields
    Story.objective_id = property(objective_of)
    _contribute_objectives()
    import_objectives()
    _contribute_reports()
    _contribute_agreements()
    _contribute_charters()
    _contribute_groundwork()
    _contribute_undo()
    declare_checks()
    _contribute_scorecards()
    panel("project.overview", 10, "discovery/_overview.html", load_overview)
    panel("story.page", 15, "discovery/_of_story.html", load_of_story)
    panel("metric.index", 10, "discovery/_beside_metrics.html", lambda _session, _place: {})
    panel("metric.page", 10, "discovery/_of_metric.html", load_of_metric)
    board = directory(app)
    board.items.append(
        NavItem(
            "project", say("Direction and goals"), "discovery.direction", permissions.VIEW, in_project=True, order=10
        )
    )
    board.shortcuts.append(Shortcut("g x", say("Go to the direction"), "discovery.direction", in_project=True))


def _contribute_scorecards() -> None:
    declare_news()
    chore("discovery.scorecards", every=LOOK_EVERY)(watch_scorecards)
    record_kind(
        RecordKind(
            "scorecard_edition", say("Scorecard"), ScorecardEdition, titles_of_editions,
            lambda row: ("discovery.scorecard_edition", {"project_key": row.project_key, "number": row.number}),
        )
    )  # fmt: skip


def _sheet(
    entity: Entity, endpoint: str, argument: str, index: str, change: Any, create: Any = None,
    new_label: Phrase | None = None, **more: Any,
) -> None:  # fmt: skip
    model: Any = entity.model
    sheet(
        Sheet(
            entity=entity,
            base=lambda scope: queries.in_use(model, scope),
            record=lambda scope, record_id: queries.in_scope(model, scope, record_id),
            record_url=lambda row: url_for(endpoint, **{argument: row.id}),
            index_url=lambda: url_for(index),
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            change=lambda of, found, values, by, at: change(of, found, values, by=by, at=at),
            create=create
            and (
                lambda of, scope, values, by, at: create(
                    of, project_id=scope.project_id or 0, values=values, by=by, at=at
                )
            ),
            new_label=new_label,
            **more,
        )
    )
    title: Any = getattr(model, entity.title_field)
    record_kind(
        RecordKind(
            entity.kind,
            entity.label,
            model,
            lambda actor, ids: queries.titles_of(model, title, actor, ids),
            lambda row: (endpoint, {"project_key": row.project_key, argument: row.id}),
        )
    )


def _part(entity: Entity, endpoint: str, argument: str, link: str, index: str, change: Any) -> None:
    """A part of a record's page: it is edited by the shared form and shown on the page it belongs to."""
    model: Any = entity.model
    sheet(
        Sheet(
            entity=entity,
            base=lambda scope: queries.in_use(model, scope),
            record=lambda scope, record_id: queries.in_scope(model, scope, record_id),
            record_url=lambda row: url_for(endpoint, **{argument: getattr(row, f"link_{link}")}),
            index_url=lambda: url_for(index),
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            change=lambda of, found, values, by, at: change(of, found, values, by=by, at=at),
            link_columns=(link,),
        )
    )


def _contribute_objectives() -> None:
    _sheet(
        OBJECTIVE, "discovery.objective", "objective_id", "discovery.objectives", services.change_objective,
        services.create_objective, say("New objective"),
    )  # fmt: skip
    _part(
        BENEFIT, "discovery.objective", "objective_id", "objective_id", "discovery.objectives", services.change_benefit
    )


def _contribute_reports() -> None:
    _sheet(
        REPORT, "discovery.report", "report_id", "discovery.reports", requirement_services.change_requirement,
        requirement_services.create_requirement, say("New wanted report"),
    )  # fmt: skip
    _part(
        DATUM, "discovery.report", "report_id", "requirement_id", "discovery.reports", requirement_services.change_datum
    )


def _contribute_agreements() -> None:
    _sheet(
        AGREEMENT, "discovery.agreement", "agreement_id", "discovery.agreements", agreement_services.change_agreement,
        agreement_services.create_agreement, say("New agreement"),
        may_change=lambda _scope: (
            ServiceAgreement.marketing_signed_at.is_(None) & ServiceAgreement.sales_signed_at.is_(None)
        ),
        why_not=why_frozen,
    )  # fmt: skip


def _contribute_charters() -> None:
    _sheet(
        CHARTER, "discovery.charter", "charter_id", "discovery.charters", charter_services.change_charter,
        may_change=lambda _scope: Charter.sponsor_signed_at.is_(None) & Charter.lead_signed_at.is_(None),
        why_not=why_frozen,
    )  # fmt: skip


def _contribute_groundwork() -> None:
    of = groundwork_services
    _sheet(
        STAFFING, "discovery.staffing_need", "staffing_id", "discovery.staffing", of.change_need, of.write_need,
        say("New staffing need"),
    )  # fmt: skip
    _sheet(
        ASSESSMENT, "discovery.assessment", "assessment_id", "discovery.assessments", of.change_assessment,
        of.write_assessment, say("New assessment"),
    )  # fmt: skip
    _sheet(
        SWOT, "discovery.swot_item", "swot_id", "discovery.swot", of.change_item, of.write_item, say("New SWOT item")
    )


def _contribute_undo() -> None:
    groundwork = (StaffingNeed, Assessment, SwotItem)
    for model in (Objective, Benefit, ObjectiveMetric, ReportRequirement, ReportDatum, *groundwork):
        undoable[model.__record_kind__] = Restorer(model, may=permissions.EDIT)
    for linked in (StoryObjective, RequirementStory):
        undoable[linked.__record_kind__] = Restorer(linked, may=EDIT_STORY)
    undoable["service_agreement"] = Restorer(
        ServiceAgreement, agreement_services.restore_agreement, permissions.EDIT, asks_to_put_away=True
    )
    undoable["agreement_figure"] = Restorer(AgreementFigure, agreement_services.restore_figure, permissions.EDIT)
    undoable["charter"] = Restorer(Charter, charter_services.restore_charter, permissions.EDIT, asks_to_put_away=True)
    for verb in ("scorecard.publish", "scorecard.acknowledge"):
        undone_elsewhere[verb] = say("An edition stays as it was published; publish another one.")
    undone_elsewhere["charter.sign"] = say("A signature is taken back on the page of the charter.")
    for verb in ("agreement.sign", "agreement.review"):
        undone_elsewhere[verb] = say("A signature is taken back on the page of the agreement; a review stays.")


def objective_of(story: Story) -> int | None:
    """The id of a story's main objective."""
    of = object_session(story)
    link = of.scalars(queries.links_of_story(story_id=story.id).limit(1)).one_or_none() if of is not None else None
    return link.objective_id if link is not None else None


def load_overview(session: Session, place: Place) -> Mapping[str, Any] | None:
    """The three goals against their baselines; without them the first objectives, or the offer to take them over."""
    if not place.actor.may(permissions.VIEW):
        return None
    on = local_day(place.at)
    board = scoreboard(session, project_id=place.project.id, on=on)
    given = [one for one in board if one.objective.given_key is not None]
    may_edit = place.actor.may(permissions.EDIT)
    if not board and not may_edit:
        return None
    return {"board": given or board[:SHOWN_ON_OVERVIEW], "may_edit": may_edit, "has_given": bool(given)}


def load_of_story(session: Session, place: Place) -> Mapping[str, Any] | None:
    """What the story whose page is shown serves, what else it could, and the reports it was derived from."""
    if not place.actor.may(permissions.VIEW):
        return None
    story: Story = place.record
    found = ask(session, *queries.direction_of_story(project_id=story.project_id, story_id=story.id)).all()
    objectives = [row for row in found if row.kind == "objective"]
    may_edit = place.actor.may(EDIT_STORY) and not story.is_archived
    return {
        "served": [row for row in objectives if row.link_id is not None],
        "offered": [row for row in objectives if row.link_id is None] if may_edit else [],
        "reports": [row for row in found if row.kind == "report"],
        "story_number": story.number,
        "may_edit": may_edit,
    }


def load_of_metric(session: Session, place: Place) -> Mapping[str, Any] | None:
    """The objectives that the metric judges."""
    metric = place.record
    found = session.execute(queries.objectives_of_metric(project_id=metric.project_id, metric_id=metric.id)).all()
    return {"objectives": found} if found else None
