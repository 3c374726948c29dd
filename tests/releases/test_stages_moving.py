"""Open sales of a stage that goes follow in the job of a release, and stand for every reader where they go at once."""

import random
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.configuration.models import PipelineStage, StoredPipeline
from implementor.configuration.services.stages import StageInUse, restore_stage, retire_stage
from implementor.crm.opportunities.models import Opportunity
from implementor.history.models import Change
from implementor.releases.release_models import ReleaseRow
from implementor.releases.release_trial import NotClean
from tests.auth.builders import reading
from tests.configuration.builders import live_now
from tests.crm.importing import brought_in, counts
from tests.releases.leaving import DAY, LEFT, Leaving, read_by, told_by
from tests.waves.builders import START


@pytest.mark.parametrize("seed", [2, 9])
def test_sales_stand_in_their_new_stage_before_while_and_after_they_are_moving(app: Flask, seed: int) -> None:
    chance, here = random.Random(seed), Leaving(app)  # a walk, no secret
    assert read_by(here) == told_by(here, here.begun, {})
    here.release()
    assert here.stored() == here.begun
    wanted = here.expected()
    for _step in range(8):
        assert read_by(here) == told_by(here, wanted)
        sale = chance.choice(here.ids)
        match chance.choice(("batch", "batch", "save", "guess")):
            case "batch":
                here.batch()
            case "save":
                here.change(sale, next_step="Call")
                assert here.stored()[sale] == wanted[sale]
            case _:
                here.change(sale, probability="77")
                wanted[sale] = (*wanted[sale][:2], Decimal("0.77"), "manual")
    here.batch_until_done()
    assert read_by(here) == told_by(here, wanted)
    assert here.stored() == wanted
    assert {one: here.facts(one) for one in here.ids} == {one: here.ways().get(one, []) for one in here.ids}
    assert not live_now(app).ways


def roll_back_at(here: Leaving) -> Any:
    """When the sales that come back came into their former stage: right after the release was rolled back."""
    here.made.roll_back()
    (way,) = live_now(here.made.app).ways
    assert START < way.at < START + timedelta(seconds=1)
    return way.at


@pytest.mark.parametrize("through", [False, True])
def test_the_former_stage_is_shown_at_once_on_the_way_back_while_sales_are_moving(app: Flask, through: bool) -> None:
    here = Leaving(app)
    here.release()
    here.batch(2)
    if through:
        here.batch_until_done()
    saved, by_hand = here.leaving()[3], here.leaving()[0]
    here.change(saved, next_step="Call")
    here.change(by_hand, stage=here.stages["negotiation"].id)
    left = [one for one, held in here.stored().items() if held[0] == here.new.id and here.is_leaving(one)]
    at = roll_back_at(here)
    back = (here.old.id, at, Decimal(here.old.probability) / 100, "stage")
    wanted = {**here.begun, **dict.fromkeys(left, back), by_hand: here.stored()[by_hand]}
    ways = {one: [*here.ways()[one], (here.new.id, here.old.id, 0)] for one in left}
    ways[by_hand] = [*here.ways()[by_hand], (here.new.id, here.stages["negotiation"].id, 3599)]
    assert read_by(here) == told_by(here, wanted, ways)
    with pytest.raises(NotClean, match="still moving"):
        here.release()
    while here.batch(1):
        assert read_by(here) == told_by(here, wanted, ways)
    assert here.stored() == wanted
    assert not live_now(app).ways
    assert {one: here.facts(one) for one in here.ids} == {one: ways.get(one, []) for one in here.ids}
    here.release()
    here.batch_until_done()
    assert {here.stored()[one][0] for one in here.leaving()} == {here.new.id, here.stages["negotiation"].id}


