"""What holds for every kind of CRM record, tried with the example of each: its pages, its forms, its undo."""

import pytest
from flask import Flask

from implementor.configuration.first_use import bring_in_shipped
from implementor.crm.records.kinds import crm_kinds, crm_parts
from implementor.lists.sheets import sheet_of
from tests.auth.builders import reading, working
from tests.crm.builders import START, Company, company
from tests.crm.examples import EXAMPLES, add_examples, add_next


def with_pipeline(app: Flask) -> Company:
    """A company whose deals have stages to be in."""
    here = company(app)
    with working(app) as session:
        bring_in_shipped(session, at=START)
    return here


def with_examples(app: Flask, text: str = "of the walk") -> tuple[Company, dict[str, int]]:
    """A company with one record of each kind, the administrator's."""
    here = with_pipeline(app)
    with here.working("crm_admin") as session:
        return here, add_examples(session, here.by("crm_admin"), START, text)


@pytest.mark.sqlite_only("what is declared is the same on both")
def test_every_kind_and_part_that_is_made_by_a_form_has_an_example(app: Flask) -> None:
    made = {kind for kind in (*crm_kinds, *crm_parts) if sheet_of(kind).create is not None}
    assert made == set(EXAMPLES), "tests/crm/examples.py"


def test_every_page_of_every_kind_answers_and_shows_the_record(app: Flask) -> None:
    here, made = with_examples(app)
    browser = here.browser("crm_admin")
    for kind, declared in crm_kinds.items():
        plural = declared.plural.replace("_", "-")
        title = str(_title(here, kind, made[kind]))
        page = browser.get(f"/crm/{plural}/{made[kind]}")
        assert page.heading.startswith(title), kind
        for place in ("history", "around"):
            browser.get(f"/crm/{plural}/{made[kind]}/{place}")
        browser.get(f"/crm/{plural}?q=nothing-begins-so")
        browser.get(f"/records/{kind}/{made[kind]}/edit")
        browser.get(f"/records/{kind}/new")


def test_every_part_is_shown_and_has_its_forms(app: Flask) -> None:
    here, made = with_examples(app)
    browser = here.browser("crm_admin")
    for kind, part in crm_parts.items():
        parent = crm_kinds[part.parent_kind].plural.replace("_", "-")
        page = browser.get(f"/crm/{parent}/{made[part.parent_kind]}")
        assert f"/records/{kind}/{made[kind]}/edit" in page.html, kind
        browser.get(f"/records/{kind}/{made[kind]}/edit")
        browser.get(f"/records/{kind}/new?{part.parent}={made[part.parent_kind]}")


def test_what_a_form_shows_is_saved_without_a_change(app: Flask) -> None:
    here, made = with_examples(app)
    browser = here.browser("crm_admin")
    for kind in EXAMPLES:
        model = sheet_of(kind).entity.model
        before = here.stored(model, made[kind]).version
        browser.get(f"/records/{kind}/{made[kind]}/edit").form().submit()
        assert here.stored(model, made[kind]).version == before, kind


def test_every_record_is_put_away_and_brought_back(app: Flask) -> None:
    here, made = with_examples(app)
    browser = here.browser("crm_admin")
    browser.get("/account")
    for kind in reversed(EXAMPLES):
        model = sheet_of(kind).entity.model
        for verb, archived in (("archive", True), ("restore", False)):
            browser.post(f"/records/{kind}/{made[kind]}/{verb}")
            assert here.stored(model, made[kind]).is_archived is archived, kind


def test_making_a_record_is_taken_back(app: Flask) -> None:
    here = with_pipeline(app)
    made = {"guest": here.people["seller"].id}
    for kind in EXAMPLES:
        for beside, is_taken_back in ((dict(made), True), (made, False)):
            with here.working("crm_admin") as session:
                record = add_next(session, kind, beside, here.by("crm_admin"), START, f"{kind} {is_taken_back}")
            if is_taken_back:
                here.undo("crm_admin")
            assert here.stored(sheet_of(kind).entity.model, record).is_archived is is_taken_back, kind


def _title(here: Company, kind: str, record_id: int) -> object:
    entity = sheet_of(kind).entity
    with reading(here.app) as session:
        return getattr(session.get_one(entity.model, record_id), entity.title_field)
