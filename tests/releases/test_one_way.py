"""What does not come back by itself is signed before it goes live, and said wherever somebody decides on it."""

import pytest
from flask import Flask

from implementor.calendars.services.policies import PolicyWanted, add_policy
from implementor.foundation.permissions import SYSTEM
from implementor.releases.item_kinds import item_kinds
from implementor.releases.release_return import CannotReturn
from implementor.releases.release_services import waive
from implementor.releases.release_trial import NotClean
from tests.auth.builders import reading, working
from tests.calendars.builders import make_calendar
from tests.crm.cases.desk import TARGETS
from tests.machinery.pages import Browser
from tests.releases.release_builders import Shop, shop
from tests.waves.builders import START

KIND = "service_level"


def _signed(made: Shop, browser: Browser) -> None:
    """The page of the release says who signed, and why; what a setting changes stands below it."""
    page = browser.get(made.here.url("/releases/1"))
    assert any("does not come back" in told for told in page.texts(".prose li li"))
    (row,) = page.rows("#signed table")
    assert (row["What was signed"], row["Why"]) == ("One way", "All were told.")
    assert row["By"] == made.here.actor().name


@pytest.mark.sqlite_only("rules over what was read; what reads and writes is tried on both beside")
def test_what_goes_one_way_is_signed_with_a_reason_and_said_at_each_step(app: Flask) -> None:
    made, (story,) = shop(app)
    with working(app) as session:
        wanted = PolicyWanted("Usual", make_calendar(session).id, targets=TARGETS)
        uid = add_policy(session, "case", wanted, by=SYSTEM, at=START).uid
    with reading(app) as session:
        before = item_kinds[KIND].live(session, uid) or {}
    after, answers = {**before, "warn_percent": 50}, {"running_clocks": "recount"}
    item = made.item(story, uid, after, kind=KIND, answers=answers)
    verdict = made.try_out()
    (step,) = verdict.blocking
    assert verdict.one_way == (step,)
    with pytest.raises(NotClean, match="does not come back"):
        made.close()
    browser = made.here.browser()
    page = browser.get(made.here.url(f"/waves/1/release/{item}"))
    assert "Sign that this is known" in page.text
    assert "One way" in browser.get(made.here.url("/waves/1/release")).text
    assert "does not come back by itself" in browser.get(made.here.url("/waves/1/close")).text
    with made.here.working() as session:
        said = verdict.of(step)[0]
        waive(session, step, said, reason="All were told.", by=made.here.actor(), at=START)
    made.close()
    assert "does not come back by itself" in made.release().notes_en
    _signed(made, browser)
    with pytest.raises(CannotReturn, match="sign that you know"):
        made.roll_back()
    made.roll_back(signed=True)
    with reading(app) as session:
        assert item_kinds[KIND].live(session, uid) == before
