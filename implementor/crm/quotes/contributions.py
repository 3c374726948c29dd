"""What quotes add to the shared pages, to accounts, contacts, opportunities and orders, and to everybody's day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Flask, url_for
from sqlalchemy import and_

from implementor.configuration.switching import may_be_off
from implementor.crm.quotes import agenda, following, lines, panels, permissions, queries, services
from implementor.crm.quotes.catalogue import QUOTE
from implementor.crm.quotes.facts import DRAFT, SENT
from implementor.crm.quotes.importing import QUOTE_IMPORT
from implementor.crm.quotes.line_catalogue import LINE
from implementor.crm.quotes.line_importing import import_quote_lines
from implementor.crm.quotes.models import Quote, QuoteFact, QuoteLine
from implementor.crm.quotes.timeline import facts_as_entries
from implementor.crm.records.agenda import AgendaSource, calendar, my_day
from implementor.crm.records.around import Around, around
from implementor.crm.records.kinds import CrmKind, CrmPart, crm_kind, crm_part
from implementor.crm.records.queries import parent_is_visible, within
from implementor.exchange.records.kind import record_import
from implementor.foundation.access import OWNED
from implementor.foundation.fields import Scope
from implementor.foundation.panels import panel
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.history.timeline import sources
from implementor.lists.record_page import RecordPage
from implementor.lists.sheets import sheet, sheet_of


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    may_be_off("quote", needs=("order",))
    _kind(app)
    _lines()
    around("account", _quotes_of("account", lambda account_id: Quote.account_id == account_id))
    around("contact", _quotes_of("contact", lambda contact_id: Quote.contact_id == contact_id))
    around("opportunity", _quotes_of("opportunity", lambda sale_id: Quote.opportunity_id == sale_id))
    around("order", _quotes_of("order", lambda order_id: Quote.order_id == order_id, new_field=""))
    undoable["quote_fact"] = Restorer(QuoteFact, following.restore_fact, asks_to_put_away=True)
    for verb in ("quote.accept", "quote.unaccept", "quote.renew"):
        undone_elsewhere[verb] = say("This is taken back, or done again, on the page of the quote.")
    sources["quotes"] = facts_as_entries
    panel("crm.quote", 10, "crm/quotes/_sums.html", panels.sums_of)
    panel("crm.quote.side", 10, "crm/quotes/_versions.html", panels.versions_of)
    record_import(QUOTE_IMPORT)
    import_quote_lines()
    my_day(AgendaSource("quotes", say("Quotes about to expire"), permissions.VIEW, agenda.to_renew, 42, _waiting))
    calendar(AgendaSource("quotes", say("Last days of quotes"), permissions.VIEW, agenda.last_days, 46))


def _kind(app: Flask) -> None:
    crm_kind(
        app,
        CrmKind(
            entity=QUOTE,
            plural="quotes",
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            new_label=say("New quote"),
            empty_text=say("What customers were offered stands here, version by version, until it is ordered."),
            order=50,
            reach=OWNED,
            create=services.add_quote,
            change=services.change_quote,
            restore=services.restore_quote,
            keys="g q",
            known_elsewhere=True,
            is_subject=True,
            searched=("reference",),
        ),
    )
    # what the customer has is only to be read
    sheet(replace(sheet_of("quote"), may_change=_may_change, why_not=lines.why_settled))


def _lines() -> None:
    crm_part(
        CrmPart(
            entity=LINE,
            parent_kind="quote",
            parent="quote",
            new_label=say("Add line"),
            show=LINE.default_columns,
            create=lines.add_line,
            change=lines.change_line,
            restore=lines.restore_line,
            order_by=(QuoteLine.position,),
            order=10,
            is_open=_are_lines_open,
        )
    )
    sheet(replace(sheet_of("quote_line"), may_change=_may_change_line))


def _are_lines_open(page: RecordPage) -> bool:
    """Whether lines of the quote shown are still written; who may not see its state hears it from the service."""
    return "state" not in page.cells or page.cells["state"].raw == DRAFT


def _may_change(scope: Scope) -> Any:
    return and_(within(Quote, scope.actor, "edit"), Quote.state == DRAFT)


def _may_change_line(scope: Scope) -> Any:
    """Lines of quotes within reach that are not yet sent."""
    return and_(parent_is_visible(QuoteLine.quote_id, Quote, scope, "edit"), queries.line_is_open())


def _quotes_of(field: str, condition: Any, new_field: str | None = None) -> Around:
    return Around(
        "quote", say("Quotes"), condition, filter_name=field, show=("state", "total", "valid_until"),
        new_field=new_field, order=25,
    )  # fmt: skip


def _waiting() -> str:
    return url_for("quotes.index", state=SENT)
