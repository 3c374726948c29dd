"""Plans of going live from files: wave and number name a step, owners are known by address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.audiences.services.records import change_record, write_record
from implementor.cutover import permissions, queries
from implementor.cutover.catalogue import CUTOVER_STEP
from implementor.cutover.fitting import Brought, final, unfit
from implementor.cutover.models import OPEN, CutoverStep
from implementor.cutover.timing import in_order, read_numbers, write_numbers
from implementor.exchange.kinds import ImportKind, Outcome, Reason, Setup, import_kind
from implementor.exchange.readers.source import Row
from implementor.exchange.records.declaring import EXTERNAL_ID, Draft, Found, Key, Link, RecordImport, Writing
from implementor.exchange.records.importer import Planned
from implementor.exchange.records.writing import made
from implementor.exchange.running import BATCH
from implementor.exchange.values import email_of, line_of
from implementor.foundation.model import Rows
from implementor.foundation.text import folded, whole_number
from implementor.foundation.words import Phrase, say
from implementor.projects.importing import RegisterImporter, register_import

WAVE, OWNER = "wave_id", "owner_id"
PARTED = "\x1f"
HEADERS = {
    "number": "number|step no|step number|no.|nº|n°|#|número|paso n.º|número de paso|orden",
    "name": "what is done|step|task|activity|action|qué se hace|paso|tarea|actividad",
    OWNER: "who carries it out|owner|responsible|owner e-mail|assigned to|who|quién lo hace|responsable|"
           "correo del responsable|encargado",
    "after": "waits for|after|depends on|predecessors|predecessor|espera a|después de|depende de|predecesoras|"
             "predecesores",
    "starts_at": "not before|start|starts at|planned start|no antes de|inicio|comienzo|inicio planeado",
    "minutes": "minutes planned|minutes|duration|duration (min)|minutos planeados|minutos|duración|duración (min)",
    "point_of_no_return": "point of no return|no return|punto sin retorno|sin retorno",
    "way_back": "way back|rollback|back-out|backout plan|vuelta atrás|reversión|plan de reversión",
}  # fmt: skip
COLUMNS = ("number", "name", WAVE, OWNER, "after", "starts_at", "minutes", "point_of_no_return", "way_back")
"""What a file of a plan holds, in this order, when it leaves."""
EMPTY = {"after": "", "way_back": "", "point_of_no_return": False}
"""What fields hold that say nothing."""


class StepImporter(RegisterImporter):
    """Takes the rows of one file. All of it is one batch, so that a plan changes at once and not in parts."""

    def __init__(self, declared: RecordImport, session: Session, setup: Setup) -> None:
        super().__init__(declared, session, setup)
        self._is_over = False
        self._former: dict[int, int] = {}  # row -> whoever it names and who is not in the project any more
        self._places: dict[tuple[int, int], int] = {}
        owners = session.execute(queries.addresses_of_owners(project_id=self.project_id))
        self._owners_were = {row.email.lower(): row.id for row in owners}

    def possible_owners(self) -> Rows:
        """People of the project by address alone: a name finds nobody."""
        people = super().possible_owners().subquery()
        return select(people.c.id, people.c.email.label("name"), people.c.email)

    # --- understanding ------------------------------------------------------------------------------------------------

    def parse(self, rows: Sequence[Row]) -> list[Draft]:
        """Rows as drafts; what does not go into one batch is refused, since it may wait for what is in the other."""
        drafts = super().parse(rows)
        if self._is_over:
            for draft in drafts:
                why = say("A file brings at most %(most)s steps. Part it by waves.", most=BATCH)
                draft.reasons.append(Reason(why))
        self._is_over = True
        return drafts

    def _settle_owner(self, draft: Draft) -> None:
        """An address that nobody here has refuses its row, unless it may be that of whoever does the step already."""
        text = next((line_of(draft.row.cells[each]) for each in self.setup.columns_of(OWNER)), "")
        draft.values.pop(OWNER, None)
        draft.marks.pop(OWNER, None)
        former = self._owners_were.get(email_of(text) or "")
        if former is not None:
            self._former[draft.row.number] = former
        else:
            self.reader.fault(draft, _nobody(text))

    # --- deciding -----------------------------------------------------------------------------------------------------

    def plan(self, session: Session, drafts: Sequence[Draft], *, locking: bool) -> list[Outcome]:
        """What becomes of each row, each held to its whole plan."""
        for draft in drafts:
            if draft.is_unowned and not draft.reasons:
                self._settle_owner(draft)
        outcomes = super().plan(session, drafts, locking=locking)
        for outcome in _taken(outcomes):
            former = self._former.get(outcome.row.number)
            if former is not None and (outcome.data.row is None or outcome.data.row.owner_id != former):
                address = next(email for email, one in self._owners_were.items() if one == former)
                _refuse(outcome, _nobody(address))
        self._hold_to_plans(session, drafts, outcomes)
        return outcomes

    def faults(self, draft: Draft, whole: Mapping[str, Any], row: Any) -> Iterable[Reason]:
        """The plan of what has begun stays."""
        if row is not None and row.state != OPEN:
            yield Reason(say("%(name)s has begun. Open it again to change its plan.", name=row.name))

    def _hold_to_plans(self, session: Session, drafts: Sequence[Draft], outcomes: Sequence[Outcome]) -> None:
        rows: dict[int, list[Outcome]] = defaultdict(list)
        for outcome in _taken(outcomes):
            rows[_wave_of(outcome.data)].append(outcome)
        plans: dict[int, dict[int, tuple[int, ...]]] = {wave_id: {} for wave_id in rows}
        for row in session.execute(queries.waits_of(project_id=self.project_id, wave_ids=list(rows))):
            plans[row.wave_id][row.number] = read_numbers(row.after) or ()
        lost = {
            draft.values["number"] for draft, outcome in zip(drafts, outcomes, strict=True)
            if outcome.verb == "refused" and "number" in draft.values
        }  # fmt: skip
        for wave_id, outcomes_here in rows.items():
            brought = {one.row.number: _brought(one) for one in outcomes_here}
            refused = unfit(plans[wave_id], list(brought.values()), lost)
            for one in outcomes_here:
                if one.row.number in refused:
                    _refuse(one, Reason(refused[one.row.number], str(_label("after"))))
            whole = final(plans[wave_id], (one for row, one in brought.items() if row not in refused))
            self._places |= {(wave_id, number): place for place, number in enumerate(in_order(whole) or ())}

    # --- writing ------------------------------------------------------------------------------------------------------

    def write(self, session: Session, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
        """Write a plan, each step after those that it waits for."""
        return super().write(session, sorted(_taken(outcomes), key=self._place))

    def _place(self, outcome: Outcome) -> tuple[int, int]:
        wave_id = _wave_of(outcome.data)
        return wave_id, self._places[wave_id, _brought(outcome).number]

    def make(self, writing: Writing, draft: Draft) -> CutoverStep:
        """Write the step down."""
        step: CutoverStep = write_record(
            writing.session, CutoverStep, project_id=self.project_id, values=draft.values, by=writing.by, at=writing.at
        )
        return step

    def change(self, writing: Writing, record: Any, planned: Planned) -> None:
        """Describe the step anew."""
        change_record(writing.session, record, planned.after, by=writing.by, at=writing.at)

    def _make(self, writing: Writing, draft: Draft) -> None:
        """No key is kept: a step that gets another number here is not what the file calls by its old one."""
        record = self.make(writing, draft)
        fact = made(self.declared.kind, record.id, source_values=draft.marks)
        writing.facts.append({**fact, "version": record.version})


def step_import(project_id: int) -> RecordImport:
    """How the steps of a project come in."""
    return RecordImport(
        entity=CUTOVER_STEP,
        permission=permissions.EDIT,
        result_url=lambda _run: url_for("cutover.steps"),
        needs=("number",),
        headers=HEADERS,
        keys=(Key(_step_of, lambda of, texts: _by_number(of, texts, project_id), unique=True),),
        links=(Link(WAVE, lambda of, _by, texts: _waves(of, texts, project_id), headers="wave|ola"),),
        derive=_settle,
    )


def import_steps() -> ImportKind:
    """Let plans come in from files; wave and number name a step, so no column of keys is asked for."""
    kind = register_import(step_import, StepImporter)
    targets = tuple(one for one in kind.targets if one.name != EXTERNAL_ID)
    return import_kind(replace(kind, targets=targets, defaults_of=_wave_of_page))


def _wave_of_page(session: Session, project_id: int | None, about: str) -> Mapping[str, str]:
    """The wave from whose page the import begins, for rows that name none."""
    rows = session.execute(queries.waves_by_name(project_id=project_id or 0))
    found = next((row for row in rows if str(row.number) == about.strip()), None)
    return {WAVE: found.name} if found is not None else {}


def _settle(draft: Draft) -> Iterable[Reason]:
    """Put the numbers that a row waits for into their form, and what was emptied into that of an empty field."""
    draft.values |= {name: usual for name, usual in EMPTY.items() if draft.values.get(name, usual) is None}
    text = draft.values.get("after", "")
    numbers = read_numbers(text)
    if numbers is None:
        yield Reason(say("Write numbers of steps, such as 2, 5."), str(_label("after")), text)
    elif "after" in draft.values:
        draft.values["after"] = write_numbers(numbers)


def _step_of(draft: Draft) -> str | None:
    wave, number = draft.links.get(WAVE), draft.values.get("number")
    return f"{wave}{PARTED}{number}" if wave and number is not None else None


def _by_number(session: Session, texts: Collection[str], project_id: int) -> Found:
    pairs = {text: text.rsplit(PARTED, 1) for text in texts}
    waves = _waves(session, {wave for wave, _number in pairs.values()}, project_id)
    meant = {text: (waves[wave][0], int(number)) for text, (wave, number) in pairs.items() if len(waves[wave]) == 1}
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    ids = {wave_id for wave_id, _number in meant.values()}
    for row in session.execute(queries.numbers_of(project_id=project_id, wave_ids=ids)):
        found[row.wave_id, row.number].append(row.id)
    return {text: found.get(pair, []) for text, pair in meant.items()}


def _waves(session: Session, texts: Collection[str], project_id: int) -> Mapping[str, Sequence[int]]:
    """Waves by name, or else by number."""
    names: dict[str, list[int]] = defaultdict(list)
    numbers: dict[int | None, list[int]] = {}
    for row in session.execute(queries.waves_by_name(project_id=project_id)):
        names[folded(row.name)].append(row.id)
        numbers[row.number] = [row.id]
    return {text: names.get(folded(text)) or numbers.get(whole_number(text), []) for text in texts}


def _taken(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return [one for one in outcomes if one.data is not None and one.verb in ("created", "updated")]


def _wave_of(planned: Planned) -> int:
    wave_id: int = planned.row.wave_id if planned.row is not None else planned.draft.values[WAVE]
    return wave_id


def _brought(outcome: Outcome) -> Brought:
    planned: Planned = outcome.data
    whole = {**(planned.row._mapping if planned.row is not None else {}), **planned.draft.values}
    after = planned.after.get("after", planned.row.after) if planned.row is not None else whole.get("after")
    return Brought(outcome.row.number, whole["number"], read_numbers(after or "") or ())


def _refuse(outcome: Outcome, reason: Reason) -> None:
    outcome.verb, outcome.reasons, outcome.data, outcome.emptied = "refused", [reason], None, ()


def _nobody(text: str) -> Reason:
    why = say("Nobody in the project has this address. Nobody is found by a name.")
    return Reason(why, str(_label(OWNER)), text, is_spare=True)


def _label(name: str) -> Phrase:
    return CUTOVER_STEP.fields[name].label
