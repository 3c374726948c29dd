"""What opportunities add to the shared pages, to accounts and contacts, and to the stages of pipelines."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Flask

from implementor.configuration.assignable import Assignable, assigned_by_rules
from implementor.configuration.stage_users import StageUser, uses_stages
from implementor.crm.opportunities import (
    agenda,
    arriving,
    columns,
    lines,
    moves,
    parts,
    permissions,
    queries,
    services,
    standing,
)
from implementor.crm.opportunities.catalogue import OPPORTUNITY
from implementor.crm.opportunities.importing import OPPORTUNITY_IMPORT
from implementor.crm.opportunities.models import OPEN, LineItem, Opportunity
from implementor.crm.opportunities.timeline import sales_as_entries
from implementor.crm.records.agenda import AgendaSource, calendar, my_day
from implementor.crm.records.around import Around, around
from implementor.crm.records.kinds import CrmKind, CrmPart, crm_kind, crm_part
from implementor.crm.records.queries import owned_counts
from implementor.exchange.records.kind import record_import
from implementor.foundation import live
from implementor.foundation.access import OWNED
from implementor.foundation.fields import Entity
from implementor.foundation.words import Phrase, say
from implementor.history.timeline import sources


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    assigned_by_rules(Assignable("opportunity", partial(owned_counts, Opportunity, Opportunity.status == OPEN)))
    crm_kind(
        app,
        CrmKind(
            entity=OPPORTUNITY,
            plural="opportunities",
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            new_label=say("New opportunity"),
            empty_text=say("Sales on their way stand here, with what they are worth and when they will be closed."),
            order=40,
            reach=OWNED,
            create=services.add_opportunity,
            change=services.change_opportunity,
            restore=moves.restore_opportunity,
            keys="g o",
            searched=("next_step", "description"),
            is_subject=True,
        ),
    )
    _part(parts.LINE, say("Add line"), 10, create=lines.add_line, change=lines.change_line, restore=lines.restore_line,
          order_by=(LineItem.position,))  # fmt: skip
    _part(parts.DECISION_MAKER, say("Add decision maker"), 20, create=services.add_decision_maker)
    _part(parts.OBJECTION, say("Add objection"), 30)
    _part(parts.COMPETITOR, say("Add competitor"), 40)
    around("account", _sales_of("account", lambda account_id: Opportunity.account_id == account_id))
    around("contact", _sales_of("contact", lambda contact_id: Opportunity.contact_id == contact_id))
    _go_through_stages()
    record_import(OPPORTUNITY_IMPORT)
    sources["opportunities"] = sales_as_entries
    calendar(AgendaSource("close_dates", say("Sales to close"), permissions.VIEW, agenda.close_dates, 45))
    next_steps = AgendaSource("next_steps", say("Next steps of sales"), permissions.VIEW, agenda.next_steps, 40)
    my_day(next_steps)
    calendar(next_steps)


def _go_through_stages() -> None:
    """Sales stand in stages, and read as where a job moves them to."""
    moves_out = services.move_all_out, queries.standing_in, services.move_some_out
    uses_stages(StageUser("opportunity", queries.open_in_stages, *moves_out, arriving.arrive))
    if columns.read_on_way not in live.readings_of_stages:
        live.readings_of_stages.append(columns.read_on_way)
    standing.install()
    arriving.install()


def _part(entity: Entity, new_label: Phrase, order: int, **more: Any) -> None:
    crm_part(
        CrmPart(
            entity=entity, parent_kind="opportunity", parent="opportunity", new_label=new_label,
            show=entity.default_columns, order=order, **more,
        )
    )  # fmt: skip


def _sales_of(field: str, condition: Any) -> Around:
    """The opportunities of an account or contact."""
    return Around(
        "opportunity",
        say("Opportunities"),
        condition,
        filter_name=field,
        show=("stage", "amount", "close_on"),
        order=20,
    )
