"""Two leads that are one person: what was said belongs to the one that remains, and each keeps its own way."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.crm.interactions.models import Interaction
from implementor.crm.interactions.services.interactions import log_interaction
from implementor.crm.leads.models import Lead
from implementor.crm.leads.report_queries import entered_stages
from implementor.crm.leads.sameness import FurtherOnItsWay
from implementor.crm.leads.services import ConvertedLead, MergedLead, refuse_converted
from implementor.crm.records.services import BeyondReach
from implementor.foundation.fields import Scope
from implementor.foundation.records import RecordRef
from tests.auth.builders import reading
from tests.crm.builders import START
from tests.crm.leads.funnels import Funnel, funnel
from tests.duplicates.builders import keys_of_record, merge_of, pair_id_of, pairs_of, part_again, scanned

ALL_NEW: dict[str, Any] = {"account": "new", "contact": "new", "opportunity": "new"}


def two(here: Funnel, *stages: str) -> tuple[int, int]:
    """The same person twice: the first came this far, the second is new and was called."""
    one = here.lead(*stages, email="eva@duero.example", city="Soria")
    other = here.lead(email="eva@duero.example", phone="+34 612 345 678", do_not_call=True, need="Ovens")
    with here.working() as session:
        values = {"channel": "phone", "direction": "out", "subject": "Hello"}
        log_interaction(session, values, about=RecordRef("lead", other), by=here.by(), at=START)
    return one, other


def called(here: Funnel, lead: int) -> int:
    """How many calls are about a lead."""
    with reading(here.app) as session:
        about = select(Interaction.id).where(Interaction.about_kind == "lead", Interaction.about_id == lead)
        return len(session.scalars(about).all())


def test_a_lead_is_recognised_when_it_is_entered_and_in_a_search(app: Flask) -> None:
    here = funnel(app)
    one, other = two(here)

    assert ("email", "eva@duero.example") in keys_of_record(here, one, "lead")
    assert pairs_of(here) == {(one, other)}
    assert scanned(here, "lead").result == {"records": 2, "candidates": 1}


def test_what_was_said_to_the_other_belongs_to_the_one_that_remains(app: Flask) -> None:
    here = funnel(app)
    one, other = two(here, "mql")

    merge_of(here, one, other, kind="lead")

    kept = here.of(one)
    assert (kept.phone, kept.need, kept.city, kept.do_not_call) == ("+34 612 345 678", "Ovens", "Soria", True)
    assert (called(here, one), called(here, other)) == (1, 0)
    assert here.titles("lead") == {"Eva Mora"}
    assert "Ovens" in here.browser().get(f"/crm/leads/{other}").text


def test_each_keeps_the_facts_of_its_own_way_and_reports_count_one(app: Flask) -> None:
    here = funnel(app)
    one, other = two(here, "mql", "sal")
    here.step(other, "mql")

    merge_of(here, one, other, kind="lead")

    assert here.facts_of(one) == [(1, None, "new"), (1, "new", "mql"), (1, "mql", "sal")]
    assert here.facts_of(other) == [(1, None, "new"), (1, "new", "mql")]
    time = START - timedelta(days=1), START + timedelta(days=9)
    with reading(app) as session:
        counted = session.execute(entered_stages(scope=Scope(None, here.by("manager")), time=time)).all()
    assert sorted(map(tuple, counted)) == [("mql", 1, 1), ("new", 1, 1), ("sal", 1, 1)]


def test_the_lead_that_is_further_on_its_way_remains(app: Flask) -> None:
    here = funnel(app)
    one, other = two(here, "mql")

    with pytest.raises(FurtherOnItsWay):
        merge_of(here, other, one, kind="lead")

    assert (here.of(one).merged_into_id, called(here, other)) == (None, 1)


def test_what_is_converted_is_merged_as_what_it_became(app: Flask) -> None:
    here = funnel(app)
    one, other = two(here, "mql", "sal", "sql")
    here.convert(one, **ALL_NEW)

    for survivor, loser in ((one, other), (other, one)):
        with pytest.raises(ConvertedLead):
            merge_of(here, survivor, loser, kind="lead")

    page = here.browser().get(f"/crm/duplicates/{pair_id_of(here, one, other, kind='lead')}")
    assert "you must be allowed to change both" in page.text


def test_a_conversion_that_was_taken_back_stays_with_its_lead(app: Flask) -> None:
    here = funnel(app)
    one, other = two(here, "mql", "sal", "sql")
    here.convert(one, **ALL_NEW)
    here.take_back(one)

    merge_of(here, one, other, kind="lead")
    made = here.convert(one, **ALL_NEW)

    assert (made.lead_id, here.of(one).stage, here.of(other).stage) == (one, "converted", "new")


def test_nothing_goes_on_with_a_lead_that_was_merged(app: Flask) -> None:
    here = funnel(app)
    one, other = two(here, "mql", "sal", "sql")
    merge_of(here, one, other, kind="lead")

    with pytest.raises(BeyondReach):
        here.step(other, "mql")
    with pytest.raises(BeyondReach):
        here.convert(other, **ALL_NEW)
    with pytest.raises(MergedLead):
        refuse_converted(here.of(other))


def test_a_merge_of_leads_is_taken_apart(app: Flask) -> None:
    here = funnel(app)
    one, other = two(here, "mql")
    merge = merge_of(here, one, other, kind="lead")

    parting = part_again(here, merge)

    assert parting.conflicts == []
    assert (called(here, one), called(here, other)) == (0, 1)
    assert (here.of(one).phone, here.of(one).do_not_call, here.of(other).merged_into_id) == (None, False, None)
    assert here.facts_of(other) == [(1, None, "new")]
    assert pairs_of(here) == {(one, other)}
    assert len(keys_of_record(here, other, "lead")) == len(keys_of_record(here, one, "lead")) + 1


def test_two_people_of_one_company_are_not_one_lead(app: Flask) -> None:
    here = funnel(app)
    here.lead(first_name="Eva", last_name="Mora", email="eva@duero.example", city="Soria")
    here.lead(first_name="Luis", last_name="Gil", email="luis@duero.example", city="Soria")

    scanned(here, "lead")

    assert pairs_of(here) == set()
    with reading(app) as session:
        assert len(session.scalars(select(Lead.id)).all()) == 2
