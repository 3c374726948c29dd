"""What can happen to a migration run: figures expected, counted, explained; signed, and opened again for a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from implementor.exchange.origin import origins_of, runs_that_stand
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import Actor
from implementor.foundation.text import clean, clean_line
from implementor.foundation.words import say, say_n
from implementor.history.services import name_action
from implementor.releases import queries
from implementor.releases.figures import LARGEST, ControlLine, Measure, measure_named
from implementor.releases.models import MigrationFigure, MigrationRun, MigrationSignature
from implementor.releases.reconciliation import SETTLED, compared, snapshot

LONGEST_SYSTEM, LONGEST_TEXT = 80, 4000
Key = tuple[str, str, str, str]
"""Kind, system, measure and currency of a figure."""


class AlreadySigned(Refusal):
    """The run is vouched for; its figures stay as they are until it is opened again."""


class NotSigned(Refusal):
    """There is no signature to withdraw."""


class NotReconciled(Refusal):
    """There is nothing to vouch for yet, or something is left to say."""


class CountedBefore(Refusal):
    """What is here is not what was counted last."""


class NamedTwice(Refusal):
    """The run has this figure already."""


@dataclass(frozen=True)
class Found:
    """What was counted for a figure, and what stands beside it and may explain a difference."""

    number: int
    beside: Mapping[str, int] = field(default_factory=dict)


def create_run(
    session: Session, *, project_id: int, values: Mapping[str, Any], by: Actor, at: datetime
) -> MigrationRun:
    """Begin a run. `values` are catalogue values."""
    run = MigrationRun(**values, project_id=project_id)
    session.add(run)
    name_action(
        session, say("Began the migration run %(name)s", name=run.name), verb="migration.create", project_id=project_id
    )
    session.flush()
    return run


def change_run(session: Session, run: MigrationRun, values: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Describe a run anew. Raises AlreadySigned."""
    refuse_signed(run)
    for name, value in values.items():
        setattr(run, name, value)
    _name(session, run, "migration.edit", say("Changed the migration run %(name)s", name=run.name))


