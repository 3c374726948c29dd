"""What a change lead looks at first: each figure leads to its records, and nobody else is shown it."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import update

from implementor.support.models import SupportRequest
from implementor.surveys.models import Survey
from implementor.training.models import Course, TrainingSession
from tests.audiences.builders import affected
from tests.machinery.statements import counting

NOW = datetime.now(UTC)


def test_each_figure_of_the_week_leads_to_its_records(app: Flask) -> None:
    here = affected(app)
    for name in ("New", "Old", "Settled"):
        here.write(SupportRequest, name=name)
    course = here.write(Course, name="CRM basics")
    for name, days in (("Past", -1), ("Soon", 3), ("Later", 30), ("Over", 2)):
        here.write(TrainingSession, name=name, course_id=course, zone="UTC",
                   starts_at=NOW + timedelta(days=days), seats=9)  # fmt: skip
    survey = here.write(Survey, name="Pulse", closes_on=NOW.date())
    with here.working() as session:
        session.execute(update(SupportRequest).where(SupportRequest.name == "Old").values(is_late=True))
        session.execute(update(SupportRequest).where(SupportRequest.name == "Settled").values(state="done"))
        session.execute(update(TrainingSession).where(TrainingSession.name == "Over").values(state="cancelled"))
        session.execute(update(Survey).where(Survey.id == survey).values(state="open", salt="00", asked=9))
    for path in ("/", "/projects/VEN/adoption/"):
        page = here.browser().get(path)
        assert "0 of 9 answered so far" in page.text
        for link, names in (("2 requests wait", ["Old", "New"]), ("1 longer than promised", ["Old"])):
            assert sorted(row["In one line"] for row in page.follow(link).rows()) == sorted(names)
        assert [row["Name"] for row in page.follow("1 session in two weeks").rows()] == ["Soon"]
    for who in ("lead", "sponsor", "member"):
        assert "requests wait" not in here.browser(who).get("/").text
        assert "requests wait" not in here.browser(who).get("/projects/VEN/adoption/").text


def test_many_requests_and_surveys_cost_as_many_statements_as_one(app: Flask) -> None:
    here = affected(app)
    browser, counts = here.browser(), []
    for more in (1, 8):
        for number in range(more):
            here.write(SupportRequest, name=f"{more} {number}")
            survey = here.write(Survey, name=f"{more} {number}", closes_on=NOW.date())
            with here.working() as session:
                session.execute(update(Survey).where(Survey.id == survey).values(state="open", salt="00", asked=9))
        browser.get("/")
        with counting() as statements:
            browser.get("/")
        counts.append(len(statements))
    assert counts[0] == counts[1]
