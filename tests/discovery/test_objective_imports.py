"""Objectives from files, each with the metric that judges it."""

from pathlib import Path

from flask import Flask
from sqlalchemy import select

from implementor.discovery.models import Objective, ObjectiveMetric
from implementor.metrics.models import Metric
from tests.auth.builders import reading
from tests.discovery.builders import direction
from tests.exchange.registers import Register, became

OBJECTIVES = (
    "Objetivo,Perspectiva,Prioridad,Responsable,Indicador\n"
    "Vender más rápido,Procesos internos,Alta,{lead},Sales cycle\n"
    "Cerrar mejor,Clientes,Media,,Tasa de cierre\nResponder a tiempo,,,,tasa de  cierre\n"
)


def test_objectives_come_in_with_the_metrics_that_judge_them(app: Flask, tmp_path: Path) -> None:
    there = direction(app)
    there.aim.metric()
    lead = there.aim.people["lead"]
    register = Register(app, there.aim.project_id, there.aim.by(), "objective", tmp_path)
    path = register.file(OBJECTIVES.format(lead=lead.email))
    run = register.bring(path)
    assert became(run) == (3, 0, 0, 0)
    assert became(register.bring(path)) == (0, 0, 3, 0)
    with reading(app) as session:
        found = {one.statement: one for one in session.scalars(select(Objective))}
        metrics = {one.id: one.name for one in session.scalars(select(Metric))}
        judged = {(row.objective_id, metrics[row.metric_id]) for row in session.scalars(select(ObjectiveMetric))}
    fast, well, soon = (found[name] for name in ("Vender más rápido", "Cerrar mejor", "Responder a tiempo"))
    assert (fast.perspective, fast.priority, fast.owner_id) == ("internal", "high", lead.id)
    assert sorted(metrics.values()) == ["Sales cycle", "Tasa de cierre"]
    assert judged == {(fast.id, "Sales cycle"), (well.id, "Tasa de cierre"), (soon.id, "Tasa de cierre")}
    undone = register.take_back(run)
    assert (undone.restored, undone.kept) == (4, [])


def test_a_later_list_changes_what_changed_and_another_projects_keys_mean_nothing(app: Flask, tmp_path: Path) -> None:
    there, other = direction(app), direction(app, "OTR")
    text = "Objective ID,Objective,Priority\nO-1,Sell faster,high\n"
    here = Register(app, there.aim.project_id, there.aim.by(), "objective", tmp_path)
    elsewhere = Register(app, other.aim.project_id, other.aim.by(), "objective", tmp_path)
    assert became(here.bring(here.file(text))) == (1, 0, 0, 0)
    assert became(elsewhere.bring(elsewhere.file(text))) == (1, 0, 0, 0)
    assert became(here.bring(here.file(text.replace("Sell faster,high", "Sell much faster,low")))) == (0, 1, 0, 0)
    with reading(app) as session:
        found = session.execute(select(Objective.project_id, Objective.statement, Objective.priority)).all()
    assert sorted(map(tuple, found)) == [
        (there.aim.project_id, "Sell much faster", "low"), (other.aim.project_id, "Sell faster", "high"),
    ]  # fmt: skip
