"""Takes the rows of a file as records of a kind: new ones are made, known ones changed as their source changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from implementor.exchange.kinds import Outcome, Reason, Setup
from implementor.exchange.names import name_signature
from implementor.exchange.notebook import Notebook
from implementor.exchange.readers.source import Row
from implementor.exchange.records.declaring import Draft, RecordImport, Writing
from implementor.exchange.records.exclusive import ExclusiveRows
from implementor.exchange.records.known import SEVERAL, Known, Links, known_records, links_of
from implementor.exchange.records.needed import lacking
from implementor.exchange.records.own_links import OwnLinks
from implementor.exchange.records.people import Owners, everybody
from implementor.exchange.records.reading import RowReader, print_of
from implementor.exchange.records.remarks import Noticed
from implementor.exchange.records.writing import write_batch
from implementor.exchange.standing import was_taken_back
from implementor.foundation.fields import Scope
from implementor.foundation.model import Rows
from implementor.foundation.words import Phrase, say
from implementor.history.encoding import encoded


@dataclass
class Planned:
    """What a row will do: make a record, or change the one it means (`row`) in these attributes."""

    draft: Draft
    row: Any = None
    after: dict[str, Any] = field(default_factory=dict)
    to_make: dict[str, str] = field(default_factory=dict)
    is_revived: bool = False
    has_more: bool = False
    """Whether the row says something new that no field of the catalogue holds."""
    is_recognised: bool = False
    """Whether the record was found by what it holds, and not by a name."""


class RecordImporter:
    """Takes the rows of one file."""

    def __init__(self, declared: RecordImport, session: Session, setup: Setup) -> None:
        self.declared, self.setup = declared, setup
        owners = Owners(session.execute(self.possible_owners()), setup.options.meanings.get(declared.owner, {}))
        self.reader = RowReader(declared, setup, owners)
        self.notebook, self.links = Notebook(), Links()
        self.system = self.named_system()
        self.own_links = OwnLinks(declared, setup, self.notebook, self.system)
        self.noticed = Noticed()
        self.exclusive = ExclusiveRows(declared, setup, self.notebook)
        self.more = frozenset(one.name for one in declared.extra)

    def possible_owners(self) -> Rows:
        """Who can own what the file brings, as rows (id, name, email)."""
        return everybody()

    def named_system(self) -> str:
        """What the file's own keys are kept under."""
        return self.setup.options.system or name_signature(self.setup.file_name)

    # --- seeing everything first --------------------------------------------------------------------------------------

    def needs_learning(self) -> bool:
        """Only where the first cells do not show how dates are written."""
        return "day_first" not in self.setup.learned and self.reader.dates.undecided()

    def learn(self, rows: Iterable[Row]) -> None:
        """See how dates are written."""
        for row in rows:
            self.reader.dates.see(row)
        self.setup.learned["day_first"] = self.reader.dates.learned()

    # --- understanding ------------------------------------------------------------------------------------------------

    def parse(self, rows: Sequence[Row]) -> list[Draft]:
        """Rows as drafts; a key that an earlier row has with other values is refused, rows without one are numbered."""
        drafts = [self.reader.read(row) for row in rows]
        good = [draft for draft in drafts if not draft.reasons]
        self._number_prints([draft for draft in good if draft.is_print])
        self._refuse_repeated([draft for draft in good if not draft.is_print])
        self.own_links.note([draft for draft in good if not draft.reasons and not draft.is_repeated])
        return drafts

    def _number_prints(self, drafts: Sequence[Draft]) -> None:
        """Rows of equal cells are different events; the same file read again gives them the same names."""
        counts = self.notebook.tally([draft.name for draft in drafts])
        for draft in drafts:
            name = draft.name
            counts[name] = counts.get(name, 0) + 1
            draft.name = f"row {name} {counts[name]}"
        self.notebook.set_tally(counts)

    def _refuse_repeated(self, drafts: Sequence[Draft]) -> None:
        seen = self.notebook.seen([draft.name for draft in drafts])
        fresh: dict[str, tuple[str, int, str]] = {}
        for draft in drafts:
            mark = "".join(draft.marks[name] for name in sorted(draft.marks))
            first = seen.get(draft.name) or (fresh[draft.name][1:] if draft.name in fresh else None)
            if first is None:
                fresh[draft.name] = (draft.name, draft.row.number, mark)
            elif first[1] != mark or first[0] == draft.row.number:
                reason = say("Row %(row)s has this key already, with other values.", row=first[0])
                draft.reasons.append(Reason(reason, self._key_label(), draft.name))
            else:
                draft.is_repeated = True
        self.notebook.note(list(fresh.values()))

    def _key_label(self) -> str:
        return self.reader.labels[self.reader.key_columns[0]] if self.reader.key_columns else ""

    # --- deciding -----------------------------------------------------------------------------------------------------

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row."""
        good = [draft for draft in drafts if not draft.reasons and not draft.is_repeated]
        links_of(session, self.declared, good, Scope(self.setup.project_id, self.setup.by), self.links)
        known = known_records(session, self.declared, self.setup, good, self.system, locking=locking)
        archived = [row.id for row in known.rows.values() if row.archived_at is not None]
        revivable = was_taken_back(session, self.declared.kind, archived)
        taken: dict[str, list[Draft]] = {}
        outcomes = [self._outcome(draft, known, revivable, taken) for draft in drafts]
        self.exclusive.refuse(session, outcomes)
        self._wonder_about(session, [one.data.draft for one in outcomes if one.verb == "created" and one.data])
        for draft, outcome in zip(drafts, outcomes, strict=True):
            self._tell(draft, outcome)
        return outcomes

    def _tell(self, draft: Draft, outcome: Outcome) -> None:
        """Say which cells were left out, and count rows that could come in without theirs."""
        if outcome.verb != "refused":
            outcome.emptied = draft.emptied
            self.noticed.emptied += len(draft.emptied)
        elif all(reason.is_spare for reason in outcome.reasons):
            self.setup.learned["spare"] = self.setup.learned.get("spare", 0) + 1

    def _wonder_about(self, session: Session, drafts: Sequence[Draft]) -> None:
        """Count new rows that look like records which are here already."""
        if self.declared.resembling is not None and drafts:
            self.noticed.resembling += sum(self.declared.resembling(session, drafts))

    def _outcome(self, draft: Draft, known: Known, revivable: set[int], taken: dict[str, list[Draft]]) -> Outcome:
        if draft.reasons:
            return Outcome(draft.row, "refused", draft.reasons)
        if draft.is_repeated:
            return Outcome(draft.row, "unchanged")
        planned, row = Planned(draft), known.row_of(draft)
        self._link(draft, planned, row)
        if known.ids.get(draft.name) == SEVERAL:
            draft.reasons.append(Reason(say("Several records fit this row. Give it the key of the one it means.")))
        if row is None and not draft.reasons:
            self._refuse_incomplete(draft)
            self._refuse_same_in_file(draft, taken)
        if draft.reasons:
            return Outcome(draft.row, "refused", draft.reasons)
        if row is None:
            self.noticed.called_otherwise += draft.name in known.unlike
            return Outcome(draft.row, "unchanged" if self.setup.options.mode == "update" else "created", data=planned)
        return self._of_known(planned, row, known, revivable)

    def _of_known(self, planned: Planned, row: Any, known: Known, revivable: set[int]) -> Outcome:
        draft, planned.row = planned.draft, row
        planned.is_recognised = not draft.is_print and draft.name not in known.named
        if row.archived_at is not None and row.id not in revivable:
            self.noticed.put_away += 1
            return Outcome(draft.row, "unchanged")
        if self.setup.options.mode == "create":
            return Outcome(draft.row, "unchanged")
        if row.id in known.out_of_reach:
            reason = Reason(say("The record is somebody else's to change."))
            return Outcome(draft.row, "refused", [reason])
        planned.is_revived = row.archived_at is not None
        last = None if planned.is_revived else known.marks.get(row.id)
        planned.after = self._changes(planned, row, last)
        if planned.is_revived:
            planned.after["archived_at"] = None
            return Outcome(draft.row, "created", data=planned)
        before = last or {}
        changed = [name for name, mark in draft.marks.items() if before.get(name, self._unsaid(name)) != mark]
        if not planned.after and not changed:
            return Outcome(draft.row, "unchanged")
        is_linked = last is not None and any(self.own_links.is_own(name) for name in changed)
        planned.has_more = any(name in self.more for name in changed)
        says_more = planned.after or is_linked or planned.has_more
        if says_more and (reasons := lacking(self.declared, self.setup, draft, planned.after, row)):
            return Outcome(draft.row, "refused", reasons)
        return Outcome(draft.row, "updated" if says_more else "unchanged", data=planned)

    def _unsaid(self, name: str) -> str | None:
        """What the mark of a column is that an earlier file did not have: an empty further column says nothing new."""
        return print_of("") if name in self.more else None

    def _changes(self, planned: Planned, row: Any, last: Any) -> dict[str, Any]:
        """Attributes that the source changed and that differ here; people's own edits since stand."""
        draft, fills = planned.draft, self.setup.options.filling == "fill"
        said = {
            self.declared.entity.fields[name].attribute
            for name, mark in draft.marks.items()
            if name not in self.more and (last is None or last.get(name) != mark)
        }
        said |= {currency for amount, currency in self.reader.currencies.currency_of.items() if amount in said}
        after = {}
        for name, value in draft.values.items():
            present = getattr(row, name)
            if name in said and encoded(present) != encoded(value) and not (fills and present not in (None, "", [])):
                after[name] = value
        self.reader.currencies.keep_together(after, draft.values, row)
        return after

    def _link(self, draft: Draft, planned: Planned, row: Any) -> None:
        for name, text in draft.links.items():
            if self.own_links.is_own(name):
                continue  # what it points at may come later in the file
            one, link = self.declared.entity.fields.get(name), self.declared.link_of(name)
            label = one.label if one is not None else self.declared.labels[name]
            found = self.links.of(name, text)
            if found == SEVERAL and row is not None and one is not None:
                present = getattr(row, one.attribute)  # of namesakes the one it is with is meant
                found = present if present in self.links.several[name, text] else SEVERAL
            if found == SEVERAL:
                reason = say("%(field)s: several are called %(value)s.", field=label, value=text)
                is_spare = one is None or not one.required
                self.reader.fault(draft, Reason(reason, str(label), text, is_spare))
            elif found is not None and one is not None:
                draft.values[one.attribute] = found
            elif found is not None:
                draft.linked[name] = found
            elif link is not None and link.make is not None and self.setup.options.links == "create":
                planned.to_make[name] = text
            else:
                self._leave_unlinked(draft, name, label, text, is_needed=one is not None and one.required)

    def _leave_unlinked(self, draft: Draft, name: str, label: Phrase, text: str, *, is_needed: bool) -> None:
        """Go without a link that leads to nothing, or refuse the row; a person may say what the text means."""
        self.reader.wonder(name, text)
        if is_needed:
            reason = say("%(field)s: nothing here is called %(value)s.", field=label, value=text)
            draft.reasons.append(Reason(reason, str(label), text))
        else:
            self.noticed.unlinked += 1

    def _refuse_incomplete(self, draft: Draft) -> None:
        for one in self.declared.entity.fields.values():
            if one.required and one.editable and draft.values.get(one.attribute) in (None, "") and (
                one.name not in draft.links and one.attribute not in self.declared.usual
            ):  # fmt: skip
                draft.reasons.append(Reason(say("%(field)s is needed.", field=one.label)))
        draft.reasons += lacking(self.declared, self.setup, draft, None, None)

    def _refuse_same_in_file(self, draft: Draft, taken: dict[str, list[Draft]]) -> None:
        """Two rows of a batch that would make one record twice, such as the same name of a company."""
        for key in self.declared.keys:
            text = key.of(draft)
            if text is None or not (draft.is_print or key.unique):
                continue  # what the source tells apart by its own keys is apart
            earlier = taken.setdefault(text, [])
            for other in earlier:
                if key.agrees is None or key.agrees(draft, other.values):
                    draft.reasons.append(Reason(say("Row %(row)s means the same record.", row=other.row.number)))
                    return
            self.noticed.called_otherwise += bool(earlier)
            earlier.append(draft)

    # --- writing ------------------------------------------------------------------------------------------------------

    def write(self, session: Session, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
        """Write a batch; gives the facts of the import."""
        writing = Writing(session, self.setup, self.setup.by, self.setup.at, self.system)
        planned = [one.data for one in outcomes if one.data is not None and one.verb != "refused"]
        kept = [one for one in planned if one.row is not None or self.setup.options.mode != "update"]
        write_batch(self.declared, writing, kept, self.links)
        return writing.facts

    def finish(self, session: Session) -> bool:
        """Link rows of the file with each other, a thousand at once."""
        return self.own_links.settle(session)

    def remarks(self) -> list[Phrase]:
        """What is worth telling besides the counts."""
        self.noticed.loops, self.noticed.doubled = self.own_links.loops, self.exclusive.doubled
        return [*self._shut(), *self.noticed.phrases()]

    def _shut(self) -> list[Phrase]:
        """The columns that are not read since this person may not write them."""
        fields = self.declared.entity.fields
        labels = [fields[name].label if name in fields else self.declared.labels[name] for name in self.reader.shut]
        return [
            say("%(field)s is hidden from you or only to be read, so it was left out.", field=one) for one in labels
        ]
