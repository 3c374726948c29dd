"""The pages of adoption: figures with their parts, names for those entitled, small teams together, the formula."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import delete, func, select, update

from implementor.adoption.models import AdoptionFormula, FactDay, ReachDay
from implementor.adoption.schedule import TASK
from implementor.auth.models import Team, TeamMember
from implementor.foundation.permissions import Role
from implementor.history.models import Action
from implementor.jobs.models import Job
from implementor.projects.models import Membership
from implementor.releases.release_models import ConfigRelease
from tests.adoption.builders import NOW, read_records, talk
from tests.auth.builders import add_people, reading, working
from tests.crm.builders import START, Company, company
from tests.crm.own_fields import add_own_field
from tests.machinery.pages import Browser
from tests.machinery.statements import counting
from tests.projects.builders import add_project, browser_of
from tests.releases.release_builders import own_field, shop

NAMES = ("Seller Vega", "Mate Vega", "Manager Vega", "Elsewhere Vega")
AT_HOME, AT_TEAM = "/projects/VEN/adoption/", "/projects/VEN/adoption/teams/1"


def grow(here: Company, team_id: int, count: int) -> None:
    """So many more sellers of a team."""
    wanted = [(f"Ana P{number}", f"p{team_id}.{number}@vega.example", (Role.CRM_USER,)) for number in range(count)]
    found = add_people(here.app, wanted)
    with here.working("crm_admin") as session:
        for person in found:
            session.add(TeamMember(team_id=team_id, user_id=person.id, joined_at=START))


def rollout_over(app: Flask) -> tuple[Company, dict[Role, Browser]]:
    """A company of eight whose records were read, and browsers of a project by role."""
    here = company(app)
    account = here.add("account", at=NOW, name="Iberia Steel", phone="+34 600 100 200")
    talk(here, account, about=NOW - timedelta(hours=2))
    grow(here, 1, 4)
    read_records(app)
    roles = (Role.CHANGE_LEAD, Role.MEMBER)
    found = add_people(app, [(f"Of {role.value}", f"{role.value}@vega.example", ()) for role in roles])
    add_project(app, people=zip(roles, found, strict=True))
    return here, {role: browser_of(app, person) for role, person in zip(roles, found, strict=True)}


def test_names_are_for_the_change_lead_and_small_teams_are_told_together(app: Flask) -> None:
    here, browsers = rollout_over(app)
    seller = f"/projects/VEN/adoption/people/{here.people['seller'].id}"
    lead, member = browsers[Role.CHANGE_LEAD], browsers[Role.MEMBER]
    page = lead.get(AT_TEAM)
    assert all(name in page.text for name in NAMES[:3])
    assert "not active in 7 days" in page.text
    assert lead.get(seller).heading == "Seller Vega"
    home = member.get(AT_HOME).text
    assert "Smaller teams together" in home
    assert "North" not in home, "one of seven and one of one: told together"
    member.get(AT_TEAM, status=404)
    member.get(seller, status=403)
    grow(here, 2, 5)
    age(app)
    read_records(app)
    home, team = member.get(AT_HOME).text, member.get(AT_TEAM).text
    assert "North" in home
    assert "Smaller teams together" not in home
    assert not any(name in text for name in NAMES for text in (home, team, member.get(AT_HOME + "formula").text))


def age(app: Flask) -> None:
    """Let what was read be two hours old."""
    with working(app) as session:
        session.execute(update(FactDay).values(written_at=NOW - timedelta(hours=2)))


def test_everybody_sees_what_is_held_of_them_and_managers_their_own(app: Flask) -> None:
    here, _browsers = rollout_over(app)
    with working(app) as session:
        session.execute(update(Team).where(Team.id == 1).values(manager_id=here.people["manager"].id))
    own = here.browser().get("/use/")
    assert own.heading == "My use of the CRM"
    assert "Accounts" in own.text
    here.browser().get("/requests/new").form("main form").submit(name="How do I copy a quote?")
    own = here.browser().get("/use/")
    assert "1 request of yours" in own.text
    assert "0 surveys asked you" in own.text
    assert "Nothing is held about you" in here.browser("crm_admin").get("/use/").text
    manager, seller = here.browser("manager"), here.people["seller"].id
    assert "North" in manager.get("/use/teams").text
    assert "Mate Vega" in manager.get("/use/teams/1").text
    assert manager.get(f"/use/people/{seller}").heading == "Seller Vega"
    manager.get("/use/teams/2", status=404)
    manager.get(f"/use/people/{here.people['elsewhere'].id}", status=404)
    here.browser("mate").get(f"/use/people/{seller}", status=404)
    assert "You answer for no team" in here.browser("mate").get("/use/teams").text


def test_the_formula_is_settled_with_why_and_days_keep_theirs(app: Flask) -> None:
    _here, browsers = rollout_over(app)
    lead = browsers[Role.CHANGE_LEAD]
    form = lead.get(AT_HOME + "formula").form("Judge by these numbers")
    refused = form.submit(access="50", why="Being there matters", status=422)
    assert "135 %" in refused.text
    assert 'value="50"' in refused.html
    kept = refused.form("Judge by these numbers").submit(access="50", process="15", quality="20", outcome="15")
    assert "Being there matters" in kept.text
    with reading(app) as session:
        stored = session.scalars(select(AdoptionFormula).order_by(AdoptionFormula.id)).all()
    assert [one.terms["access"] for one in stored] == [15, 50]
    assert 'name="why"' not in browsers[Role.MEMBER].get(AT_HOME + "formula").html


def test_more_people_and_days_cost_no_more_statements(app: Flask) -> None:
    here, browsers = rollout_over(app)
    lead = browsers[Role.CHANGE_LEAD]
    lead.get(AT_HOME)
    with counting() as few:
        lead.get(AT_HOME)
        lead.get(AT_TEAM)
    grow(here, 2, 6)
    age(app)
    read_records(app)
    with counting() as many:
        lead.get(AT_HOME)
        lead.get(AT_TEAM)
    assert len(many) <= len(few), many.beyond(few)


def test_a_release_is_held_against_the_weeks_before_it_and_its_fields_reach_so_far(app: Flask) -> None:
    here, browsers = rollout_over(app)
    key = add_own_field(here, "account", "line", "Dock")
    here.add("account", at=NOW, name="Andina", **{key: "Norte"})
    age(app)
    with working(app) as session:
        session.execute(delete(FactDay).where(FactDay.day == NOW.date()))
    read_records(app)
    with reading(app) as session:
        known = session.scalars(select(ReachDay)).one()
    assert (known.records, known.filled, known.people, known.users) == (2, 1, 1, 1)
    assert "No release to compare" in browsers[Role.MEMBER].get(AT_HOME + "releases").text


def test_a_release_shows_the_weeks_before_and_after_it_with_its_fields(app: Flask) -> None:
    made, (story,) = shop(app)
    key = "f_docks"
    made.item(story, key, own_field(key, "Dock"), kind="custom_field")
    made.close()
    grow(made.company, 1, 4)
    made.company.add("account", at=NOW, name="Andina", **{key: "Norte"})
    with working(app) as session:
        session.execute(update(ConfigRelease).values(applied_at=NOW - timedelta(days=20)))
    read_records(app)
    text = made.here.browser().get(made.here.url("/adoption/releases")).text
    assert "Release 1" in text
    assert "/projects/VEN/releases/1" in made.here.browser().get(made.here.url("/adoption/releases")).html
    assert "8 0" in text, "before: eight people, nobody active"
    assert "8 1" in text, "after: one of them"
    assert "Dock 1 of 1" in text
    at_release = made.here.url("/adoption/releases/1")
    browser = made.here.browser()
    assert "Smaller teams together8 → 80 → 1" in browser.get(at_release).text, "seven and one, told together"
    browser.get(at_release + "?team=1", status=404)
    for number in (0, 10**18):
        browser.get(made.here.url(f"/adoption/releases/{number}"), status=404)


def test_who_may_see_names_sees_people_before_and_after_a_release(app: Flask) -> None:
    made, (story,) = shop(app)
    made.item(story, "f_docks", own_field("f_docks", "Dock"), kind="custom_field")
    made.close()
    made.company.add("account", at=NOW, name="Andina")
    with working(app) as session:
        session.execute(update(ConfigRelease).values(applied_at=NOW - timedelta(days=20)))
    read_records(app)
    (person,) = add_people(app, [("Lea Lead", "lea@vega.example", ())])
    with working(app) as session:
        project_id = session.scalars(select(ConfigRelease.project_id)).one()
        session.add(
            Membership(
                project_id=project_id, user_id=person.id, role=Role.CHANGE_LEAD.value, created_at=NOW, updated_at=NOW
            )
        )
    lead = browser_of(app, person)
    page = lead.get(made.here.url("/adoption/releases/1?team=1"))
    assert "Seller Vega0 → 1" in page.text
    assert "Mate Vega0 → 0" in page.text
    assert "North3 → 30 → 1" in page.text
    lead.get(made.here.url("/adoption/releases/1?team=77"), status=404)


def test_numbers_that_days_were_judged_by_stay_and_one_reading_is_asked_for_at_once(app: Flask) -> None:
    _here, browsers = rollout_over(app)
    lead = browsers[Role.CHANGE_LEAD]
    kept = lead.get(AT_HOME + "formula").form("Judge by these numbers").submit(access="50", process="15", quality="20")
    assert "Undo" not in kept.texts("button")
    with reading(app) as session:
        settled = session.scalars(select(Action.id).where(Action.verb == "adoption.settle")).all()
    for action_id in settled:
        lead.post(f"/undo/{action_id}", {}, status=None)
    for _ in range(2):
        lead.get(AT_HOME).form("Read the records now").submit()
    with reading(app) as session:
        assert session.scalar(select(func.count()).select_from(AdoptionFormula)) == 2
        waiting = select(func.count()).select_from(Job).where(Job.kind == TASK, Job.state == "waiting")
        assert session.scalar(waiting) == 1
