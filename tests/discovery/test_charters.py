"""The charter of a project: sponsor and lead sign, nobody for both; frozen then, with what it names; next editions."""

from typing import Any

import pytest
from flask import Flask

from implementor.discovery import charter_services as services
from implementor.discovery.charter_models import Charter
from implementor.discovery.editions import Frozen, NotComplete, SignedAlready
from implementor.foundation.permissions import Actor, Role
from tests.auth.builders import working
from tests.discovery.builders import Direction, charter_in, direction, sign_charter
from tests.discovery.test_gate_checks import read
from tests.machinery.pages import Page
from tests.machinery.statements import counting
from tests.projects.builders import NOW

PAGE = "/projects/VEN/charters"


@pytest.fixture
def there(app: Flask) -> Direction:
    """A project with one objective that is judged."""
    found = direction(app)
    found.judge(found.objective(), found.aim.metric())
    return found


def change(there: Direction, charter_id: int, **values: Any) -> None:
    with working(there.app, there.aim.by()) as session:
        found = session.get_one(Charter, charter_id)
        services.change_charter(session, found, values, by=there.aim.by(), at=NOW)


def stored(there: Direction, charter_id: int) -> Charter:
    found: Charter = there.stored(Charter, charter_id)
    return found


def page_of(there: Direction, who: str = "lead") -> Page:
    return there.aim.browser(who).get(PAGE)


def test_it_is_begun_with_what_the_project_says_and_edited_by_the_shared_form(there: Direction) -> None:
    page = page_of(there).form("form[action$='/charters']").submit()
    assert "Before it can be signed it needs: " in page.text
    assert "what belongs to it and what does not" in page.text
    edit = page.follow("Edit").form("main form")
    wrong = edit.submit(status=422, starts_on="2026-05-01", ends_on="2026-04-01")
    assert "It ends before it begins." in wrong.text
    page = wrong.form("main form").submit(ends_on="2026-12-31", scope_in="Sales and service", scope_out="Payroll")
    assert "Sales and service" in page.text
    assert there.aim.browser("viewer").get(PAGE).all("form[action$='/charters'], form[action$='/signature']") == []


def test_sponsor_and_lead_sign_and_then_it_is_in_force_and_frozen(there: Direction) -> None:
    charter_id = charter_in(there)
    assert not read(there, "charter_signed").passes(100)
    page = page_of(there).form("form[action$='/signature']").submit()
    assert "The other signature is still missing." in page.text
    page = page_of(there, "sponsor").form("form[action$='/signature']").submit()
    assert stored(there, charter_id).state == "signed"
    assert read(there, "charter_signed").passes(100)
    page.browser.get(f"/projects/VEN/records/charter/{charter_id}/edit", status=409)
    with pytest.raises(Frozen):
        change(there, charter_id, purpose="Another one")
    with pytest.raises(Exception, match="taken back on the page"):
        there.aim.undo()


def test_what_it_names_stays_as_it_was_when_it_was_signed(there: Direction) -> None:
    sign_charter(there, there.aim.by("lead"), there.aim.by("sponsor"))
    there.objective("Stated later")
    text = page_of(there).text
    assert ("Quotes go out the same day" in text, "Sales cycle" in text, "40 days" in text) == (True, True, True)
    assert "SponsorVen Paz" in text
    assert "Stated later" not in text


def both(there: Direction) -> Actor:
    return there.aim.people["lead"].actor.with_roles([Role.PROJECT_LEAD, Role.SPONSOR])


def test_nobody_signs_in_both_roles_and_nobody_without_one(there: Direction) -> None:
    charter_id = sign_charter(there, both(there))
    with pytest.raises(SignedAlready, match="Somebody else signs"):
        sign_charter(there, both(there), charter_id=charter_id)
    with pytest.raises(services.NotYours):
        sign_charter(there, there.aim.by("member"), charter_id=charter_id)
    with pytest.raises(SignedAlready, match="signature of your role"):
        sign_charter(there, there.aim.people["member"].actor.with_roles([Role.SPONSOR]), charter_id=charter_id)


@pytest.mark.parametrize("lacking", ["purpose", "scope_out", "rules", "ends_on", "authority", "budget_amount"])
def test_what_lacks_something_is_not_signed(there: Direction, lacking: str) -> None:
    currency = {"budget_currency": None} if lacking == "budget_amount" else {}
    charter_id = charter_in(there, **{lacking: None, **currency})
    with pytest.raises(NotComplete):
        sign_charter(there, there.aim.by("lead"), charter_id=charter_id)


def test_a_signature_is_taken_back_while_the_other_is_missing(there: Direction) -> None:
    charter_id = sign_charter(there, there.aim.by("lead"))
    page_of(there).form("form[action$='/signature/removal']").submit()
    assert (stored(there, charter_id).state, stored(there, charter_id).frozen) == ("draft", None)
    sign_charter(there, there.aim.by("lead"), there.aim.by("sponsor"), charter_id=charter_id)
    page_of(there).browser.post(f"{PAGE}/{charter_id}/signature/removal", {}, status=409)


def test_the_next_edition_replaces_the_former_when_both_signed_it(there: Direction) -> None:
    charter_id = sign_charter(there, there.aim.by("lead"), there.aim.by("sponsor"))
    page = page_of(there).form("form[action$='/edition']").submit()
    assert ("Edition 2" in page.text, "Answer in a day" in page.text) == (True, True)
    page.browser.post(f"{PAGE}/{charter_id}/edition", {}, status=409)
    page.browser.post(PAGE, {}, status=200)
    assert stored(there, charter_id).state == "signed"
    sign_charter(there, there.aim.by("lead"), there.aim.by("sponsor"), charter_id=charter_id + 1)
    assert (stored(there, charter_id).state, stored(there, charter_id + 1).state) == ("replaced", "signed")
    assert "A later edition took its place" in page.browser.get(f"{PAGE}/{charter_id}").text


def test_many_objectives_cost_as_many_statements_as_one(there: Direction) -> None:
    charter_in(there)
    browser, counts = there.aim.browser(), []
    for _ in range(2):
        browser.get(PAGE)
        with counting() as seen:
            browser.get(PAGE)
        counts.append(seen)
        for number in range(20):
            there.judge(there.objective(f"Aim {number}"), there.aim.metric(name=f"Metric {number}"))
    assert len(counts[1]) == len(counts[0]), counts[1].beyond(counts[0])


def test_another_project_learns_nothing_of_it(there: Direction) -> None:
    charter_id = charter_in(there)
    stranger = direction(there.app, "SER").aim.browser()
    stranger.get(f"{PAGE}/{charter_id}", status=404)
    stranger.get(f"/projects/SER/charters/{charter_id}", status=404)
    assert "No charter yet" in stranger.get("/projects/SER/charters").text
