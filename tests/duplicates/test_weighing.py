"""What a company lets fields count: seen before it is saved, followed by a search, and taken back."""

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.duplicates.sameness import samenesses
from implementor.duplicates.services.weighing import checked_weighing
from implementor.duplicates.weighed import foreseen, weighing_of
from implementor.duplicates.weights import SHIPPED, Weighing
from implementor.foundation.errors import InvalidInput
from implementor.jobs.models import Job
from implementor.jobs.running import run_inline
from tests.auth.builders import reading
from tests.crm.builders import company
from tests.duplicates.builders import pairs_of
from tests.duplicates.test_merging import two

PLACE = "/crm/duplicates/weights"


def search(app: Flask) -> None:
    """Carry out the search that was asked for."""
    with reading(app) as session:
        (job_id,) = session.scalars(select(Job.id).where(Job.kind == "duplicates.scan", Job.state == "waiting")).all()
    run_inline(app, job_id)


def test_weights_are_seen_saved_searched_by_and_taken_back(app: Flask) -> None:
    here = company(app)
    pair = tuple(sorted(two(here, phone="+34 600 111 222")))
    browser = here.browser("crm_admin")
    form = browser.get(f"{PLACE}?kind=account").form("#weights")
    strict = {"possible": "400", "sure": "450", "email": "0"}
    seen = browser.post(PLACE, {**form.values, **strict, "preview": "1"})
    assert "Of 1 candidate known now: 1 no longer shown, 0 more shown." in seen.text
    assert pairs_of(here) == {pair}
    saved = browser.post(PLACE, {**seen.form("#weights").values, **strict})
    assert "All records are searched again" in saved.text
    with reading(app) as session:
        assert weighing_of(session, "account") == Weighing({"email": 0}, 400, 450)
        assert weighing_of(session, "contact") == SHIPPED
    search(app)
    assert pairs_of(here) == set()
    here.undo("crm_admin")
    with reading(app) as session:
        assert weighing_of(session, "account") == SHIPPED
    search(app)
    assert pairs_of(here) == {pair}
    here.browser().get(PLACE, status=403)


def test_looser_weights_find_more_among_the_newest(app: Flask) -> None:
    here = company(app)
    for name in ("Alfa", "Zeta Norte"):
        here.add("account", name=name, phone="+34 600 111 222")
    assert pairs_of(here) == set()
    with reading(app) as session:
        wanted = Weighing({"phone": 300, "company": 50}, 60, 100)
        assert foreseen(session, samenesses["account"], wanted).beyond == 1
        assert foreseen(session, samenesses["account"], SHIPPED).changes == 0


@pytest.mark.parametrize(
    ("weighing", "wrong"),
    [
        (Weighing({"phone": 301}), "phone"), (Weighing({"born": 50}), "born"), (Weighing({}, 0, 10), "possible"),
        (Weighing({}, 60, 50), "sure"), (Weighing({}, 60, 501), "sure"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_weighed_is_said_beside_its_field(app: Flask, weighing: Weighing, wrong: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_weighing(samenesses["account"], weighing)
    assert set(refused.value.errors) == {wrong}
