"""Two people add the same person to a campaign at the same moment: one is added, the other is told so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from implementor.crm.campaigns.joining import join_many
from implementor.crm.campaigns.models import Campaign, CampaignMember
from implementor.foundation.errors import InvalidInput
from tests.auth.builders import reading
from tests.crm.builders import START
from tests.crm.campaigns.marketing import Marketing, marketing


def members(here: Marketing) -> int:
    with reading(here.app) as session:
        return session.scalar(select(func.count()).select_from(CampaignMember)) or 0


def test_of_two_who_add_one_person_the_second_is_told(app: Flask) -> None:
    here = marketing(app)
    spring, lead, ready = here.campaign(), here.lead(), Barrier(2)

    def add(who: str) -> str:
        ready.wait()
        try:
            here.member(spring, who, lead=lead)
        except InvalidInput as refusal:
            return str(refusal.errors["lead"])
        return "added"

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(add, ("seller", "mate")))
    assert answers == ["They are in this campaign already.", "added"]
    assert members(here) == 1


def test_of_two_who_add_a_list_each_person_joins_once(app: Flask) -> None:
    here = marketing(app)
    spring, ready = here.campaign(), Barrier(2)
    people = [here.person(name) for name in ("Ana", "Bea", "Eva")]

    def add(who: str) -> tuple[int, int]:
        ready.wait()
        with here.working(who) as session:
            campaign = session.get_one(Campaign, spring)
            done = join_many(session, campaign, "contact", people, "event", by=here.by(who), at=START)
        return done.added, done.known

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(add, ("seller", "mate"))) == [(0, 3), (3, 0)]
    assert members(here) == 3
