"""What adoption adds to the shared pages: its places, and the facts that are read once an hour."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for

from implementor.adoption import help_queries, intervening, permissions
from implementor.adoption.catalogue import INTERVENTION
from implementor.adoption.gate_checks import declare_checks
from implementor.adoption.help_news import declare_news
from implementor.adoption.intervention_models import Intervention
from implementor.adoption.lead_home import load_mine
from implementor.adoption.meeting import restore_intervention
from implementor.adoption.models import AdoptionFormula
from implementor.adoption.schedule import LOOK_EVERY, ask_if_due
from implementor.adoption.worth_panel import load_of_objective
from implementor.duplicates.references import pointer
from implementor.finance.permissions import VIEW as MONEY
from implementor.foundation.model import Rows
from implementor.foundation.panels import panel
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.searchable import Document, Searchable, searchable
from implementor.foundation.words import say
from implementor.governance.queries.roles import projects_in_role
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.jobs.worker import chore
from implementor.lists.sheets import Sheet, sheet
from implementor.web.navigation import NavItem, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    sheet(
        Sheet(
            entity=INTERVENTION, base=help_queries.interventions_in_use, record=help_queries.intervention_in_scope,
            record_url=lambda row: url_for("adoption.intervention", intervention_id=row.id),
            index_url=lambda: url_for("adoption.interventions"), may_view=permissions.HELP_VIEW,
            may_edit=permissions.HELP, new_label=say("New intervention"),
            change=lambda of, made, values, by, at: intervening.edit_intervention(of, made, values, by=by, at=at),
            create=lambda of, scope, values, by, at: intervening.write_intervention(
                of, project_id=scope.project_id or 0, values=values, by=by, at=at
            ),
            may_change=lambda _scope: Intervention.done_at.is_(None),
            why_not=lambda made: say("%(action)s is done. Take it up again to change it.", action=made.action),
        )
    )  # fmt: skip
    kind = (INTERVENTION.label, Intervention, help_queries.titles_of_interventions, address_of_intervention)
    record_kind(RecordKind("intervention", *kind))
    searchable(Searchable("intervention", _document, frozenset({"action", "why", "archived_at"}), of_projects=_led))
    undoable["intervention"] = Restorer(Intervention, restore_intervention, permissions.HELP, asks_to_put_away=True)
    undoable["adoption_formula"] = Restorer(AdoptionFormula, None, permissions.SETTLE)
    for verb in ("adoption.settle", "adoption.read"):  # facts name the version that they were judged by
        undone_elsewhere[verb] = say("How adoption is judged is settled anew on the page of the formula.")
    pointer("adoption_correct_record", "kind", "record_id", moves=False)
    declare_news()
    declare_checks()
    panel("home", 45, "adoption/_mine.html", load_mine)
    panel("objective.page", 40, "adoption/_of_objective.html", load_of_objective)
    chore("adoption.facts", every=LOOK_EVERY)(ask_if_due)
    found = directory(app)
    found.items += [
        NavItem("change", say("Use of the CRM"), "adoption.index", permissions.VIEW, in_project=True, order=80),
        NavItem("change", say("People to help"), "adoption.people_to_help", permissions.HELP_VIEW, in_project=True,
                order=81),
        NavItem("governance", say("Benefits"), "adoption.benefits", MONEY, in_project=True, order=47),
        NavItem("crm", say("My use"), "own_use.mine", permissions.OWN, order=95),
    ]  # fmt: skip


def _document(made: Any, _key: str | None) -> Document | None:
    return None if made.is_archived else Document(made.action, made.why, project_id=made.project_id)


def _led(actor: Actor) -> Rows:
    return projects_in_role(actor, permissions.HELP_VIEW)


def address_of_intervention(row: Any) -> tuple[str, dict[str, Any]]:
    """View name and values of an intervention's page."""
    return "adoption.intervention", {"project_key": row.project_key, "intervention_id": row.id}
