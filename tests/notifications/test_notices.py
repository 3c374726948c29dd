"""The bell: what one was told, read once and for all; titles only of what one still sees."""

from flask import Flask

from implementor.auth.models import TeamMember
from implementor.crm.cases.models import Case
from implementor.foundation.records import RecordRef
from implementor.foundation.words import say
from implementor.notifications.news import News
from implementor.notifications.notices import tell_people
from tests.crm.builders import START, Company, company
from tests.machinery.statements import counting

OF_PROJECTS = [
    "gate.review",
    "committee.meeting",
    "project.kept",
    "metric.trigger",
    "governance.chase",
    "governance.escalation",
    "governance.silence",
    "adoption.help",
    "money.term",
    "money.limit",
    "message.due",
    "survey.asked",
    "training.expiry",
    "training.expiry_led",
    "support.answer",
    "support.waits",
    "incentive.awards",
    "scorecard.published",
]
"""What everybody may hear of who takes part in projects."""


def told_of_case(here: Company, key: str = "one", subject: str = "Leaking tap") -> int:
    """The seller is told of a case of theirs; its id."""
    case_id = here.add("case", subject=subject)
    with here.working() as session:
        news = News(
            "case.late", key, say("%(case)s: late", case="C-1"), RecordRef("case", case_id), subject,
            f"/crm/cases/{case_id}", START, START,
        )  # fmt: skip
        tell_people(session, [here.people["seller"].id, here.people["seller"].id], news)
        tell_people(session, [here.people["seller"].id], news)
    return case_id


def test_the_bell_is_marked_until_the_notice_is_opened(app: Flask) -> None:
    here = company(app)
    case_id = told_of_case(here)
    browser = here.browser()
    assert "Unread notices" in browser.get("/account").text
    page = browser.get("/notices")
    assert [row["Record"] for row in page.rows()] == ["Leaking tap"]
    assert page.form("Read it").submit().url.endswith(f"/crm/cases/{case_id}")
    assert "Unread notices" not in browser.get("/notices").text


def test_all_are_read_at_once(app: Flask) -> None:
    here = company(app)
    told_of_case(here, "one")
    told_of_case(here, "two")
    page = here.browser().get("/notices").form("Mark all as read").submit()
    assert [row["State"] for row in page.rows()] == ["read", "read"]


def test_the_notices_of_others_are_not_found(app: Flask) -> None:
    here = company(app)
    told_of_case(here)
    mate = here.browser("mate")
    assert "Nothing to tell you" in mate.get("/notices").text
    mate.post("/notices/1/open", status=404)


def test_a_record_out_of_sight_is_not_named_any_more(app: Flask) -> None:
    here = company(app)
    case_id = told_of_case(here)
    with here.working("crm_admin") as session:
        session.get_one(Case, case_id).owner_id = here.people["elsewhere"].id
        session.query(TeamMember).delete()
    page = here.browser().get("/notices")
    assert "Leaking tap" not in page.html
    assert "out of your sight" in page.text
    assert page.form("Mark as read").submit().url.endswith("/notices")


def test_people_choose_what_they_hear_of(app: Flask) -> None:
    here = company(app)
    page = here.browser().get("/notices/choices")
    form = page.form("Save")
    assert form.values["bell"] == ["case.near", "case.late", *OF_PROJECTS, "release.applied"]
    page = form.submit(bell=["case.near"], mail=[])
    assert "as you chose" in page.text
    assert page.form("Save").values["bell"] == ["case.near"]
    told_of_case(here)
    assert "Nothing to tell you" in here.browser().get("/notices").text
    assert here.browser("stranger").get("/notices/choices").form("Save").values["bell"] == OF_PROJECTS


def test_one_notice_and_forty_cost_the_same_statements(app: Flask) -> None:
    here = company(app)
    browser, counts = here.browser(), []
    for more in (1, 25):
        for number in range(more):
            told_of_case(here, f"{more}-{number}")
        browser.get("/notices")
        with counting() as statements:
            browser.get("/notices")
        counts.append(len(statements))
    assert counts[0] == counts[1]
