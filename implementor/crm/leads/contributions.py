"""What leads add to the shared pages, to accounts and contacts, and to everybody's day."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from flask import Flask, url_for

from implementor.configuration.assignable import Assignable, assigned_by_rules
from implementor.configuration.switching import may_be_off
from implementor.crm.leads import agenda, permissions, services
from implementor.crm.leads.catalogue import LEAD
from implementor.crm.leads.importing import import_leads
from implementor.crm.leads.lifecycle import CONVERTED, MQL, OPEN
from implementor.crm.leads.models import Lead
from implementor.crm.leads.reentry import reentry_of
from implementor.crm.leads.sameness import SAME_LEAD
from implementor.crm.leads.timeline import leads_as_entries
from implementor.crm.records import queries
from implementor.crm.records.agenda import AgendaSource, my_day
from implementor.crm.records.around import Around, around
from implementor.crm.records.kinds import CrmKind, crm_kind
from implementor.duplicates.declaring import recognise
from implementor.foundation.access import TEAMWORK
from implementor.foundation.fields import Scope
from implementor.foundation.panels import panel
from implementor.foundation.words import say
from implementor.history.restoring import undone_elsewhere
from implementor.history.timeline import sources
from implementor.lists.sheets import sheet, sheet_of


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    may_be_off("lead")
    assigned_by_rules(Assignable("lead", partial(queries.owned_counts, Lead, Lead.stage.in_(OPEN))))
    crm_kind(
        app,
        CrmKind(
            entity=LEAD,
            plural="leads",
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            new_label=say("New lead"),
            empty_text=say("Who may become a customer stands here, from the first sign until somebody sells to them."),
            order=10,
            reach=TEAMWORK,
            create=services.add_lead,
            change=services.change_lead,
            restore=services.restore_lead,
            keys="g l",
            searched=("company", "need"),
            hint=Lead.company,
            known_elsewhere=True,
            is_subject=True,
        ),
    )
    # what a lead became is changed there, so its own page is only to be read from then on
    sheet(replace(sheet_of("lead"), may_change=_may_change))
    around("account", _leads_of("account", lambda account_id: Lead.account_id == account_id))
    around("contact", _leads_of("contact", lambda contact_id: Lead.contact_id == contact_id))
    sources["leads"] = leads_as_entries
    my_day(AgendaSource("leads", say("Leads to accept"), permissions.VIEW, agenda.to_accept, 15, _waiting))
    import_leads()
    recognise(SAME_LEAD)
    panel("crm.case.side", 40, "crm/leads/_reentry.html", reentry_of)
    for verb in ("lead.convert", "lead.take_back"):
        undone_elsewhere[verb] = say("A conversion is taken back, or made again, on the page of the lead.")


def _may_change(scope: Scope) -> Any:
    return queries.within(Lead, scope.actor, "edit") & (Lead.stage != CONVERTED)


def _leads_of(field: str, condition: Any) -> Around:
    """The leads of an account or contact."""
    return Around("lead", say("Leads"), condition, filter_name=field, show=("stage", "need"), order=30)


def _waiting() -> str:
    return url_for("leads.index", stage=MQL)
