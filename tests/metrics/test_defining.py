"""Metrics that are measured from the records: put together in a form, measured by a worker, opened, parted, changed."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from implementor.foundation.errors import Refusal
from implementor.history.models import Action
from implementor.history.services import undo_action
from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from implementor.metrics.definitions import Formula, Query, Ratio, Window
from implementor.metrics.models import Metric
from implementor.metrics.patience import TakesTooLong, soon
from implementor.metrics.schedule import ask_for_due
from implementor.web.database import writing_session
from tests.auth.builders import reading, working
from tests.crm.opportunities.sales import Sales, sales
from tests.machinery.statements import counting
from tests.metrics.builders import Aim, aim
from tests.metrics.measured import TODAY, defined, measured, redefine, tally
from tests.projects.builders import NOW

LIST = "/projects/VEN/metrics"
RATE = Query("opportunity", "share", filters={"status": ("won", "lost")}, part={"status": ("won",)})


def won_and_lost(there: Sales) -> None:
    """Two sales that were won, one that was lost, one still open."""
    for name, stage in (("Roof", "won"), ("Door", "won"), ("Gate", "lost"), ("Wall", None)):
        sale = there.sale(name, who="crm_admin", amount=100_000, currency="EUR")
        if stage:
            why: dict[str, Any] = {"loss_reason": "price"} if stage == "lost" else {}
            there.move(sale, stage, "crm_admin", **why)


def page_of(there: Aim, metric_id: int, tail: str = "") -> Any:
    return there.browser().get(f"{LIST}/{metric_id}{tail}")


def test_a_share_is_put_together_previewed_kept_measured_and_opened(app: Flask) -> None:
    won_and_lost(sales(app))
    there = aim(app)
    metric_id = there.metric(name="Closing rate", unit="number", baseline=None, target=None, direction="up")
    page = page_of(there, metric_id).follow("Change how it is measured")
    asked = "?how=query&a-entity=opportunity&a-aggregate=share&a-f-status=won,lost&a-p-status=won"
    page = page.browser.get(f"{LIST}/{metric_id}/definition{asked}")
    assert "Share of Opportunities with Status: Won among those with Status: Won or Lost" in page.text
    assert "66.67" in page.text
    page = page.form("#preview form").submit()
    assert page.heading == "Closing rate"
    assert there.stored(metric_id).unit == "percent"
    measured(there, metric_id)
    [one] = there.measurements()
    assert (one.value, one.numerator, one.denominator, one.n) == (Decimal("66.6667"), Decimal(2), Decimal(3), 3)
    page = page_of(there, metric_id)
    assert "(2 / 3)" in page.text
    page = page.browser.get(f"{LIST}/{metric_id}/records?measurement={one.id}")
    assert "they are for people of the CRM" in page.text


def test_what_was_measured_by_another_definition_stays_in_sight_but_counts_no_longer(app: Flask) -> None:
    won_and_lost(sales(app))
    there = aim(app)
    metric_id = defined(there, Query("opportunity"), unit="count")
    measured(there, metric_id)
    measured(there, metric_id)
    assert [one.value for one in there.measurements()] == [Decimal(4)], "the same is not written down twice a day"
    redefine(there, metric_id, Query("opportunity", filters={"status": ("open",)}))
    assert there.stored(metric_id).latest is None
    measured(there, metric_id)
    assert [(one.value, one.definition_number) for one in there.measurements()] == [(Decimal(4), 1), (Decimal(1), 2)]
    page = page_of(there, metric_id)
    assert "of another definition" in page.text
    assert "Versions of the definition (2)" in page.text
    with working(app, there.by()) as session:
        last = session.scalars(select(Action).where(Action.verb == "metric.define").order_by(Action.id.desc()).limit(1))
        undo_action(session, last.one(), by=there.by(), at=NOW)
    assert there.stored(metric_id).definition_number == 3
    assert there.stored(metric_id).definition == {
        "schema": 1, "how": "query", "query": {"entity": "opportunity", "aggregate": "count"},
    }  # fmt: skip


def test_formulas_follow_what_they_need_and_say_why_they_have_no_value(app: Flask) -> None:
    won_and_lost(sales(app))
    there = aim(app)
    lost = defined(there, Query("opportunity", filters={"status": ("lost",)}), name="Lost", unit="count")
    every = defined(there, Query("opportunity"), name="Every sale", unit="count")
    share = defined(there, Formula("100 * lost / every_sale"), name="Share lost", unit="percent")
    for metric_id in (lost, every, share):
        measured(there, metric_id)
    assert there.stored(share).latest == Decimal(25)
    with pytest.raises(Refusal) as ring:
        redefine(there, lost, Formula("share_lost + 1"))
    assert "lost → share_lost → lost" in str(ring.value.reason) or "share_lost → lost" in str(ring.value.reason)
    redefine(there, share, Formula("lost / (every_sale - 4)"))
    measured(there, share)
    assert there.stored(share).latest is None
    assert "“every_sale - 4” is zero" in page_of(there, share).text


SLOW = text("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 30000000) SELECT count(*) FROM t")
UNFIT: list[tuple[Any, str]] = [
    (Query("opportunity", filters={"owner": ("me",)}), "somebody else for every reader"),
    (Query("opportunity", filters={"colour": ("red",)}), "have no field “colour” now"),
    (Query("unicorn"), "are not measured here"),
    (Query("opportunity", "average", "name"), "is no number"),
    (Query("opportunity", "median", between=("began_at", "moon")), "have no time “moon” now"),
    (Query("lead", filters={"email": ("a@example.com",)}), "E-mail is hidden from you"),
    (Query("opportunity", "sum", "amount"), "give the metric that unit"),
    (Formula("nobody * 2"), "no metric with the key nobody"),
    (Formula("__import__('os')"), "has no place in a formula"),
]


def test_what_cannot_be_measured_is_refused_with_the_reason(app: Flask) -> None:
    there = aim(app)
    metric_id = there.metric(baseline=None, target=None)
    for definition, why in UNFIT:
        with pytest.raises(Refusal) as refused:
            redefine(there, metric_id, definition)
        assert why in str(refused.value.reason)
    assert there.stored(metric_id).definition_number is None


def test_nothing_to_divide_by_is_told_and_several_currencies_are_converted_or_not_put_in_order(app: Flask) -> None:
    there = sales(app)
    assert "No records meet the filters" in str(tally(app, RATE, "percent").reason)
    by_none = Ratio(Query("opportunity"), Query("opportunity", filters={"status": ("won",)}))
    assert "zero" in str(tally(app, by_none).reason)
    there.sale("Roof", amount=100_000, currency="EUR")
    there.sale("Door", amount=100_000, currency="USD")
    total = Query("opportunity", "sum", "amount")
    assert "rate of USD" in str(tally(app, total, "money", "EUR").reason)
    there.rate("USD", "0.9")
    assert tally(app, total, "money", "EUR", on=TODAY + timedelta(days=400)).value == Decimal(1900)
    assert "several currencies" in str(tally(app, Query("opportunity", "median", "amount"), "money", "EUR").reason)


def test_a_figure_is_parted_with_a_bar_for_each_and_people_of_the_crm_open_its_records(app: Flask) -> None:
    company, there = sales(app), aim(app)
    won_and_lost(company)
    metric_id = defined(there, Query("opportunity", group_by="status"), unit="count")
    page = page_of(there, metric_id, "/breakdown?by=status")
    assert [cell in page.text for cell in ("Won", "Lost", "Open")] == [True, True, True]
    assert page.browser.get(f"{LIST}/{metric_id}/breakdown?by=nothing", status=404)
    team = page_of(there, metric_id, "/breakdown?by=owners_team")
    assert team.heading.endswith("by Team of the owner")


def test_the_page_of_a_metric_asks_the_same_however_often_it_was_measured(app: Flask) -> None:
    won_and_lost(sales(app))
    there = aim(app)
    metric_id = defined(there, RATE, unit="percent")
    measured(there, metric_id)
    browser = there.browser()
    browser.get(f"{LIST}/{metric_id}")
    with counting() as one:
        browser.get(f"{LIST}/{metric_id}")
    with writing_session(app) as session:
        metric = session.get_one(Metric, metric_id)
        assert metric.definition_number == 1
    there.measure(metric_id, *((TODAY - timedelta(days=day), str(day)) for day in range(1, 9)))
    with counting() as many:
        browser.get(f"{LIST}/{metric_id}")
    assert len(many) == len(one), many.beyond(one)


def test_a_metric_is_listed_measured_and_shown_by_commands(app: Flask) -> None:
    won_and_lost(sales(app))
    there = aim(app)
    defined(there, RATE, name="Closing rate", unit="percent")
    run = app.test_cli_runner().invoke
    done = run(args=["metric", "run", "VEN", "--json"])
    assert done.exit_code == 0, done.output
    [told] = json.loads(done.output)["metrics"]
    assert (told["key"], told["numerator"], told["denominator"]) == ("closing_rate", 2.0, 3.0)
    assert told["value"] == pytest.approx(66.6667)
    assert json.loads(run(args=["metric", "list", "VEN", "--json"]).output)["metrics"][0]["status"] == "not_measured"
    assert "Share of Opportunities" in run(args=["metric", "show", "VEN", "closing_rate"]).output
    assert run(args=["metric", "show", "VEN", "nothing"]).exit_code == 1
    assert run(args=["metric", "run", "VEN", "--as", there.people["viewer"].email]).exit_code == 1


def test_what_is_due_is_asked_for_once_a_day(app: Flask) -> None:
    there = aim(app)
    metric_id = defined(there, Query("story"), unit="count")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert ask_for_due(app) == 1
    assert ask_for_due(app) == 0, "the job waits already"
    with reading(app) as session:
        job_id = session.scalars(select(Job.id)).one()
    result = run_inline(app, job_id).result or {}
    assert (result["measured"], result["written"]) == (1, 1)
    assert there.stored(metric_id).latest == 0
    assert ask_for_due(app) == 0
    assert ask_for_due(app, tomorrow) == 1


def test_a_count_that_takes_too_long_is_left_to_a_worker(app: Flask) -> None:
    with reading(app) as session, pytest.raises(TakesTooLong):
        soon(session, lambda: session.scalar(SLOW), seconds=0.05)
    with reading(app) as session:
        assert soon(session, lambda: session.scalar(select(1))) == 1


DRAFTS = [
    ("how=ratio&a-entity=opportunity&a-aggregate=sum&a-field=amount&b-entity=lead", "divided by is zero"),
    ("how=ratio&a-entity=opportunity&b-entity=opportunity&b-f-status=open", "400"),
    ("how=formula&expression=1%2B2", "3"),
    ("how=formula&expression=", "Write the formula."),
    ("how=manual", "People write it down"),
    ("how=query&a-entity=opportunity&a-aggregate=median&a-field=~between", "or two times"),
    ("how=query&a-entity=opportunity&a-aggregate=median&a-field=~between&a-start=began_at&a-end=closed_at", "days"),
    ("how=query&a-entity=opportunity&a-f-account=none&a-f-next_step=some&a-f-close_on=..today-1&a-f-more=owner", "0"),
    (
        "how=query&a-entity=opportunity&a-aggregate=percentile&a-field=probability&a-percentile=90&a-window=rolling",
        "90",
    ),
    ("how=query&a-entity=case&a-window=since&a-by=opened_at", "from which day on"),
    ("how=query&a-entity=nothing&a-aggregate=nothing&a-f-nothing=1&a-window=nothing", "Number of"),
]


def test_every_way_of_the_form_is_drawn_and_says_what_is_missing(app: Flask) -> None:
    won_and_lost(sales(app))
    there = aim(app)
    metric_id = there.metric(name="Draft", unit="percent", baseline=None, target=None, direction="up")
    browser = there.browser()
    for address, said in DRAFTS:
        assert said in browser.get(f"{LIST}/{metric_id}/definition?{address}").text, address
    there.browser("member").get(f"{LIST}/{metric_id}/definition", status=403)


def test_windows_are_of_the_day_that_is_measured(app: Flask) -> None:
    there = sales(app)
    there.sale("Roof", at=NOW - timedelta(days=40))
    there.sale("Door", at=NOW - timedelta(days=3))
    recent = Query("opportunity", window=Window("rolling", "began_at", 30))
    assert tally(app, recent).value == 1
    assert tally(app, recent, on=TODAY - timedelta(days=20)).value == 1
    assert tally(app, recent, on=TODAY - timedelta(days=90)).value == 0
