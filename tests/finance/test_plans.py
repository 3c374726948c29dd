"""Lists and sums of money are answered by their indexes, on both databases."""

from datetime import UTC, date, datetime

from flask import Flask

from implementor.finance.models import BudgetLine, Contract
from implementor.finance.queries import contracts, lines, sums
from implementor.foundation.fields import Scope
from implementor.foundation.permissions import SYSTEM
from tests.auth.builders import reading
from tests.duplicates.builders import explained
from tests.finance.builders import purse

SCOPE = Scope(1, SYSTEM)
NOW = datetime(2026, 3, 10, tzinfo=UTC)
of_lines, of_contracts = lines.lines_in_use(SCOPE), contracts.contracts_in_use(SCOPE)
ASKED = (
    (of_lines.order_by(BudgetLine.title_key, BudgetLine.id), "ix_budget_line_list_title_key"),
    (of_lines.where(BudgetLine.category == "licence"), "ix_budget_line_list_category"),
    (of_lines.where(BudgetLine.area_id == 1), "ix_budget_line_list_area_id"),
    (of_lines.where(BudgetLine.wave_id == 1), "ix_budget_line_list_wave_id"),
    (of_lines.where(BudgetLine.owner_id == 1), "ix_budget_line_list_owner_id"),
    (of_contracts.where(Contract.verdict == "go"), "ix_contract_list_verdict"),
    (of_contracts.where(Contract.owner_id == 1), "ix_contract_list_owner_id"),
    (of_contracts.where(Contract.line_id == 1), "ix_contract_list_line_id"),
    (of_contracts.order_by(Contract.ends_on, Contract.id), "ix_contract_list_ends_on"),
    (contracts.contracts_by_decision(project_id=1, decision_id=1), "ix_contract_decision"),
    (contracts.counts_of(project_id=1, contract_id=1), "ix_licence_count_contract"),
    (sums.cells_known(project_ids=[1]), "ix_budget_amount_sum"),
    (lines.facts_of_line(project_id=1, line_id=1), "ix_budget_fact"),
    (sums.sums_of_projects(project_ids=[1], on=date(2026, 3, 1), at=NOW), "ix_budget_fact"),
    (contracts.contracts_ending(until=date(2026, 3, 1)), "ix_contract_ending"),
)


def test_an_index_answers_every_filter_order_and_sum(app: Flask, database_kind: str) -> None:
    purse(app)
    with reading(app) as session:
        plans = [(index, explained(session, statement, database_kind)) for statement, index in ASKED]
    # on tables without rows PostgreSQL takes whichever index of the same project it meets first
    wanted = "Index" if database_kind == "postgresql" else ""
    assert [(index, plan) for index, plan in plans if (wanted or index) not in plan] == []
