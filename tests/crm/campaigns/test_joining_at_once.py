"""Two people add the same person to a campaign at the same moment: one is added, the other is told so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select

from implementor.crm.campaigns.joining import join_many
from implementor.crm.campaigns.models import Campaign, CampaignMember
from implementor.foundation.errors import InvalidInput
from tests.auth.builders import reading
from tests.crm.builders import START
from tests.crm.campaigns.marketing import Marketing, marketing
from tests.crm.importing import brought_in, counts


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


def test_of_a_file_and_somebody_who_add_one_person_one_is_the_first(app: Flask, tmp_path: Path) -> None:
    here = marketing(app)
    ana, ready = here.person(), Barrier(2)
    spring = here.campaign("Autumn")

    def by_file() -> tuple[int, int, int, int]:
        ready.wait()
        return counts(brought_in(here, "campaign_member", tmp_path, "Campaign,Email\nAutumn,ana@example.com\n"))

    def by_hand() -> str:
        ready.wait()
        try:
            here.member(spring, contact=ana)
        except InvalidInput as refusal:
            return str(refusal.errors["contact"])
        return "added"

    with ThreadPoolExecutor(2) as both:
        file, hand = both.submit(by_file), both.submit(by_hand)
    assert members(here) == 1
    made, _, _, refused = file.result()
    assert (made, refused, hand.result()) in [
        (1, 0, "They are in this campaign already."), (0, 0, "added"),
    ]  # fmt: skip
