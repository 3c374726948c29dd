"""Finding migration runs, their figures and signatures, and counting what came in from a system."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, func, literal, select, true, type_coerce
from sqlalchemy.orm import aliased

from implementor.auth.models import User
from implementor.exchange.origin import came_from
from implementor.foundation.fields import Entity, Scope
from implementor.foundation.model import Rows
from implementor.foundation.permissions import Actor
from implementor.projects.models import Project
from implementor.projects.queries import is_visible_to
from implementor.releases.figures import Measure
from implementor.releases.models import MigrationFigure, MigrationRun, MigrationSignature

PART = 1_000_000
"""Sums are added up in two parts, the millions and the rest, so that no database runs out of digits."""
Explainer, Signer, Reopener = aliased(User), aliased(User), aliased(User)


def runs_in_use(scope: Scope) -> Select[MigrationRun]:
    """The runs of the scope's project that are not put away."""
    return select(MigrationRun).where(MigrationRun.project_id == scope.project_id, MigrationRun.archived_at.is_(None))


def run_in_scope(scope: Scope, run_id: int) -> Select[MigrationRun]:
    """One run of the scope's project, put away or not."""
    return select(MigrationRun).where(MigrationRun.project_id == scope.project_id, MigrationRun.id == run_id)


def titles_of_runs(actor: Actor, ids: Iterable[int]) -> Rows:
    """Visible runs of these ids as rows (id, title, project_key, number), to name them in other places."""
    return (
        select(
            MigrationRun.id, MigrationRun.name.label("title"), Project.key.label("project_key"),
            literal(None).label("number"),
        )
        .join(Project, Project.id == MigrationRun.project_id)
        .where(MigrationRun.id.in_(list(ids)), is_visible_to(actor))
    )  # fmt: skip


def figures_of_run(*, run_id: int) -> Select[MigrationFigure]:
    """The figures of a run: those of one kind and system together, the number of records first."""
    order = (MigrationFigure.kind, MigrationFigure.system, MigrationFigure.measure, MigrationFigure.currency)
    found = select(MigrationFigure).where(MigrationFigure.run_id == run_id, MigrationFigure.archived_at.is_(None))
    return found.order_by(*order)


def explainers_of_run(*, run_id: int) -> Rows:
    """Rows (figure id, name) of who explained differences of a run."""
    return (
        select(MigrationFigure.id, Explainer.name)
        .join(Explainer, Explainer.id == MigrationFigure.explained_by_id)
        .where(MigrationFigure.run_id == run_id, MigrationFigure.archived_at.is_(None))
    )


def figure_in_run(*, run_id: int, figure_id: int) -> Select[MigrationFigure]:
    """One figure of a run that is in use."""
    return figures_of_run(run_id=run_id).where(MigrationFigure.id == figure_id)


def signatures_of_run(*, run_id: int) -> Rows:
    """Rows (MigrationSignature, signer, reopener) of a run, the latest first."""
    return (
        select(MigrationSignature, Signer.name.label("signer"), Reopener.name.label("reopener"))
        .outerjoin(Signer, Signer.id == MigrationSignature.signed_by_id)
        .outerjoin(Reopener, Reopener.id == MigrationSignature.reopened_by_id)
        .where(MigrationSignature.run_id == run_id)
        .order_by(MigrationSignature.id.desc())
    )


def standing_signature(*, run_id: int) -> Select[MigrationSignature]:
    """The signature that has not been withdrawn."""
    found = select(MigrationSignature).where(MigrationSignature.run_id == run_id)
    return found.where(MigrationSignature.reopened_at.is_(None))


def figures_found(entity: Entity, origins: Sequence[str], measures: Sequence[tuple[Measure, str]]) -> Rows:
    """One row about all records of a kind that came from the origins, whoever may see them.

    Its columns: `records` in use, `archived`, `merged`, and for the measure at each place the parts of its sum in its
    currency (`millions_0`, `rest_0`) and the records with another currency (`others_0`).
    """
    model = entity.model
    merged = getattr(model, "merged_into_id", None)
    is_merged = None if merged is None else merged.is_not(None)
    in_use = and_(model.archived_at.is_(None), true() if is_merged is None else ~is_merged)
    put_away = and_(model.archived_at.is_not(None), true() if is_merged is None else ~is_merged)
    columns: list[Any] = [
        func.count(case((in_use, 1))).label("records"),
        func.count(case((put_away, 1))).label("archived"),
        func.count(None if is_merged is None else case((is_merged, 1))).label("merged"),
    ]
    for place, (measure, currency) in enumerate(measures):
        columns += _sum(measure, currency, in_use, place)
    return select(*columns).select_from(model).where(came_from(model, origins))


def _sum(measure: Measure, currency: str, in_use: ColumnElement[bool], place: int) -> list[ColumnElement[Any]]:
    if measure.field is None:
        return []
    value = type_coerce(measure.field.column, BigInteger)
    code: Any = measure.currency
    by_column = measure.is_money and not isinstance(code, str)
    counted = and_(in_use, code == currency) if by_column else in_use
    found: list[ColumnElement[Any]] = [
        func.coalesce(func.sum(case((counted, value // PART))), 0).label(f"millions_{place}"),
        func.coalesce(func.sum(case((counted, value % PART))), 0).label(f"rest_{place}"),
    ]
    if by_column:
        others = and_(in_use, measure.field.column.is_not(None), code != currency)
        found.append(func.count(case((others, 1))).label(f"others_{place}"))
    return found


def runs_with_figures(*, project_id: int, wave_id: int | None) -> Rows:
    """Rows (id, name, MigrationFigure or None) of the runs of a wave, or of the whole project where there is none."""
    in_use = and_(MigrationFigure.run_id == MigrationRun.id, MigrationFigure.archived_at.is_(None))
    found = (
        select(MigrationRun.id, MigrationRun.name, MigrationFigure)
        .outerjoin(MigrationFigure, in_use)
        .where(MigrationRun.project_id == project_id, MigrationRun.archived_at.is_(None))
        .order_by(MigrationRun.id, MigrationFigure.id)
    )
    return found if wave_id is None else found.where(MigrationRun.wave_id == wave_id)
