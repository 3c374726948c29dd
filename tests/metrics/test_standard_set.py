"""Metrics of the standard set are taken into a project once, with definition, formula and source."""

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.foundation.measures import named_measures
from implementor.metrics.definitions import Named
from implementor.metrics.models import Metric
from implementor.metrics.standard import standard_metrics
from tests.auth.builders import reading
from tests.metrics.builders import Aim, aim

PAGE = "/projects/VEN/metrics/standard"


@pytest.fixture
def here(app: Flask) -> Aim:
    """A project without metrics."""
    return aim(app)


def test_what_is_ticked_is_taken_over_once_and_measured_as_offered(here: Aim) -> None:
    browser = here.browser()
    for _again in range(2):
        browser.get(PAGE)
        page = browser.post(PAGE, {"keys": ["income", "sales_healthy", "unknown"]})
    with reading(here.app) as session:
        found = list(session.scalars(select(Metric).order_by(Metric.id)))
    assert [(one.name, one.unit, one.measured_by) for one in found] == [
        ("Income of a month", "money", "query"), ("Open sales with all five marks", "percent", "query"),
    ]  # fmt: skip
    assert all(one.currency for one in found if one.unit == "money")
    assert "÷ open opportunities" in (found[1].purpose or "")
    assert page.status == 200


def test_every_metric_of_the_set_can_be_defined_and_says_where_it_comes_from(here: Aim) -> None:
    here.browser().get(PAGE).form("pick").submit(keys=list(standard_metrics))
    with reading(here.app) as session:
        assert len(session.scalars(select(Metric)).all()) == len(standard_metrics)
    for one in standard_metrics.values():
        assert str(one.source)
        if isinstance(one.definition, Named):
            assert named_measures[one.definition.measure].unit == one.unit


def test_who_only_looks_sees_the_set_and_takes_nothing(here: Aim) -> None:
    viewer = here.browser("viewer")
    assert "Take over" not in viewer.get(PAGE).text
    viewer.post(PAGE, {"keys": "income"}, status=403)
