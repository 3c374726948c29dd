"""What money adds to the shared pages: lists and records, what can be taken back, gate checks, the side bar."""

from __future__ import annotations

from typing import Any

from flask import Flask, url_for
from sqlalchemy import select

from implementor.finance import permissions
from implementor.finance.amount_importing import import_amounts
from implementor.finance.catalogue import BUDGET_LINE, CONTRACT
from implementor.finance.gate_checks import declare_checks
from implementor.finance.importing import import_lines
from implementor.finance.models import BudgetAmount, BudgetLine, Contract, VarianceLimit
from implementor.finance.money_news import declare_news
from implementor.finance.queries import contracts as contract_queries
from implementor.finance.queries import lines as line_queries
from implementor.finance.services import amounts, contracts, lines
from implementor.finance.watching import COUNT_EVERY, LOOK_EVERY, count_licences_now, watch_money
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.foundation.records import RecordKind, record_kind
from implementor.foundation.searchable import Document, Searchable, searchable
from implementor.foundation.words import say
from implementor.history.restoring import Restorer, undoable, undone_elsewhere
from implementor.jobs.worker import chore
from implementor.lists.sheets import Sheet, sheet
from implementor.projects.models import Project
from implementor.web.navigation import NavItem, Shortcut, directory


def contribute(app: Flask) -> None:
    """Called once by the factory."""
    _contribute_lines()
    _contribute_contracts()
    undoable["budget_line"] = Restorer(BudgetLine, lines.restore_line, permissions.EDIT)
    undoable["budget_amount"] = Restorer(BudgetAmount, amounts.restore_amount, permissions.EDIT, asks_to_put_away=True)
    undoable["variance_limit"] = Restorer(VarianceLimit, may=permissions.EDIT)
    undoable["contract"] = Restorer(Contract, contracts.restore_contract, permissions.EDIT, asks_to_put_away=True)
    for verb in ("budget.approve", "contract.decide"):
        undone_elsewhere[verb] = say("What was decided is reversed by another decision, not undone.")
    undone_elsewhere["contract.count"] = say("A count of licences stays; write down a later one that is right.")
    import_lines()
    import_amounts()
    _contribute_search()
    declare_checks()
    declare_news()
    undone_elsewhere["contract.counter"] = say("How licences are counted is chosen on the page of the contract.")
    chore("finance.money", every=LOOK_EVERY)(watch_money)
    chore("finance.licences", every=COUNT_EVERY)(count_licences_now)
    board = directory(app)
    places = ((say("Money"), "finance.money", 45), (say("Contracts"), "finance.contracts", 46))
    for label, endpoint, order in places:
        board.items.append(NavItem("governance", label, endpoint, permissions.VIEW, in_project=True, order=order))
    board.shortcuts.append(Shortcut("g b", say("Go to the money"), "finance.money", in_project=True))


def _contribute_search() -> None:
    """Lines and contracts are found by who sees the money of their project: it is not for all of its people."""
    lines_said, contracts_said = {"title", "note", "archived_at"}, {"title", "supplier", "purpose", "archived_at"}
    searchable(Searchable("budget_line", _line_document, frozenset(lines_said), of_projects=_where_money_shows))
    searchable(Searchable("contract", _contract_document, frozenset(contracts_said), of_projects=_where_money_shows))


def _where_money_shows(actor: Actor) -> Rows:
    return select(Project.id).where(line_queries.shows_money_to(actor))


def _line_document(line: BudgetLine, _project_key: str | None) -> Document:
    return Document(title=line.title, body=line.note or "", project_id=line.project_id)


def _contract_document(contract: Contract, _project_key: str | None) -> Document:
    said = "\n".join(filter(None, (contract.supplier, contract.purpose)))
    return Document(title=contract.title, body=said, project_id=contract.project_id)


def _contribute_lines() -> None:
    sheet(
        Sheet(
            entity=BUDGET_LINE,
            base=line_queries.lines_in_use,
            record=line_queries.line_in_scope,
            record_url=lambda row: url_for("finance.line", line_id=row.id),
            index_url=lambda: url_for("finance.lines"),
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            change=lambda of, line, values, by, at: lines.change_line(of, line, values, by=by, at=at),
            create=lambda of, scope, values, by, at: lines.create_line(
                of, project_id=scope.project_id or 0, values=values, by=by, at=at
            ),
            new_label=say("New budget line"),
        )
    )
    record_kind(RecordKind("budget_line", BUDGET_LINE.label, BudgetLine, line_queries.titles_of_lines, address_of_line))


def _contribute_contracts() -> None:
    sheet(
        Sheet(
            entity=CONTRACT,
            base=contract_queries.contracts_in_use,
            record=contract_queries.contract_in_scope,
            record_url=lambda row: url_for("finance.contract", contract_id=row.id),
            index_url=lambda: url_for("finance.contracts"),
            may_view=permissions.VIEW,
            may_edit=permissions.EDIT,
            change=lambda of, found, values, by, at: contracts.change_contract(of, found, values, by=by, at=at),
            create=lambda of, scope, values, by, at: contracts.create_contract(
                of, project_id=scope.project_id or 0, values=values, by=by, at=at
            ),
            new_label=say("New contract"),
            may_change=lambda _scope: Contract.verdict.is_(None),
            why_not=lambda one: say("%(title)s is decided. Another decision can reverse that.", title=one.title),
        )
    )
    record_kind(
        RecordKind("contract", CONTRACT.label, Contract, contract_queries.titles_of_contracts, address_of_contract)
    )


def address_of_line(row: Any) -> tuple[str, dict[str, Any]]:
    """View name and values of a line's page."""
    return "finance.line", {"project_key": row.project_key, "line_id": row.id}


def address_of_contract(row: Any) -> tuple[str, dict[str, Any]]:
    """View name and values of a contract's page."""
    return "finance.contract", {"project_key": row.project_key, "contract_id": row.id}
