"""Amounts of a budget from files: a row for a line, a month and a kind; every one is a fact, as by hand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from implementor.exchange.kinds import ImportKind, Outcome, Reason, Setup, Undone, import_kind
from implementor.exchange.models import ImportedRow
from implementor.exchange.queries import last_source_values
from implementor.exchange.readers.source import Cell as FileCell
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, RecordImport, Writing
from implementor.exchange.records.importer import Planned
from implementor.exchange.records.known import links_of
from implementor.exchange.records.writing import made, make_linked
from implementor.exchange.values import decimal_comma, number_of
from implementor.finance import permissions
from implementor.finance.amount_catalogue import BUDGET_AMOUNT
from implementor.finance.forecast import first_of_month
from implementor.finance.importing import LINE_NAMES
from implementor.finance.models import BudgetAmount, BudgetLine
from implementor.finance.models.budget import ACTUAL, PLANNED
from implementor.finance.queries import lines as queries
from implementor.finance.services.amounts import Cell, faults_of, restore_amount, write_amounts
from implementor.finance.services.lines import create_line
from implementor.foundation.amounts import currency_in
from implementor.foundation.fields import Scope
from implementor.foundation.money import digits, minor_amount
from implementor.foundation.permissions import Actor
from implementor.foundation.text import folded
from implementor.foundation.values import as_stored
from implementor.foundation.words import say
from implementor.projects.importing import ProjectImporter, link_in_project, register_import

HEADERS = {
    "line": LINE_NAMES,
    "kind": "kind|kind of amount|amount type|clase|clase de importe|tipo de importe",
    "month": "month|period|date|month of|mes|periodo|período|fecha",
    "amount": "amount|value|cost|total|importe|monto|valor|costo|coste",
}
KIND_WORDS = {
    "plan": "planned", "planned": "planned", "budget": "planned", "budgeted": "planned", "baseline": "planned",
    "planeado": "planned", "planificado": "planned", "presupuesto": "planned", "presupuestado": "planned",
    "commitment": "committed", "committed": "committed", "comprometido": "committed", "actual": "actual",
    "actuals": "actual", "spent": "actual", "paid": "actual", "real": "actual", "gastado": "actual",
    "pagado": "actual", "ejecutado": "actual", "forecast": "forecast", "estimate": "forecast",
    "pronostico": "forecast", "prevision": "forecast", "estimado": "forecast",
}  # fmt: skip
"""What other files call kinds of amounts."""


@dataclass
class Seen:
    """What is known of a batch: its lines by id, what stands in their months, and which of it files brought."""

    lines: Mapping[int, BudgetLine] = field(default_factory=dict)
    standing: Mapping[Cell, BudgetAmount] = field(default_factory=dict)
    imported: frozenset[int] = frozenset()


class AmountImporter(ProjectImporter):
    """Takes the rows of one file; what was spent is corrected only where a file had said it."""

    meanings: Mapping[str, Mapping[str, str]] = {"kind": KIND_WORDS}

    def __init__(self, declared: RecordImport, session: Session, setup: Setup) -> None:
        super().__init__(declared, session, setup)
        columns = setup.columns_of("amount")
        self.comma = decimal_comma(setup.source.columns[columns[0]].samples) if columns else None
        if "amount" in self.reader.readers:
            self.reader.readers["amount"] = self._amount

    def _amount(self, draft: Draft, _column: int, cell: FileCell) -> Any:
        """A number as it is written, with the currency that it names kept beside it."""
        code = currency_in(cell, self.reader.reading.currency) if isinstance(cell, str) else None
        bare: Any = re.sub(rf"{code}|[$€£¥]", "", str(cell), flags=re.IGNORECASE) if code else cell
        draft.signed = (code,) if code else ()
        number = number_of(bare, comma=self.comma)
        return as_stored(self.declared.entity.fields["amount"], number, self.reader.reading)

    # --- deciding -----------------------------------------------------------------------------------------------------

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row."""
        good = [draft for draft in drafts if not draft.reasons and not draft.is_repeated]
        links_of(session, self.declared, good, Scope(self.project_id, self.setup.by), self.links)
        planned = {id(draft): Planned(draft) for draft in good}
        for draft in good:
            self._link(draft, planned[id(draft)], None)
        seen = self._seen(session, {draft.values["line_id"] for draft in good if "line_id" in draft.values})
        outcomes = [self._decided(draft, planned.get(id(draft)), seen) for draft in drafts]
        for draft, outcome in zip(drafts, outcomes, strict=True):
            self._tell(draft, outcome)
        return outcomes

    def _seen(self, session: Session, ids: Collection[int]) -> Seen:
        if not ids:
            return Seen()
        lines = session.scalars(queries.lines_by_ids(project_id=self.project_id, ids=ids))
        found = session.scalars(queries.amounts_of_lines(project_id=self.project_id, line_ids=ids)).all()
        brought = last_source_values(kind="budget_amount", record_ids=[one.id for one in found])
        return Seen(
            {line.id: line for line in lines}, {Cell(one.line_id, one.kind, one.month): one for one in found},
            frozenset(row.record_id for row in session.execute(brought)),
        )  # fmt: skip

    def _decided(self, draft: Draft, planned: Planned | None, seen: Seen) -> Outcome:
        if planned is not None and not draft.reasons:
            draft.reasons += self._unfit(draft, seen)
        if draft.reasons:
            return Outcome(draft.row, "refused", draft.reasons)
        if draft.is_repeated or planned is None:
            return Outcome(draft.row, "unchanged")
        mode, line = self.setup.options.mode, seen.lines.get(draft.values.get("line_id", 0))
        present = seen.standing.get(self._cell(draft, line.id)) if line is not None else None
        if line is None or present is None or present.amount is None:
            return Outcome(draft.row, "unchanged" if mode == "update" else "created", data=planned)
        if present.amount == self._minor(draft, line) or mode == "create" or self.setup.options.filling == "fill":
            return Outcome(draft.row, "unchanged")
        planned.row = present
        return Outcome(draft.row, "updated", data=planned)

    def _unfit(self, draft: Draft, seen: Seen) -> Iterable[Reason]:
        """What no amount of its line is, and what somebody wrote down here by hand."""
        label, value = str(self.declared.entity.fields["amount"].label), draft.values["amount"]
        line = seen.lines.get(draft.values.get("line_id", 0))
        cell = self._cell(draft, line.id if line is not None else 0)
        for reason in faults_of(cell, minor_amount(value, line.currency if line else "EUR"), self.setup.at):
            yield Reason(reason, label, str(value))
        if line is None:
            return
        if draft.signed and draft.signed != (line.currency,):
            yield Reason(say("%(line)s counts in %(currency)s.", line=line.title, currency=line.currency), label)
        if value.scaleb(digits(line.currency)) % 1:
            yield Reason(say("%(currency)s has fewer decimals.", currency=line.currency), label, str(value))
        present = seen.standing.get(cell)
        if present is not None and self._overwrites_what_was_typed(cell, present, self._minor(draft, line), seen):
            reason = say("What was spent in this month was written down by hand. Correct it in the budget by month.")
            yield Reason(reason, label, str(value))

    def _overwrites_what_was_typed(self, cell: Cell, present: BudgetAmount, minor: int, seen: Seen) -> bool:
        options = self.setup.options
        is_typed = cell.kind == ACTUAL and present.amount not in (None, minor) and present.id not in seen.imported
        return is_typed and options.mode != "create" and options.filling != "fill"

    def _cell(self, draft: Draft, line_id: int) -> Cell:
        return Cell(line_id, draft.values.get("kind") or PLANNED, first_of_month(draft.values["month"]))

    def _minor(self, draft: Draft, line: BudgetLine) -> int:
        return minor_amount(draft.values["amount"], line.currency)

    # --- writing ------------------------------------------------------------------------------------------------------

    def write(self, session: Session, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
        """Write a batch; gives the facts of the import."""
        writing = Writing(session, self.setup, self.setup.by, self.setup.at, self.system)
        taken = [one.data for one in outcomes if one.data is not None and one.verb in ("created", "updated")]
        make_linked(self.declared, writing, taken, self.links)
        ids = {planned.draft.values["line_id"] for planned in taken}
        lines = {one.id: one for one in session.scalars(queries.lines_by_ids(project_id=self.project_id, ids=ids))}
        cells: dict[Cell, int] = {}
        for draft in (one.draft for one in taken):
            line = lines[draft.values["line_id"]]
            cells[self._cell(draft, line.id)] = self._minor(draft, line)
        return self._written(writing, taken, cells)

    def _written(self, writing: Writing, taken: Sequence[Planned], cells: Mapping[Cell, int]) -> list[dict[str, Any]]:
        session = writing.session
        before = {self._cell(one.draft, one.draft.values["line_id"]): one.row.amount for one in taken if one.row}
        reason = str(say("%(file)s says so now.", file=self.setup.file_name))
        write_amounts(
            session, project_id=self.project_id, cells=cells, reason=reason, by=writing.by, at=writing.at
        )  # fmt: skip
        found = queries.amounts_of_lines(project_id=self.project_id, line_ids={cell.line_id for cell in cells})
        records = {Cell(one.line_id, one.kind, one.month): one for one in session.scalars(found)}
        for one in taken:
            cell = self._cell(one.draft, one.draft.values["line_id"])
            fact = {**made("budget_amount", records[cell].id, source_values=one.draft.marks),
                    "version": records[cell].version}  # fmt: skip
            if cell in before:
                fact |= {"verb": "updated", "before": {"amount": before[cell]}}
            writing.facts.append(fact)
        return writing.facts


def name_cell(draft: Draft) -> Iterable[Reason]:
    """Line, kind and month name a row: saying the same twice is one amount, saying two things is refused."""
    line, month, value = draft.links.get("line", ""), draft.values.get("month"), draft.values.get("amount")
    for name, said in (("line", line), ("month", month), ("amount", value)):
        if said in ("", None):
            yield Reason(say("%(field)s is needed.", field=BUDGET_AMOUNT.fields[name].label))
    first = first_of_month(month) if isinstance(month, date) else month
    draft.name, draft.is_print = f"{folded(line)}\x1f{draft.values.get('kind') or PLANNED}\x1f{first}", False


def make_lines(project_id: int) -> Any:
    """Lines that a file names and the budget lacks, of no certain category and in the project's currency."""

    def make(writing: Writing, names: Sequence[str]) -> Mapping[str, int]:
        return {
            name: create_line(
                writing.session, project_id=project_id, values={"title": name}, by=writing.by, at=writing.at
            ).id
            for name in names
        }

    return make


def amount_import(project_id: int) -> RecordImport:
    """How the amounts of a project's budget come in."""
    return RecordImport(
        entity=BUDGET_AMOUNT,
        permission=permissions.EDIT,
        result_url=lambda _run: url_for("finance.grid"),
        needs=("amount",),
        headers=HEADERS,
        links=(link_in_project("line", BudgetLine, "title", project_id, make=make_lines(project_id)),),
        derive=name_cell,
    )


def take_back(session: Session, facts: Sequence[ImportedRow], by: Actor, at: datetime) -> Undone:
    """Give the months what stood in them before the file; what was changed since stays."""
    undone = Undone()
    for fact in facts:
        record = session.get_one(BudgetAmount, fact.record_id)
        if record.version != fact.version:
            undone.kept.append((f"{record.month:%Y-%m}", say("It was changed since.")))
            continue
        restore_amount(session, record, {"amount": (fact.before or {}).get("amount")}, by, at)
        undone.restored += 1
    return undone


def lines_to_choose(session: Session, project_id: int) -> Mapping[str, Sequence[tuple[str, Any]]]:
    """The lines that an unknown name may mean."""
    found = session.scalars(queries.lines_of(project_id=project_id))
    return {"line": [(line.title, line.title) for line in found]}


def import_amounts() -> ImportKind:
    """Let amounts come in from files; line, kind and month name them, so that no column of keys is asked for."""
    kind = register_import(amount_import, AmountImporter, undo=take_back, explained=lines_to_choose)
    return import_kind(replace(kind, targets=tuple(one for one in kind.targets if one.name != EXTERNAL_ID)))
