"""Settings that one team works with first: who meets them, what stays of what is entered, and how it ends."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.auth.models import Team
from implementor.configuration.listeners import read_for_job
from implementor.crm.accounts.models import Account
from implementor.foundation import live
from implementor.foundation.extensible import Extensible
from implementor.jobs.events import JobBegan
from implementor.releases.pilot_models import ConfigPilot
from implementor.releases.pilot_services import CannotPilot, Triers, end_pilot, start_pilot
from implementor.releases.release_notes import without_stories
from implementor.releases.release_planning import verdict_of
from tests.auth.builders import reading
from tests.machinery.pages import Browser
from tests.projects.builders import browser_of
from tests.releases.release_builders import INDUSTRY, Shop, image, own_field, shop
from tests.waves.builders import START, wave_in

COLOUR = "f_abcde"


def _tried(app: Flask) -> Shop:
    """A wave with a choice of one's own, a word and a name, tried and clean, that the sellers' team begins with."""
    made, (story,) = shop(app)
    made.item(story, COLOUR, own_field(COLOUR, "Colour", ("Navy blue", "Azul")), kind="custom_field")
    made.new_word(story, "Space travel", "Viajes espaciales", answers={})
    made.try_out()
    _begin(made)
    return made


def _begin(made: Shop) -> None:
    with made.here.working() as session:
        wave = wave_in(session, made.here)
        team = session.scalars(select(Team.id).order_by(Team.id).limit(1)).one()
        verdict, until = verdict_of(session, wave), (START + timedelta(days=30)).date()
        start_pilot(session, wave, verdict, triers=Triers([team]), until=until, by=made.here.actor(), at=START)


def _browser(made: Shop, who: str) -> Browser:
    return browser_of(made.app, made.company.people[who])


def _entered(made: Shop) -> int:
    """An account whose field and word of the pilot a seller filled in."""
    page = _browser(made, "seller").get("/records/account/new")
    values: dict[str, Any] = {"name": "Acme", "industry": "space_travel", COLOUR: "navy_blue"}
    page.form().submit(**values)
    with reading(made.app) as session:
        return session.scalars(select(Account.id).where(Account.name == "Acme")).one()


def _held(made: Shop, account_id: int) -> tuple[object, object]:
    account = made.company.stored(Account, account_id)
    assert isinstance(account, Extensible)
    return (account.ext or {}).get(COLOUR), account.industry


def test_a_team_tries_what_others_do_not_meet_and_its_release_keeps_what_was_entered(app: Flask) -> None:
    made = _tried(app)
    account = _entered(made)
    assert _held(made, account) == ("navy_blue", "space_travel")
    mate, other = _browser(made, "mate"), _browser(made, "elsewhere")
    assert "Navy blue" in mate.get(f"/crm/accounts/{account}").text
    form = other.get("/records/account/new")
    assert not form.all(f'[name="{COLOUR}"]')
    assert not form.all('option[value="space_travel"]')
    seen = other.get(f"/crm/accounts/{account}")
    assert "Colour" not in seen.text
    assert "Space travel" in seen.text
    admin = _browser(made, "crm_admin")
    admin.get(f"/records/account/{account}/edit").form().submit(name="Acme and sons")
    assert _held(made, account) == ("navy_blue", "space_travel")
    made.close()
    seen = other.get(f"/crm/accounts/{account}")
    assert "Navy blue" in seen.text
    with reading(app) as session:
        assert session.scalars(select(ConfigPilot)).one().outcome == "released"
    tried = "- Tried first by North; new for everybody else"
    assert tried in made.release().notes_en
    assert tried in without_stories(made.release().notes_en, 1)
    assert "- Probado antes por North" in made.release().notes_es


def test_a_pilot_that_ends_leaves_the_former_configuration_and_the_values(app: Flask) -> None:
    made = _tried(app)
    account = _entered(made)
    with made.here.working() as session:
        pilot = session.scalars(select(ConfigPilot)).one()
        end_pilot(session, pilot, reason="Too slow.", by=made.here.actor(), at=START)
    for who in ("seller", "elsewhere"):
        assert "Colour" not in _browser(made, who).get(f"/crm/accounts/{account}").text
    assert _held(made, account) == ("navy_blue", "space_travel")
    made.close()
    assert "Navy blue" in _browser(made, "elsewhere").get(f"/crm/accounts/{account}").text


def test_jobs_work_with_the_configuration_of_whom_they_are_for(app: Flask) -> None:
    made = _tried(app)
    with app.app_context(), reading(app) as session:
        for who, is_tried in (("seller", True), ("elsewhere", False)):
            with live.living(live.SHIPPED):
                read_for_job(session, JobBegan("any", made.company.by(who), START))
                words = {one.key: one for one in live.present().picklist(INDUSTRY).values}
                assert (COLOUR in live.present().fields_of("account", {})) is is_tried
                assert COLOUR in live.present().custom
                assert words["space_travel"].is_active is is_tried


def test_there_is_one_pilot_of_what_could_go_live_and_moves_no_records(app: Flask) -> None:
    made, (story,) = shop(app)
    made.item(story, COLOUR, own_field(COLOUR, "Colour"), kind="custom_field")
    with pytest.raises(CannotPilot, match="settle what it finds first"):
        _begin(made)
    made.retired(story, made.words()[0])
    made.try_out()
    with pytest.raises(CannotPilot, match="cannot be piloted"):
        _begin(made)


def test_the_page_begins_judges_and_ends_a_pilot(app: Flask) -> None:
    made, (story,) = shop(app)
    made.item(story, "x", image("Space travel"), kind="choice_value")
    made.try_out()
    browser, url = made.here.browser(), made.here.url("/waves/1/release/pilot")
    page = browser.get(url)
    assert "Choose the teams" in page.form("main form").submit(until=date(2100, 1, 1).isoformat(), status=422).text
    with reading(app) as session:
        team, name = session.execute(select(Team.id, Team.name).order_by(Team.id).limit(1)).one()
    person = str(made.company.people["elsewhere"].id)
    page = browser.post(url, {"teams": str(team), "people": person, "until": "2100-01-01"})
    assert f"{name}, {made.company.people['elsewhere'].name}" in page.text
    assert "Nothing to compare" in page.follow("Those who try and the others compared").text
    assert "Being tried" in browser.get(made.here.url("/waves/1/release")).text
    twice = browser.post(url, {"teams": str(team), "until": "2100-01-01"}, status=409)
    assert "There is a pilot of this wave already" in twice.text
    said = {"judgement": "fit", "finding": "Missed by nobody."}
    assert "Say in a sentence what" in browser.post(f"{url}/judge", {**said, "finding": ""}, status=422).text
    assert "Choose one" in browser.post(f"{url}/judge", {**said, "judgement": "x"}, status=422).text
    assert "Missed by nobody." in browser.post(f"{url}/judge", said).text
    assert "Say in a sentence" in browser.post(f"{url}/end", {"reason": " "}, status=422).text
    assert "Nobody used it." in browser.post(f"{url}/end", {"reason": "Nobody used it."}).text
    browser.post(f"{url}/judge", said, status=404)