def test_history_of_sales_that_are_moving_can_be_taken_back_without_sending_them_back(app: Flask) -> None:
    here = Leaving(app)
    here.release()
    saved, moved = here.leaving()[:2]
    here.change(saved, next_step="Call")
    here.made.company.undo("crm_admin")
    assert here.stored()[saved] == here.expected()[saved]
    here.change(moved, stage=here.stages["negotiation"].id)
    here.made.company.undo("crm_admin")
    assert here.stored()[moved] == here.expected()[moved]
    here.batch_until_done()
    assert here.stored() == here.expected()
    with reading(app) as session:
        found = select(Change).where(Change.record_kind == "opportunity", Change.record_id.in_(here.leaving()))
        arrived = [one for one in session.scalars(found) if (one.before or {}).get("stage_id") == here.old.id]
        assert sorted(one.record_id for one in arrived) == here.leaving()
        assert {(one.after or {})["stage_id"] for one in arrived} == {here.new.id}
        logged = session.scalars(select(ReleaseRow.record_id).order_by(ReleaseRow.record_id)).all()
    assert logged == here.leaving()[2:]


def test_a_sale_that_is_taken_into_use_again_joins_those_that_are_moving(app: Flask) -> None:
    here = Leaving(app)
    here.release()
    with here.made.company.working("crm_admin") as session:
        session.get_one(Opportunity, here.put_away).archived_at = None
    assert here.stored()[here.put_away] == here.begun[here.put_away]
    with reading(app) as session:
        assert session.get_one(Opportunity, here.put_away).stage_id == here.new.id
    here.batch_until_done()
    assert here.stored()[here.put_away] == here.expected()[here.leaving()[0]]
    assert here.facts(here.put_away) == [(here.old.id, here.new.id, DAY)]


def test_stages_at_the_ends_of_a_way_stay_as_they_are_while_sales_are_moving(app: Flask) -> None:
    here = Leaving(app)
    here.release()
    with here.made.company.working("crm_admin") as session:
        old, new = (session.get_one(PipelineStage, one.id) for one in (here.old, here.new))
        pipeline = session.get_one(StoredPipeline, old.pipeline_id)
        asked: dict[str, Any] = {"by": here.made.company.by("crm_admin"), "at": START}
        with pytest.raises(StageInUse, match="still moving to another"):
            restore_stage(session, pipeline, old, **asked)
        with pytest.raises(StageInUse, match="still moving into"):
            retire_stage(session, pipeline, new, move_to=None, **asked)
    here.batch_until_done()
    with here.made.company.working("crm_admin") as session:
        old = session.get_one(PipelineStage, here.old.id)
        restore_stage(session, session.get_one(StoredPipeline, old.pipeline_id), old, **asked)


def test_a_file_finds_sales_that_are_moving_where_they_read_as_standing(app: Flask, tmp_path: Path) -> None:
    here = Leaving(app, 2)
    file = "Opportunity ID,Opportunity,Stage,Next step\n1,Pumps,{0},{1}\n2,Doors,{0},{1}\n3,Roofs,{0},{1}\n"
    brought_in(here.made.company, "opportunity", tmp_path, file.format("needs", "Call"))
    here.release()
    table: Any = Opportunity.__table__
    with reading(app) as session:
        ids = session.scalars(
            select(table.c.id).where(table.c.stage_id == here.old.id, table.c.next_step == "Call")
        ).all()
    changed = file.format("Proposal", "Write").replace("2,Doors,Proposal", "2,Doors,Negotiation")
    assert counts(brought_in(here.made.company, "opportunity", tmp_path, changed)) == (0, 3, 0, 0)
    there, on = (here.old.id, here.new.id), (here.new.id, here.stages["negotiation"].id)
    assert [[fact[:2] for fact in here.facts(one)] for one in ids] == [[there], [there, on], [there]]
    assert here.stored()[ids[0]] == (here.new.id, LEFT, Decimal(here.new.probability) / 100, "stage")


def test_few_sales_move_with_the_release_itself(app: Flask) -> None:
    here = Leaving(app)
    here.release(most=2000)
    assert {here.stored()[one][0] for one in here.leaving()} == {here.new.id}
    assert not live_now(app).ways
    here.made.roll_back()
    assert {here.stored()[one][0] for one in here.leaving()} == {here.old.id}
