"""Stages are configuration: fields that they require, limits, and what becomes of sales when one goes."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from implementor.configuration import queries as configuration
from implementor.configuration.models import PipelineStage, StoredPipeline
from implementor.configuration.services.stages import StageInUse, StageWish, change_stage, retire_stage
from implementor.crm.opportunities.moves import StageNeeds
from implementor.foundation.errors import InvalidInput
from tests.crm.builders import START
from tests.crm.opportunities.sales import Sales, sales


def pipeline_of(session: Any) -> StoredPipeline:
    found: StoredPipeline = session.scalars(configuration.pipelines()).first()
    return found


def require(here: Sales, key: str, *fields: str) -> None:
    """Let a stage require fields."""
    with here.working("crm_admin") as session:
        stage = session.get_one(PipelineStage, here.stages[key].id)
        wish = StageWish(stage.label_en, stage.label_es, "open", 50, "best_case", 30, fields)
        change_stage(session, pipeline_of(session), stage, wish, by=here.by("crm_admin"), at=START)


def retire(here: Sales, key: str, to: str | None) -> int:
    """Take a stage out of use."""
    with here.working("crm_admin", START + timedelta(days=2)) as session:
        stage = session.get_one(PipelineStage, here.stages[key].id)
        other = session.get_one(PipelineStage, here.stages[to].id) if to else None
        at = START + timedelta(days=2)
        return retire_stage(session, pipeline_of(session), stage, move_to=other, by=here.by("crm_admin"), at=at)


def test_a_stage_names_every_field_that_it_needs(app: Flask) -> None:
    here = sales(app)
    require(here, "proposal", "amount", "motive")
    sale = here.sale(close_on="2026-05-01")
    with pytest.raises(StageNeeds) as refused:
        here.move(sale, "proposal")
    assert set(refused.value.errors) == {"amount", "motive"}
    assert "Proposal needs: Amount, Motive of purchase." in str(refused.value)
    here.move(sale, "proposal", amount="5 EUR", motive="price")
    assert here.stage_now(sale) == "proposal"


def test_the_form_of_a_move_asks_for_what_is_missing(app: Flask) -> None:
    here = sales(app)
    require(here, "proposal", "motive")
    sale = here.sale()
    page = here.browser().get(f"/crm/opportunities/{sale}").form("Proposal").submit(status=422)
    page.form("Move").submit(motive="quality")
    assert (here.stage_now(sale), here.now(sale).motive) == ("proposal", "quality")


def test_a_stage_with_open_sales_goes_only_when_somebody_says_where_they_go(app: Flask) -> None:
    here = sales(app)
    first, second = here.sale("First", stage="needs"), here.sale("Second", stage="needs")
    with pytest.raises(StageInUse):
        retire(here, "needs", None)
    assert retire(here, "needs", "proposal") == 2
    for sale in (first, second):
        assert here.stage_now(sale) == "proposal"
        assert here.facts(sale)[-1] == ("needs", "proposal", 2 * 86_400)
        assert str(here.now(sale).probability_ratio) == "0.5000"
    assert "Proposal" in here.browser().get(f"/crm/opportunities/{first}").text
    with pytest.raises(InvalidInput):
        here.sale("Third", stage="needs")


def test_taking_the_retirement_back_takes_the_moves_back(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(stage="needs")
    retire(here, "needs", "proposal")
    here.undo("crm_admin")
    assert here.stage_now(sale) == "needs"
    assert here.facts(sale) == [(None, "needs", None)]


def test_closed_sales_do_not_keep_a_stage_in_use_and_show_its_name_afterwards(app: Flask) -> None:
    here = sales(app)
    sale = here.sale(stage="needs")
    here.move(sale, "won")
    assert retire(here, "needs", None) == 0
    assert "Won" in here.browser().get(f"/crm/opportunities/{sale}").text
    here.reopen(sale)
    assert here.stage_now(sale) == "qualification"
