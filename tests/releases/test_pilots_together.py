"""Several pilots at the same time, people chosen one by one, and what is found of a pilot: gate, notes, records."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.auth.models import Team
from implementor.crm.accounts.models import Account
from implementor.metrics.conditions import AsOf
from implementor.metrics.definitions import Query, Window
from implementor.metrics.groups import ids_of_side
from implementor.metrics.models import Metric
from implementor.releases.gate_checks import pilot_judged
from implementor.releases.pilot_models import ConfigPilot
from implementor.releases.pilot_queries import people_of
from implementor.releases.pilot_services import CannotPilot, Triers, judge_pilot, start_pilot
from implementor.releases.release_planning import plan_of, verdict_of
from implementor.releases.release_trial import try_out
from implementor.waves.gate_places import place_of_wave
from tests.auth.builders import reading
from tests.metrics.builders import Aim
from tests.metrics.measured import ZONE, defined
from tests.projects.builders import browser_of
from tests.releases.release_builders import Shop, own_field, shop
from tests.waves.builders import START, add_story, add_wave, wave_in

COLOUR, SIZE = "f_aaaaa", "f_bbbbb"
WORDS = ("Navy blue", "Azul")


def _begin(made: Shop, number: int, *, teams: tuple[str, ...] = (), people: tuple[str, ...] = ()) -> None:
    with made.here.working() as session:
        wave = wave_in(session, made.here, number)
        try_out(session, wave, plan_of(session, wave), by=made.here.actor(), at=START)
        known = session.scalars(select(Team.id).where(Team.name.in_(teams))).all()
        triers = Triers(known, [made.company.people[name].id for name in people])
        until = (START + timedelta(days=30)).date()
        start_pilot(
            session, wave, verdict_of(session, wave), triers=triers, until=until, by=made.here.actor(), at=START
        )


def _two(app: Flask) -> Shop:
    """A colour that team North tries with the first wave, and a size that one of them tries with the second."""
    made, (story,) = shop(app)
    made.item(story, COLOUR, own_field(COLOUR, "Colour", WORDS), kind="custom_field")
    second = add_story(made.here, "Measure", status="validated")
    add_wave(made.here, "Sizes", [second])
    made.item(second, SIZE, own_field(SIZE, "Size", ("Large", "Grande")), kind="custom_field")
    _begin(made, 1, teams=("North",))
    _begin(made, 2, people=("mate", "elsewhere"))
    return made


def _offered(made: Shop, who: str) -> list[str]:
    page = browser_of(made.app, made.company.people[who]).get("/records/account/new")
    return [key for key in (COLOUR, SIZE) if page.all(f'[name="{key}"]')]


def test_each_meets_the_settings_of_the_pilots_they_are_in_and_keeps_those_of_others(app: Flask) -> None:
    made = _two(app)
    met = {who: _offered(made, who) for who in ("seller", "mate", "elsewhere", "crm_admin")}
    assert met == {"seller": [COLOUR], "mate": [COLOUR, SIZE], "elsewhere": [SIZE], "crm_admin": []}
    page = browser_of(app, made.company.people["mate"]).get("/records/account/new")
    values: dict[str, Any] = {"name": "Acme", COLOUR: "navy_blue", SIZE: "large"}
    page.form().submit(**values)
    with reading(app) as session:
        account = session.scalars(select(Account).where(Account.name == "Acme")).one()
    for who in ("crm_admin", "seller"):
        edited = browser_of(app, made.company.people[who]).get(f"/records/account/{account.id}/edit")
        edited.form().submit(name=f"Acme of {who}")
    assert made.company.stored(Account, account.id).ext == {COLOUR: "navy_blue", SIZE: "large"}
    made.close()
    assert {who: _offered(made, who) for who in met} == {
        "seller": [COLOUR], "mate": [COLOUR, SIZE], "elsewhere": [COLOUR, SIZE], "crm_admin": [COLOUR],
    }  # fmt: skip


def test_two_pilots_never_try_the_same_and_disabled_people_try_nothing(app: Flask) -> None:
    made, (story,) = shop(app)
    made.new_word(story, "Space travel")
    second = add_story(made.here, "Farm", status="validated")
    add_wave(made.here, "Farms", [second])
    made.new_word(second, "Fish farming")
    _begin(made, 1, people=("seller",))
    with pytest.raises(CannotPilot, match="what another pilot tries"):
        _begin(made, 2, people=("mate",))


def test_a_gate_waits_until_a_pilot_is_found_fit_and_the_notes_say_so(app: Flask) -> None:
    made = _two(app)

    def judged(said: str | None) -> bool:
        with made.here.working() as session:
            wave = wave_in(session, made.here)
            pilot = session.scalars(select(ConfigPilot).where(ConfigPilot.wave_id == wave.id)).one()
            if said is not None:
                judge_pilot(session, pilot, said, finding="Seen.", by=made.here.actor(), at=START)
            return pilot_judged(session, place_of_wave(session, wave), {}).passes(100)

    assert [judged(None), judged("unfit"), judged("fit")] == [False, False, True]
    made.close()
    assert "- Tried first by North and found fit for all; new for everybody else" in made.release().notes_en
    assert judged(None)


def test_each_side_of_a_figure_opens_its_records(app: Flask) -> None:
    made = _two(app)
    for who in ("seller", "elsewhere"):
        made.company.add("account", who, name=f"Of {who}")
    query = Query("account", window=Window("rolling", "created_at", days=5))
    metric_id = defined(Aim(app, made.here.project_id, {"lead": made.here.lead}), query)
    with reading(app) as session:
        pilot = session.scalars(select(ConfigPilot).order_by(ConfigPilot.id)).first()
        metric, until = session.get_one(Metric, metric_id), AsOf(START.date(), ZONE, made.here.project_id)
        assert pilot is not None
        found = {}
        for theirs in (True, False):
            _kind, ids = ids_of_side(
                metric,
                START.date(),
                people_of(pilot.id),
                theirs=theirs,
                until=until,
                actor=made.company.by("crm_admin"),
            )
            found[theirs] = session.scalars(select(Account.name).where(Account.id.in_(ids))).all()
    assert found == {True: ["Of seller"], False: ["Of elsewhere"]}
    browser = browser_of(app, made.here.lead)
    url = made.here.url(f"/waves/1/release/pilot/comparison/{metric_id}")
    assert "you do not see them" in browser.get(f"{url}/trying").text
    browser.get(f"{url}/nobody", status=404)
