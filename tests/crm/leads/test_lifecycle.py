"""The way of a lead: forward step by step, back and out of it for a reason, anew as another cycle; facts tell it."""

from datetime import timedelta

import pytest
from flask import Flask

from implementor.crm.leads.lifecycle import facts_of, way_of_source
from implementor.crm.leads.moves import NoSuchStep, StaleStep
from implementor.crm.leads.services import OnlyByItsWay
from implementor.foundation.errors import InvalidInput
from tests.crm.builders import START
from tests.crm.leads.funnels import DAY, funnel


def test_a_lead_goes_forward_one_step_at_a_time(app: Flask) -> None:
    here = funnel(app)
    lead = here.lead("mql", "sal", "sql")
    assert here.facts_of(lead) == [(1, None, "new"), (1, "new", "mql"), (1, "mql", "sal"), (1, "sal", "sql")]
    stored = here.of(lead)
    assert (stored.mql_at, stored.sql_at, stored.stage_since) == (START + DAY, START + 3 * DAY, START + 3 * DAY)
    other = here.lead()
    for stage in ("sal", "sql", "converted", "recycled", "nonsense"):
        with pytest.raises(NoSuchStep):
            here.step(other, stage)


def test_back_and_out_need_a_reason_of_the_list_and_beginning_anew_a_note(app: Flask) -> None:
    here = funnel(app)
    lead = here.lead("mql", "sal")
    for wrong in ("", "nonsense"):
        with pytest.raises(InvalidInput) as refused:
            here.step(lead, "recycled", reason=wrong)
        assert list(refused.value.errors) == ["reason"]
    here.step(lead, "recycled", at=START + 4 * DAY)
    with pytest.raises(InvalidInput):
        here.step(lead, "new", note=" ")
    here.step(lead, "new", at=START + 9 * DAY)
    stored = here.of(lead)
    assert (stored.cycle, stored.began_at, stored.mql_at, stored.sal_at) == (2, START + 9 * DAY, None, None)


def test_who_took_the_step_first_is_not_overrun(app: Flask) -> None:
    here = funnel(app)
    lead = here.lead()
    drawn = here.of(lead).version
    here.step(lead, "mql", version=drawn)
    with pytest.raises(StaleStep):
        here.step(lead, "lost", "mate", version=drawn)
    here.step(lead, "mql", "mate", version=drawn)
    assert here.of(lead).stage == "mql"


def test_neither_form_nor_bulk_change_writes_the_stage(app: Flask) -> None:
    here = funnel(app)
    lead = here.lead()
    with pytest.raises(OnlyByItsWay):
        here.change("lead", lead, stage="sql")
    html = here.browser().get(f"/records/lead/{lead}/edit").html
    assert 'name="first_name"' in html
    assert 'name="stage"' not in html


def test_a_step_that_is_taken_back_counts_no_more(app: Flask) -> None:
    here = funnel(app)
    lead = here.lead("mql")
    here.step(lead, "sal", at=START + 2 * DAY)
    here.undo()
    assert here.facts_of(lead) == [(1, None, "new"), (1, "new", "mql")]
    assert (here.of(lead).stage, here.of(lead).sal_at) == ("mql", None)
    here.step(lead, "sal", at=START + 5 * DAY)
    assert here.of(lead).sal_at == START + 5 * DAY


def test_taking_back_a_new_cycle_leads_into_the_old_one(app: Flask) -> None:
    here = funnel(app)
    lead = here.lead("mql", "sal", "lost", "new")
    assert here.of(lead).cycle == 2
    here.undo()
    stored = here.of(lead)
    assert (stored.cycle, stored.stage, stored.mql_at, stored.began_at) == (1, "lost", START + DAY, START)


def test_a_lead_is_a_person_or_a_company(app: Flask) -> None:
    here = funnel(app)
    with pytest.raises(InvalidInput):
        here.lead(first_name="", last_name="", company=" ")
    assert here.of(here.lead(first_name=None, last_name=None)).name == "Duero Foods"
    assert here.of(here.lead()).name == "Eva Mora"


def test_each_stage_is_first_once_in_a_cycle_and_time_is_counted_from_qualification() -> None:
    way = [("new", 0), ("mql", 2), ("sal", 3), ("mql", 5), ("sal", 6), ("lost", 9), ("new", 20), ("mql", 21)]
    facts = facts_of((stage, START + timedelta(days=day)) for stage, day in way)
    assert [fact.is_first for fact in facts] == [True, True, True, False, False, True, True, True]
    assert [fact.cycle for fact in facts] == [1, 1, 1, 1, 1, 1, 2, 2]
    days = [None if fact.mql_seconds is None else fact.mql_seconds // 86_400 for fact in facts]
    assert days == [None, 0, 1, 3, 4, 7, None, 0]


def test_a_file_tells_the_way_up_to_where_a_lead_stands() -> None:
    known = {"new": START, "mql": START + 3 * DAY, "sal": START + 2 * DAY, "sql": START + 5 * DAY}
    assert way_of_source("sal", known, START + 9 * DAY) == [
        ("new", START), ("mql", START + 3 * DAY), ("sal", START + 3 * DAY),
    ]  # fmt: skip
    assert way_of_source("lost", {"mql": START}, START + DAY) == [("mql", START), ("lost", START + DAY)]
    assert way_of_source("new", {}, START) == [("new", START)]
