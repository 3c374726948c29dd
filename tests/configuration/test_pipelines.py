"""Pipelines and stages: certain ends, a stage retired under open sales, and undo of all of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from implementor.auth.models import Area
from implementor.configuration.models import PipelineStage
from implementor.configuration.stage_users import StageUser, stage_users
from implementor.foundation.pipelines import Pipeline
from implementor.foundation.words import Speech, speaking
from tests.auth.builders import reading, working
from tests.configuration.builders import administrator, live_now, sales
from tests.machinery.pages import Browser


@pytest.fixture
def address(app: Flask, browser: Browser) -> str:
    """The address of the shipped pipeline, for somebody who may change it."""
    administrator(app, browser)
    return f"/settings/pipelines/{sales(app).id}"


@pytest.fixture
def standing(app: Flask, address: str) -> Iterator[dict[str, int]]:
    """Areas that stand for open sales (named by their stage's id) while no package with sales is asked."""
    ids = {stage.key: stage.id or 0 for stage in pipeline(app).stages}
    with working(app) as session:
        session.add_all(Area(name=f"{ids['proposal']}:{number}") for number in range(3))
    kept = dict(stage_users)
    stage_users.clear()
    stage_users["area"] = StageUser("area", _counts, _move, lambda _stage: select(Area.id), lambda *_asked: [])
    yield ids
    stage_users.clear()
    stage_users.update(kept)


def _counts(stage_ids: list[int]) -> Any:
    rows = [
        select(PipelineStage.id, func.count(Area.id))
        .join(Area, Area.name.startswith(func.concat(PipelineStage.id, ":")))
        .where(PipelineStage.id.in_(stage_ids))
        .group_by(PipelineStage.id)
    ]
    return rows[0]


def _move(session: Any, stage_id: int, other_id: int, _by: Any, _at: Any) -> int:
    areas = session.scalars(select(Area).where(Area.name.startswith(f"{stage_id}:"))).all()
    for area in areas:
        area.name = area.name.replace(f"{stage_id}:", f"{other_id}:")
    return len(areas)


def pipeline(app: Flask) -> Pipeline:
    found = live_now(app).pipeline("sales")
    assert found is not None
    return found


def keys(app: Flask) -> list[str]:
    return [stage.key for stage in pipeline(app).offered]


def stands_in(app: Flask, stage_id: int) -> int:
    with reading(app) as session:
        return len(session.scalars(select(Area).where(Area.name.startswith(f"{stage_id}:"))).all())


def test_the_shipped_pipeline_is_there_in_both_languages(app: Flask, browser: Browser, address: str) -> None:
    assert keys(app) == ["qualification", "needs", "proposal", "negotiation", "won", "lost"]
    assert "Qualification" in browser.get(address).text
    with speaking(Speech("es")):
        assert str(pipeline(app).by_key["qualification"].name) == "Calificación"


def test_a_new_pipeline_has_a_stage_of_each_kind(app: Flask, browser: Browser, address: str) -> None:
    form = browser.get("/settings/pipelines").form("add_pipeline")
    form.submit(label_en="Renewals", label_es="Renovaciones", currency="EUR")
    made = live_now(app).pipeline("renewals")
    assert made is not None
    assert [(one.kind, one.probability, one.forecast) for one in made.stages] == [
        ("open", 10, "pipeline"), ("won", 100, "closed"), ("lost", 0, "omitted"),
    ]  # fmt: skip
    assert made.currency == "EUR"
    assert [one.key for one in live_now(app).offered_pipelines] == ["sales", "renewals"]


def test_a_new_open_stage_stands_before_the_ends(app: Flask, browser: Browser, address: str) -> None:
    form = browser.get(f"{address}/stages/new").form("stage")
    form.submit(
        label_en="Trial", label_es="Prueba", kind="open", probability="60", forecast="best_case", days_limit="9"
    )
    assert keys(app) == ["qualification", "needs", "proposal", "negotiation", "trial", "won", "lost"]
    stage = pipeline(app).by_key["trial"]
    assert (stage.probability, stage.forecast, stage.days_limit) == (60, "best_case", 9)


def test_won_is_certain_and_lost_is_out_whatever_is_typed(app: Flask, browser: Browser, address: str) -> None:
    page = browser.get(address).follow("Lost")
    page.form("stage").submit(probability="55", forecast="commit", label_en="Lost to others")
    stage = pipeline(app).by_key["lost"]
    assert (stage.probability, stage.forecast, str(stage.name)) == (0, "omitted", "Lost to others")
    with working(app) as session, pytest.raises(IntegrityError), session.begin_nested():
        session.execute(update(PipelineStage).where(PipelineStage.key == "won").values(probability=90))


@pytest.mark.parametrize("typed", ["101", "-1", "many", "", "9" * 20])
def test_a_probability_that_is_none_is_refused(browser: Browser, address: str, typed: str) -> None:
    page = browser.get(address).follow("Proposal").form("stage").submit(probability=typed, status=422)
    assert "0 to 100" in page.form("stage").errors["probability"]


def test_the_last_open_won_or_lost_stage_stays(app: Flask, browser: Browser, address: str) -> None:
    won = pipeline(app).by_key["won"]
    page = browser.post(f"{address}/stages/{won.id}/retire", status=409)
    assert "last of its kind" in page.text
    page = browser.get(f"{address}/stages/{won.id}").form("stage").submit(kind="open", status=409)
    assert "last of its kind" in page.text


def test_a_stage_under_open_sales_asks_where_they_go(
    app: Flask, browser: Browser, address: str, standing: dict[str, int]
) -> None:
    form = browser.get(f"{address}/stages/{standing['proposal']}/retire").form("retire_stage")
    assert "3 open records" in form.page.text
    assert form.options("move_to") == ["", *(str(standing[key]) for key in ("qualification", "needs", "negotiation"))]
    page = form.submit(status=409)
    assert "Choose the stage" in page.form("retire_stage").errors["move_to"]
    page = form.submit(move_to=str(standing["negotiation"]))
    assert "3 open records moved" in page.text
    assert "proposal" not in keys(app)
    assert stands_in(app, standing["negotiation"]) == 3


def test_one_undo_brings_back_the_stage_and_what_stood_in_it(
    app: Flask, browser: Browser, address: str, standing: dict[str, int]
) -> None:
    form = browser.get(f"{address}/stages/{standing['proposal']}/retire").form("retire_stage")
    page = form.submit(move_to=str(standing["needs"]))
    browser.post(str(page.all(".timeline form")[0].get("action")))
    assert "proposal" in keys(app)
    assert stands_in(app, standing["proposal"]) == 3


def test_a_new_stage_is_not_taken_back_under_open_sales(
    app: Flask, browser: Browser, address: str, standing: dict[str, int]
) -> None:
    page = (
        browser.get(f"{address}/stages/new").form("stage").submit(label_en="Trial", label_es="Prueba", probability="5")
    )
    undo = str(page.all(".timeline form")[0].get("action"))
    stage_id = pipeline(app).by_key["trial"].id
    with working(app) as session:
        session.add(Area(name=f"{stage_id}:0"))
    assert "1 open record stands" in browser.post(undo, status=409).text
    with working(app) as session:
        session.scalars(select(Area).where(Area.name == f"{stage_id}:0")).one().name = "Gone"
    browser.post(undo)
    assert "trial" not in keys(app)


def test_open_sales_do_not_move_into_a_won_or_foreign_stage(
    app: Flask, browser: Browser, address: str, standing: dict[str, int]
) -> None:
    for target in (standing["won"], standing["proposal"], 10**9):
        browser.post(f"{address}/stages/{standing['proposal']}/retire", {"move_to": str(target)}, status=409)
    assert stands_in(app, standing["proposal"]) == 3


def test_a_pipeline_with_open_sales_or_alone_stays(
    app: Flask, browser: Browser, address: str, standing: dict[str, int]
) -> None:
    page = browser.post(f"{address}/retire", status=409)
    assert "3 open records" in page.text
    stage_users.clear()
    assert "last pipeline" in browser.post(f"{address}/retire", status=409).text


def test_stages_move_and_a_newer_change_is_not_overwritten(app: Flask, browser: Browser, address: str) -> None:
    stage = pipeline(app).by_key["needs"]
    older = browser.get(f"{address}/stages/{stage.id}").form("stage")
    browser.post(f"{address}/stages/{stage.id}/move", {"step": "up"})
    assert keys(app)[:2] == ["needs", "qualification"]
    assert "meanwhile" in older.submit(label_en="Wants", status=422).text


def test_a_stage_of_another_pipeline_is_not_found(app: Flask, browser: Browser, address: str) -> None:
    form = browser.get("/settings/pipelines").form("add_pipeline")
    form.submit(label_en="Renewals", label_es="Renovaciones")
    other = live_now(app).pipeline("renewals")
    assert other is not None
    browser.get(f"{address}/stages/{other.stages[0].id}", status=404)
