"""The gate checks about direction fail while something is missing and pass when it is there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Flask

from implementor.discovery import agreement_services
from implementor.discovery.models import ServiceAgreement
from implementor.metrics.models import Metric
from implementor.stages.checks import GatePlace, Reading, checks
from tests.auth.builders import reading, working
from tests.discovery.builders import Direction, agreement, direction
from tests.projects.builders import NOW

NOTHING: Mapping[str, Any] = {}


def read(there: Direction, name: str) -> Reading:
    with reading(there.app) as session:
        return checks[name].read(session, GatePlace(there.aim.project_id, "VEN"), NOTHING)


def test_objectives_are_measured_when_each_has_a_priority_and_a_complete_metric(app: Flask) -> None:
    there = direction(app)
    assert not read(there, "objectives_measured").passes(100)
    whole, bare = there.objective("Whole"), there.objective("Bare", priority=None)
    for objective_id in (whole, bare):
        there.judge(objective_id, there.aim.metric(name=f"Metric {objective_id}"))
    found = read(there, "objectives_measured")
    assert (found.missing, found.passes(100), found.passes(50)) == (("Bare",), False, True)
    half = there.objective("Half")
    there.judge(half, there.aim.metric(name="No baseline", baseline=None))
    assert read(there, "objectives_measured").missing == ("Half", "Bare")


def test_an_objective_is_on_target_when_the_target_itself_is_met(app: Flask) -> None:
    there = direction(app)
    metric_id = there.aim.metric()
    there.judge(there.objective(), metric_id)
    assert not read(there, "objectives_on_target").passes(100)
    there.aim.measure(metric_id, (date(2026, 1, 20), "48"))
    assert not read(there, "objectives_on_target").passes(100)
    there.aim.measure(metric_id, (date(2026, 2, 20), "39.5"))
    assert read(there, "objectives_on_target").passes(100)


def test_each_benefit_is_kept_by_whoever_owns_its_metric(app: Flask) -> None:
    there = direction(app)
    assert not read(there, "benefits_owned").passes(100)
    objective_id, metric_id = there.objective(), there.aim.metric(owner_id=None)
    there.benefit(objective_id, title="Less overtime", metric_id=metric_id)
    assert read(there, "benefits_owned").missing == ("Less overtime",)
    with working(app, there.aim.by()) as session:
        session.get_one(Metric, metric_id).owner_id = there.aim.by().user_id
    assert read(there, "benefits_owned").passes(100)
    there.benefit(objective_id, title="Fewer visits", metric_id=None)
    assert read(there, "benefits_owned").missing == ("Fewer visits",)


def test_the_agreement_is_signed_by_both_and_then_reviewed(app: Flask) -> None:
    deal = agreement(app)
    deal.sign(deal.marketing)
    assert not read(deal.there, "agreement_signed").passes(100)
    deal.sign(deal.sales)
    assert read(deal.there, "agreement_signed").passes(100)
    assert not read(deal.there, "agreement_reviewed").passes(100)
    by = deal.there.aim.by()
    with working(app, by) as session:
        found = session.get_one(ServiceAgreement, deal.agreement_id)
        agreement_services.review(session, found, outcome="kept", note="All kept", by=by, at=NOW)
    assert read(deal.there, "agreement_reviewed").passes(100)
