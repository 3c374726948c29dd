"""What orders add to the shared pages, to accounts, contacts and opportunities, and to imports."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask
from sqlalchemy import and_

from implementor.configuration.switching import may_be_off
from implementor.crm.orders import following, lines, permissions, queries, services
from implementor.crm.orders.catalogue import ORDER
from implementor.crm.orders.facts import OPEN_TO_CHANGE
from implementor.crm.orders.importing import ORDER_IMPORT
from implementor.crm.orders.line_catalogue import LINE
from implementor.crm.orders.line_importing import LINE_IMPORT
from implementor.crm.orders.models import Order, OrderFact, OrderLine
from implementor.crm.orders.timeline import facts_as_entries
from implementor.crm.records.around import Around, around
from implementor.crm.records.kinds import CrmKind, CrmPart, crm_kind, crm_part
from implementor.crm.records.queries import parent_is_visible
from implementor.exchange.records.kind import record_import
from implementor.foundation.access import OWNED
from implementor.foundation.fields import Scope
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable
from implementor.history.timeline import sources
from implementor.lists.record_page import RecordPage
from implementor.lists.sheets import sheet, sheet_of


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    may_be_off("order")
    _kind(app)
    _lines()
    around("account", _orders_of("account", lambda account_id: Order.account_id == account_id))
    around("contact", _orders_of("contact", lambda contact_id: Order.contact_id == contact_id))
    around("opportunity", _orders_of("opportunity", lambda sale_id: Order.opportunity_id == sale_id))
    undoable["order_fact"] = Restorer(OrderFact, following.restore_fact, asks_to_put_away=True)
    sources["orders"] = facts_as_entries
    record_import(ORDER_IMPORT)
    record_import(LINE_IMPORT)


def _kind(app: Flask) -> None:
    crm_kind(
        app,
        CrmKind(
            entity=ORDER,
            plural="orders",
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            new_label=say("New order"),
            empty_text=say("What customers ordered stands here until it is paid. Add the first order, or import them."),
            order=60,
            reach=OWNED,
            create=services.add_order,
            change=services.change_order,
            restore=services.restore_order,
            keys="g e",
            known_elsewhere=True,
            is_subject=True,
            searched=("reference", "description"),
        ),
    )


def _lines() -> None:
    crm_part(
        CrmPart(
            entity=LINE,
            parent_kind="order",
            parent="order",
            new_label=say("Add line"),
            show=LINE.default_columns,
            create=lines.add_line,
            change=lines.change_line,
            restore=lines.restore_line,
            order_by=(OrderLine.position,),
            order=10,
            is_open=_are_lines_open,
        )
    )
    sheet(replace(sheet_of("order_line"), may_change=_may_change_line))


def _are_lines_open(page: RecordPage) -> bool:
    """Whether lines of the order shown are still written; who may not see its state hears it from the service."""
    return "state" not in page.cells or page.cells["state"].raw in OPEN_TO_CHANGE


def _may_change_line(scope: Scope) -> Any:
    """Lines of orders within reach that are not yet settled."""
    return and_(parent_is_visible(OrderLine.order_id, Order, scope, "edit"), queries.line_is_open())


def _orders_of(field: str, condition: Any) -> Around:
    return Around(
        "order", say("Orders"), condition, filter_name=field, show=("ordered_on", "state", "total"), order=30
    )  # fmt: skip
