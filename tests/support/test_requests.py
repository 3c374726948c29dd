"""Requests of people of the CRM: sent from a page, heard by one rollout, answered, known, made stories, told back."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from implementor.audiences.models import AffectedPerson
from implementor.auth.models import Area
from implementor.calendars.models import SlaClock
from implementor.calendars.services.policies import PolicyWanted, add_policy
from implementor.calendars.watching import watch_clocks
from implementor.foundation.permissions import Role
from implementor.notifications.models import Notice
from implementor.stories.models import Story
from implementor.support.models import SupportRequest
from tests.audiences.builders import AT, Affected, affected
from tests.auth.builders import Person, add_person, reading, working
from tests.calendars.builders import make_calendar
from tests.crm.examples import add_example
from tests.machinery.pages import Page
from tests.projects.builders import add_project, browser_of

INBOX = "/projects/VEN/requests"


@pytest.fixture
def here(app: Flask) -> Affected:
    """A rollout in progress."""
    return affected(app)


@pytest.fixture
def seller(app: Flask) -> Person:
    """Somebody of the CRM who is in no project."""
    return add_person(app, "Sara Sol", Role.CRM_USER, email="sara@there.example")


def ask(here: Affected, person: Person, name: str = "No way to copy a quote", **values: Any) -> Page:
    """Send a request by its form."""
    page = browser_of(here.app, person).get("/requests/new")
    return page.form("main form").submit(name=name, **values)


def kept(here: Affected) -> list[SupportRequest]:
    """All requests, in order."""
    with reading(here.app) as session:
        return list(session.scalars(select(SupportRequest).order_by(SupportRequest.id)))


def notices(here: Affected, person: Person) -> list[str]:
    """What the bell told somebody."""
    with reading(here.app) as session:
        rows = session.scalars(select(Notice).where(Notice.user_id == person.id).order_by(Notice.id)).all()
        return [row.sentence["message"] for row in rows]


def test_the_button_of_each_page_of_the_crm_carries_page_and_record(here: Affected, seller: Person) -> None:
    with working(here.app) as session:
        account = add_example(session, "account", {"name": "Acme"}, seller.actor.with_roles([Role.CRM_USER]), AT)
    browser = browser_of(here.app, seller)
    link = browser.get(f"/crm/accounts/{account}").find("a[title='Ask or report']").get("href")
    page = browser.get(str(link))
    refused = page.form("main form").submit(name=" ", body="It says no", kind="fault", status=422)
    assert refused.form("main form").value("body") == "It says no"
    refused.form("main form").submit(name="The list is empty")
    (one,) = kept(here)
    assert (one.kind, one.body, one.page) == ("fault", "It says no", f"/crm/accounts/{account}")
    assert (one.about_kind, one.about_id, one.project_id) == ("account", account, here.project_id)
    assert "Ask or report" not in browser.get("/account").text


def test_the_rollout_that_affects_somebody_hears_of_it(here: Affected, seller: Person) -> None:
    here.write(AffectedPerson, name="Sara Sol", email="sara@there.example")
    add_project(here.app, "NEW", people=[(Role.PROJECT_LEAD, here.people["lead"])])
    ask(here, seller)
    ask(here, here.people["member"], "From somebody else")
    with reading(here.app) as session:
        keys = [one.project_id == here.project_id for one in session.scalars(select(SupportRequest))]
    assert keys == [True, False]


def test_nobody_listens_where_no_rollout_is_in_progress(app: Flask) -> None:
    person = add_person(app, "Sara Sol", Role.CRM_USER, email="sara@there.example")
    page = browser_of(app, person).get("/requests/new").form("main form").submit(name="Hello", status=409)
    assert "No rollout is in progress" in page.text


def test_it_is_answered_and_opened_again_by_its_sender_alone(here: Affected, seller: Person) -> None:
    ask(here, seller)
    for who in ("member", "viewer", "sponsor"):
        here.browser(who).get(f"{INBOX}/1", status=403)
    here.browser("change").get(f"{INBOX}/1").form("form[action$='/answer']").submit(answer="Use the menu of the quote.")
    mine = browser_of(here.app, seller).get("/requests")
    assert "Use the menu of the quote." in mine.text
    mine.form("form[action$='/open']").submit()
    assert kept(here)[0].state == "open"
    stranger = here.browser("viewer")
    stranger.get("/requests")
    stranger.post("/requests/1/open", status=404)


def test_it_is_known_already_becomes_a_story_and_is_settled(here: Affected, seller: Person) -> None:
    ask(here, seller)
    ask(here, here.people["member"], "Quotes cannot be copied")
    inbox = here.browser("change")
    listed = [row["In one line"] for row in inbox.get(INBOX).rows()]
    assert listed == ["Quotes cannot be copied", "No way to copy a quote"]
    page = inbox.get(f"{INBOX}/2").form("form[action$='/known']").submit(earlier_id="1")
    assert "No way to copy a quote" in page.text
    page = inbox.get(f"{INBOX}/1").form("form[action$='/story']").submit()
    with reading(here.app) as session:
        story = session.scalars(select(Story)).one()
    assert (story.title, kept(here)[0].story_id, kept(here)[0].state) == ("No way to copy a quote", story.id, "planned")
    assert "Quotes cannot be copied" in page.text
    assert notices(here, seller) == ["Your request became a story of the rollout: %(title)s"]
    assert len(notices(here, here.people["member"])) == 2, "known already, and what became of the first"
    mine = here.browser("member").get("/requests").text
    assert "It became a story of the rollout: No way to copy a quote" in mine
    inbox.get(f"{INBOX}/1").form("form[action$='/answer']").submit(answer="It comes with the third wave.")
    assert kept(here)[1].answer == "It comes with the third wave."
    assert notices(here, here.people["member"])[2:] == ["Your request was answered: %(title)s"]
    inbox.get(f"{INBOX}/2").form("form[action$='/settle']").submit()
    assert kept(here)[1].state == "done"
    for undo in inbox.get(f"{INBOX}/2").all("form[action*='/undo/']")[:1]:
        inbox.get(f"{INBOX}/2").form(f"form[action='{undo.get('action')}']").submit(status=None)
    assert kept(here)[1].state == "done", "who sent it was told"


def test_what_no_screen_can_show_is_left_out_and_an_answer_has_an_end(here: Affected, seller: Person) -> None:
    ask(here, seller, "A\x00 b", body="c\x00\r\nd")
    assert (kept(here)[0].name, kept(here)[0].body) == ("A b", "c\nd")
    page = here.browser("change").get(f"{INBOX}/1")
    page.form("form[action$='/answer']").submit(answer="x" * 4001, status=409)
    page.form("form[action$='/answer']").submit(answer="e\x00f")
    assert kept(here)[0].answer == "ef"


def test_those_who_answer_hear_of_what_waits(here: Affected, seller: Person) -> None:
    ask(here, seller)
    heard = {who: notices(here, here.people[who]) for who in ("lead", "change", "member", "viewer")}
    assert heard == {"lead": ["Somebody asks: %(title)s"], "change": ["Somebody asks: %(title)s"], "member": [],
                     "viewer": []}  # fmt: skip
    here.browser("change").get(f"{INBOX}/1").form("form[action$='/answer']").submit(answer="Like this.")
    browser_of(here.app, seller).get("/requests").form("form[action$='/open']").submit()
    assert len(notices(here, here.people["lead"])) == 1, "who took it up goes on with it"
    assert notices(here, here.people["change"])[1:] == ["A request is open again: %(title)s"]


def test_what_waits_longer_than_promised_says_so(here: Affected, seller: Person) -> None:
    with here.working() as session:
        session.add(made := Area(name="North"))
        session.flush()
        area = made.id
    here.write(AffectedPerson, name="Sara Sol", email="sara@there.example", area_id=area)
    promise(here)
    ask(here, seller)
    assert kept(here)[0].area_id == area
    with here.working() as session:
        session.execute(update(SlaClock).values(due_at=AT))
    watch_clocks(here.app)
    assert kept(here)[0].is_late
    assert notices(here, here.people["lead"])[1:] == ["A request waits longer than promised: %(title)s"]
    late = here.browser().get(f"{INBOX}?is_late=y")
    assert [row["In one line"] for row in late.rows()] == ["No way to copy a quote"]


def promise(here: Affected) -> None:
    """A service level for requests."""
    with here.working() as session:
        targets = {"urgent": {"first_answer": 60, "settled": 480}, "normal": {"first_answer": 480, "settled": 2400}}
        wanted = PolicyWanted("Help", make_calendar(session).id, targets)
        add_policy(session, "support_request", wanted, by=here.by(), at=AT)


def test_a_service_level_promises_an_answer_and_its_clock_follows(here: Affected, seller: Person) -> None:
    promise(here)
    ask(here, seller)
    assert clocks(here) == {"first_answer": ("running", 480), "settled": ("running", 2400)}
    inbox = here.browser()
    inbox.get("/projects/VEN/records/support_request/1/edit").form("main form").submit(priority="urgent")
    assert clocks(here)["first_answer"] == ("running", 60)
    page = inbox.get(f"{INBOX}/1").form("form[action$='/answer']").submit(answer="Use the menu.")
    assert clocks(here)["first_answer"][0] == "met"
    assert "First answer: in time" in " ".join(page.text.split())
    inbox.get("/projects/VEN/records/support_request/1/edit").form("main form").submit(priority="normal")
    inbox.get(f"{INBOX}/1").form("form[action$='/settle']").submit()
    assert clocks(here)["settled"][0] == "met"
    inbox.get(f"{INBOX}/1").form("form[action$='/open']").submit()
    assert clocks(here)["settled"][0] == "running"
    inbox.get(f"{INBOX}/1").form("form[action$='/story']").submit()
    assert clocks(here)["settled"][0] == "cancelled"


def clocks(here: Affected) -> dict[str, tuple[str, int]]:
    """State and minutes of each newest promise."""
    with reading(here.app) as session:
        found = session.scalars(select(SlaClock).order_by(SlaClock.id))
        return {one.name: (one.state, one.target_seconds // 60) for one in found}


def test_a_request_whose_story_was_put_away_is_opened_again(here: Affected, seller: Person) -> None:
    ask(here, seller)
    inbox = here.browser("change")
    page = inbox.get(f"{INBOX}/1").form("form[action$='/story']").submit()
    assert "Open again" not in page.texts("button")
    with working(here.app) as session:
        session.execute(update(Story).values(archived_at=AT))
    inbox.get(f"{INBOX}/1").form("form[action$='/open']").submit()
    assert (kept(here)[0].state, kept(here)[0].story_id) == ("open", None)


def test_too_long_words_are_told_at_their_own_field(here: Affected) -> None:
    form = browser_of(here.app, here.people["member"]).get("/requests/new").form("main form")
    page = form.submit(name="Quotes", body="x" * 4001, status=422)
    assert "At most 4000 characters." in page.text
    assert "body_fault" in page.html
    assert "name_fault" not in page.html