def restore_run(session: Session, run: MigrationRun, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a run earlier values; neither its signature nor what was vouched for comes and goes that way."""
    refuse_signed(run)
    if {"signed_at", "signed_by_id"} & set(values):
        raise AlreadySigned(say("A signature is given and withdrawn on the page of the run."))
    for name, value in values.items():
        setattr(run, name, value)


def restore_figure(session: Session, figure: MigrationFigure, values: dict[str, Any], by: Actor, at: datetime) -> None:
    """Give a figure earlier values, unless its run is signed."""
    refuse_signed(session.get_one(MigrationRun, figure.run_id))
    for name, value in values.items():
        setattr(figure, name, value)


def expect(
    session: Session, run: MigrationRun, measure: Measure, *, system: str, currency: str, expected: int | None
) -> MigrationFigure:
    """A further figure of a run. Raises NamedTwice, AlreadySigned or InvalidInput."""
    refuse_signed(run)
    system = clean_line(system) or run.system
    if len(system) > LONGEST_SYSTEM:
        raise InvalidInput({"system": say("Up to %(longest)s characters, please.", longest=LONGEST_SYSTEM)})
    wanted = (measure.entity.kind, system, measure.name, currency)
    known = session.scalars(queries.figures_of_run(run_id=run.id)).all()
    if any((one.kind, one.system, one.measure, one.currency) == wanted for one in known):
        raise NamedTwice(say("This run has that figure already. Change it instead."))
    return _add(session, run, wanted, expected)


def _add(session: Session, run: MigrationRun, key: Key, expected: int | None) -> MigrationFigure:
    kind, system, measure, currency = key
    figure = MigrationFigure(
        project_id=run.project_id, run_id=run.id, kind=kind, system=system, measure=measure, currency=currency,
        expected=expected, beside={},
    )  # fmt: skip
    session.add(figure)
    _name(session, run, "migration.expect", say("Named what %(name)s should have brought", name=run.name))
    session.flush()
    return figure


def expect_all(session: Session, run: MigrationRun, lines: Sequence[ControlLine], *, by: Actor, at: datetime) -> int:
    """Take over every figure that a control file expects; how many of them are new. Raises AlreadySigned."""
    refuse_signed(run)
    known = {
        (one.kind, one.system, one.measure, one.currency): one
        for one in session.scalars(queries.figures_of_run(run_id=run.id))
    }
    added = 0
    for line in lines:
        system = line.system or run.system
        key = (line.measure.entity.kind, system, line.measure.name, line.currency)
        if key in known:
            known[key].expected = line.expected
            _name(session, run, "migration.expect", say("Named what %(name)s should have brought", name=run.name))
            continue
        known[key] = _add(session, run, key, line.expected)
        added += 1
    return added


def change_figure(
    session: Session, run: MigrationRun, figure: MigrationFigure, *, expected: int | None, explanation: str, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Say what a figure should be, and why it is not. Raises AlreadySigned or InvalidInput."""
    refuse_signed(run)
    text = clean(explanation).strip()
    if len(text) > LONGEST_TEXT:
        raise InvalidInput({"explanation": say("Up to %(longest)s characters, please.", longest=LONGEST_TEXT)})
    figure.expected = expected
    if text != (figure.explanation or ""):
        figure.explanation = text or None
        figure.explained_at, figure.explained_by_id = (at, by.user_id) if text else (None, None)
    _name(session, run, "migration.explain", say("Put a figure of %(name)s right", name=run.name))


def put_figure_away(session: Session, run: MigrationRun, figure: MigrationFigure, *, by: Actor, at: datetime) -> None:
    """Leave a figure out of a run. Raises AlreadySigned."""
    refuse_signed(run)
    figure.archived_at, figure.archived_by_id = at, by.user_id
    _name(session, run, "migration.leave_out", say("Left a figure out of %(name)s", name=run.name))


# --- counting ---------------------------------------------------------------------------------------------------------


def found_now(session: Session, figures: Sequence[MigrationFigure]) -> dict[int, Found]:
    """What is here now, by figure; one statement for each kind and system. A kind that is gone is left out."""
    grouped: dict[tuple[str, str], list[tuple[MigrationFigure, Measure]]] = defaultdict(list)
    for figure in figures:
        measure = measure_named(figure.kind, figure.measure)
        if measure is not None:
            grouped[figure.kind, figure.system].append((figure, measure))
    runs = session.execute(runs_that_stand({kind for kind, _system in grouped})).all()
    found: dict[int, Found] = {}
    for (kind, system), asked in grouped.items():
        measures = [(measure, figure.currency) for figure, measure in asked]
        counted = queries.figures_found(asked[0][1].entity, origins_of(kind, system, runs), measures)
        row = session.execute(counted).one()
        found |= {figure.id: _found(row, measure, place) for place, (figure, measure) in enumerate(asked)}
    return found


def _found(row: Any, measure: Measure, place: int) -> Found:
    if measure.field is None:
        beside = {"archived": row.archived, "merged": row.merged}
        return Found(row.records, {name: count for name, count in beside.items() if count})
    number = int(getattr(row, f"millions_{place}")) * queries.PART + int(getattr(row, f"rest_{place}"))
    if abs(number) > LARGEST:
        raise Refusal(say("%(figure)s is too large to be kept.", figure=measure.label))
    others = getattr(row, f"others_{place}", 0)
    return Found(number, {"others": others} if others else {})


def keep_counts(
    session: Session, run: MigrationRun, figures: Sequence[MigrationFigure], found: Mapping[int, Found], *, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """Write down what was counted; beside a signature that stands, which keeps its own figures."""
    for figure in figures:
        if figure.id in found:
            figure.found, figure.beside = found[figure.id].number, dict(found[figure.id].beside)
    run.counted_at, run.counted_by_id = at, by.user_id
    _name(session, run, "migration.count", say("Counted what %(name)s brought", name=run.name))


# --- signing ----------------------------------------------------------------------------------------------------------


def sign(session: Session, run: MigrationRun, *, by: Actor, at: datetime) -> MigrationSignature:
    """Vouch for the figures as they are now; they are kept with the signature.

    Raises AlreadySigned, NotReconciled where anything is left to say, and CountedBefore where what is here now is not
    what the person saw.
    """
    refuse_signed(run)
    figures = session.scalars(queries.figures_of_run(run_id=run.id)).all()
    _refuse_unsettled(figures)
    found = found_now(session, figures)
    if any(one.id not in found or found[one.id].number != one.found for one in figures):
        raise CountedBefore(say("What is here changed since it was counted. Count again and look before you sign."))
    run.signed_at, run.signed_by_id = at, by.user_id
    signature = MigrationSignature(
        project_id=run.project_id, run_id=run.id, signed_at=at, signed_by_id=by.user_id, figures=snapshot(figures)
    )
    session.add(signature)
    _name(session, run, "migration.sign", say("Signed the migration run %(name)s", name=run.name))
    session.flush()
    return signature


def reopen(session: Session, run: MigrationRun, *, reason: str, by: Actor, at: datetime) -> None:
    """Withdraw the signature, which stays on record with its figures. Raises NotSigned and InvalidInput."""
    if not run.is_signed:
        raise NotSigned(say("%(name)s is not signed.", name=run.name))
    text = clean(reason).strip()
    if not text or len(text) > LONGEST_TEXT:
        raise InvalidInput({"reason": say("Say in a sentence why it is opened again.")})
    signature = session.scalars(queries.standing_signature(run_id=run.id)).one()
    signature.reopened_at, signature.reopened_by_id, signature.reason = at, by.user_id, text
    run.signed_at = run.signed_by_id = None
    _name(session, run, "migration.reopen", say("Opened the migration run %(name)s again", name=run.name))


def refuse_signed(run: MigrationRun) -> None:
    """Stop what would change a run that somebody vouched for."""
    if run.is_signed:
        raise AlreadySigned(say("%(name)s is signed. Open it again to change it.", name=run.name))


def _refuse_unsettled(figures: Sequence[MigrationFigure]) -> None:
    if not figures:
        raise NotReconciled(say("Name what should have come in, and count it, before you sign."))
    left = sum(one.state not in SETTLED for one in compared(figures, ()))
    if left:
        raise NotReconciled(
            say_n(
                "%(count)s figure is not settled: name what was expected, count it, and explain the difference.",
                "%(count)s figures are not settled: name what was expected, count them, and explain the differences.",
                left,
            )
        )


def _name(session: Session, run: MigrationRun, verb: str, summary: Any) -> None:
    name_action(session, summary, verb=verb, project_id=run.project_id)
