"""Leads in great numbers stand as if they had been brought on their way one by one."""

from flask import Flask
from sqlalchemy import inspect

from implementor.crm.leads.loading import Loaded, insert_leads
from implementor.crm.leads.models import Lead
from tests.crm.builders import START
from tests.crm.leads.funnels import DAY, funnel

OWN = {"id", "created_at", "updated_at", "created_by_id", "updated_by_id", "version"}


def test_a_loaded_lead_is_like_one_that_people_brought_there(app: Flask) -> None:
    here = funnel(app)
    stages = ("mql", "sal", "lost", "new", "mql", "sal")
    by_hand = here.lead(*stages, email="eva@duero.example", phone="+34 612 345 678")
    way = [("new", START), *((stage, START + day * DAY) for day, stage in enumerate(stages, 1))]
    values = {
        "first_name": "Eva", "last_name": "Mora", "company": "Duero Foods", "email": "eva@duero.example",
        "phone": "+34 612 345 678", "owner_id": here.people["seller"].id,
    }  # fmt: skip
    with here.working() as session:
        loaded = insert_leads(session, [Loaded(way, values, {3: ("price", None)})], at=START, by_id=None)[0]
    names = [column.key for column in inspect(Lead).column_attrs if column.key not in OWN]
    one, other = here.of(by_hand), here.of(loaded)
    assert {name: getattr(one, name) for name in names} == {name: getattr(other, name) for name in names}
    assert here.facts_of(by_hand) == here.facts_of(loaded)
    here.step(loaded, "sql", at=START + 9 * DAY)
    assert here.of(loaded).sql_at == START + 9 * DAY
