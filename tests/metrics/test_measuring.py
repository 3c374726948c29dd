"""Metrics and measurements: stated, written down, corrected in sight, judged; seen only inside their project."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from implementor.foundation.errors import InvalidInput
from implementor.history.services import CannotUndo
from implementor.metrics import services
from implementor.metrics.models import Metric
from tests.auth.builders import working
from tests.machinery.statements import counting
from tests.metrics.builders import Aim, aim
from tests.projects.builders import NOW

LIST = "/projects/VEN/metrics"


def page_of(there: Aim, metric_id: int, who: str = "lead") -> Any:
    return there.browser(who).get(f"{LIST}/{metric_id}")


def test_a_metric_is_stated_measured_and_judged(app: Flask) -> None:
    there = aim(app)
    page = there.browser().get(LIST).follow("New metric")
    stated = {"name": "Closing rate", "unit": "percent", "direction": "up", "baseline": "20", "target": "30"}
    page = page.form("main form").submit(stated, baseline_on="2025-01-01", due_on="2025-06-01")
    assert page.heading == "Closing rate"
    assert "Not measured" in page.text
    page = page.form("#measure").submit(on="2025-06-01", value="31.5 %", evidence="Board report",
                                        evidence_url="example.com/board")  # fmt: skip
    assert "On target" in page.text
    assert page.links["Board report opens in a new tab"] == "https://example.com/board"


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"value": ""}, "Give the value."),
        ({"value": "many"}, "“many” is not a number."),
        ({"value": "1.23456"}, "Up to four decimals are kept."),
        ({"value": "1e30"}, "too large"),
        ({"on": ""}, "Choose a day."),
        ({"on": "2999-01-01"}, "of today or of a day before"),
        ({"evidence_url": "javascript:alert(1)"}, "not a web address"),
        ({"evidence": "x" * 1001}, "Up to 1000 characters"),
    ],
)
def test_a_measurement_that_cannot_be_kept_says_why_and_changes_nothing(
    app: Flask, sent: dict[str, str], reason: str
) -> None:
    there = aim(app)
    page = page_of(there, there.metric(), "member")
    page = page.form("#measure").submit(status=422, **{"on": "2026-01-05", "value": "48", **sent})
    assert reason in page.text
    assert there.measurements() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"direction": "up"}, "target"),
        ({"target": Decimal(60)}, "target"),
        ({"due_on": date(2026, 1, 1)}, "due_on"),
        ({"unit": "money"}, "currency"),
        ({"direction": "range"}, "target_top"),
        ({"direction": "range", "target_top": Decimal(40)}, "target_top"),
        ({"owner_id": 10**6}, "owner_id"),
    ],
)
def test_values_that_contradict_each_other_are_refused(app: Flask, values: dict[str, Any], field: str) -> None:
    there = aim(app)
    with pytest.raises(InvalidInput) as refused:
        there.metric(**values)
    assert field in refused.value.errors


def test_a_correction_stands_instead_and_both_stay_in_sight(app: Flask) -> None:
    there = aim(app)
    metric_id = there.metric()
    there.measure(metric_id, (date(2026, 1, 10), "480"))
    page = page_of(there, metric_id, "member").follow("Correct Jan 10, 2026")
    page = page.form("#correct").submit(value="48", reason="A zero too many")
    assert "Correction: A zero too many" in page.text
    wrong, right = there.measurements()
    assert (wrong.value, right.value, right.corrects_id) == (Decimal(480), Decimal(48), wrong.id)
    assert there.stored(metric_id).latest == Decimal(48)
    again = f"{LIST}/{metric_id}/measurements/{wrong.id}/correction"
    refused = page.browser.get(again).form("#correct").submit(status=409, value="47", reason="Once more")
    assert "was corrected already" in refused.text


def test_withdrawn_the_measurement_before_it_counts_again(app: Flask) -> None:
    there = aim(app)
    metric_id = there.metric()
    there.measure(metric_id, (date(2026, 1, 10), "49"), (date(2026, 1, 20), "12"))
    latest = there.measurements()[-1]
    url = f"{LIST}/{metric_id}/measurements/{latest.id}/correction"
    browser = there.browser()
    refused = browser.get(url).form("#correct").submit(status=422, value="", reason="")
    assert "what was wrong" in refused.text
    refused.form("#correct").submit(value="", reason="Of another team")
    assert there.stored(metric_id).latest == Decimal(49)


def test_a_measurement_is_not_undone_but_corrected(app: Flask) -> None:
    there = aim(app)
    metric_id = there.metric()
    there.measure(metric_id, (date(2026, 1, 10), "49"))
    with pytest.raises(CannotUndo):
        there.undo()
    with working(app, there.by()) as session:
        metric = session.get_one(Metric, metric_id)
        services.change_metric(session, metric, {"target": Decimal(30)}, by=there.by(), at=NOW)
    there.undo()
    assert there.stored(metric_id).target == Decimal(40)


def test_an_archived_metric_is_not_measured(app: Flask) -> None:
    there = aim(app)
    metric_id = there.metric()
    page = page_of(there, metric_id)
    page.form("form[action$='archive']").submit()
    sent = {"on": "2026-01-05", "value": "48"}
    answer = page.browser.post(f"{LIST}/{metric_id}/measurements", sent, status=409)
    assert "is archived" in answer.text


def test_the_file_holds_everything_that_was_written_down(app: Flask) -> None:
    there = aim(app)
    metric_id = there.metric()
    there.measure(metric_id, (date(2026, 1, 10), "49.5"), (date(2026, 1, 20), "48"))
    answer = there.browser("viewer").client.get(f"{LIST}/{metric_id}/measurements/export")
    lines = answer.get_data(as_text=True).splitlines()
    assert lines[2].startswith("2026-01-20,48")
    assert len(lines) == 4


def test_a_page_with_one_measurement_and_with_forty_costs_the_same(app: Flask) -> None:
    there = aim(app)
    metric_id = there.metric()
    there.measure(metric_id, (date(2026, 1, 1), "50"), (date(2026, 1, 2), "50"), (date(2026, 1, 3), "49"))
    browser = there.browser()
    browser.get(f"{LIST}/{metric_id}")
    with counting() as few:
        browser.get(f"{LIST}/{metric_id}")
    there.measure(metric_id, *((date(2026, 1, 4) + timedelta(days=day), "48") for day in range(40)))
    with counting() as many:
        page = browser.get(f"{LIST}/{metric_id}")
    assert len(many) <= len(few), many.beyond(few)
    assert len(page.texts("#measurements tbody tr")) == 43


def test_another_project_knows_nothing_of_it(app: Flask) -> None:
    there, elsewhere = aim(app), aim(app, "SER")
    metric_id = there.metric()
    stranger = elsewhere.browser()
    stranger.get(f"{LIST}/{metric_id}", status=404)
    stranger.get(f"/projects/SER/metrics/{metric_id}", status=404)
    stranger.get(f"/projects/SER/metrics/{metric_id}/measurements/export", status=404)


def test_a_range_below_zero_is_drawn_and_judged(app: Flask) -> None:
    there = aim(app)
    goal = {"unit": "money", "currency": "EUR", "direction": "range", "baseline": Decimal(-90), "target": Decimal(-20)}
    due = {"target_top": Decimal("10.5"), "baseline_on": date(2025, 1, 1), "due_on": date(2025, 6, 1)}
    metric_id = there.metric(name="Balance", **goal, **due)
    there.measure(metric_id, (date(2025, 3, 1), "-60"), (date(2025, 6, 1), "-5"))
    page = page_of(there, metric_id, "viewer")
    assert "On target" in page.text
    assert page.texts(".stat-value") == ["-€90", "-€5", "-€20 to €10.50"]
    assert len(page.all("#metric_chart a")) == 2
