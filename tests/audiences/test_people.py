"""People affected: counted once, seen by name by those entitled alone, imported, standing by others, erased."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.audiences.models import AffectedPerson, Audience, AudienceMember
from implementor.audiences.queries.people import people_counted_once
from implementor.audiences.services.people import erase_person, name_champion
from implementor.exchange.models import ImportedRow
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.history.models import Change
from tests.audiences.builders import AT, PLACE, Affected, affected
from tests.auth.builders import reading
from tests.exchange.readers.sources import workbook
from tests.exchange.registers import Register, became

ROWS = (
    "Nombre;Correo;Puesto;Correo del jefe;Audiencia\nAna Alba;ANA@there.example;Vendedora;;Ventas\n"
    "Berto Bar;berto@there.example;Vendedor;ana@there.example;Ventas\n"
)


@pytest.fixture
def here(app: Flask) -> Affected:
    return affected(app)


def test_a_person_in_two_audiences_is_counted_once(here: Affected) -> None:
    sales = here.audience("Sales", "Ana Alba", "Berto Bar")
    other = here.audience("Leads")
    with reading(here.app) as session:
        ana = session.scalars(select(AffectedPerson.id).where(AffectedPerson.name == "Ana Alba")).one()
    here.list(other, ana)
    with reading(here.app) as session:
        assert session.scalar(people_counted_once(project_id=here.project_id)) == 2
        assert session.scalar(people_counted_once(project_id=here.project_id, audience_ids=[other])) == 1
    with pytest.raises(Refusal, match="is in Sales already"):
        here.list(sales, ana)


def test_names_are_for_the_change_lead_ones_manager_and_oneself(here: Affected) -> None:
    boss = here.write(AffectedPerson, name="Zoraida Boss", email=here.people["member"].email)
    own = here.write(AffectedPerson, name="Quirina Own", email="quirina@there.example", manager_id=boss)
    other = here.write(AffectedPerson, name="Xenia Other", email="xenia@there.example")
    audience = here.audience("Sales")
    here.list(audience, other)
    pages = ("/affected", f"/audiences/{audience}", "/audiences", "/impacts/grid")
    for who, seen in (("change", 3), ("member", 2), ("lead", 0), ("sponsor", 0), ("viewer", 0)):
        browser = here.browser(who)
        names = ("Zoraida", "Quirina", "Xenia") if who == "change" else ("Xenia",)
        assert len(browser.get(f"{PLACE}/affected").rows()) == seen if seen else True, who
        for page in (*(f"{PLACE}{one}" for one in pages), "/search?q=Xenia", "/projects/VEN/history"):
            text = browser.get(page).text.replace("“Xenia”", "")
            if who != "change" and "search" not in page:
                assert not [name for name in names if name in text], (who, page)
        browser.get(f"{PLACE}/affected/{other}", status=200 if who == "change" else 404)
        browser.get(f"{PLACE}/affected/{own}", status=200 if who in ("change", "member") else 404)
    assert "Xenia Other" not in here.browser("lead").get("/search?q=Xenia").text
    assert "Xenia Other" in here.browser("change").get(f"{PLACE}/affected").text


def test_the_page_of_an_audience_lists_people_names_champions_and_says_who_is_missing(here: Affected) -> None:
    audience = here.audience("Sales", "Ana Alba", people_per_champion=1, stated_size=2)
    here.write(AffectedPerson, name="Berto Bar")
    browser = here.browser()
    page = browser.get(f"{PLACE}/audiences/{audience}")
    assert "2 champions are missing" in page.text
    page = page.form("form[action$='/champions']").submit(person_id="1")
    assert "1 champion is missing" in page.text
    page.form("form[action$='/champions']").submit(person_id="1", status=409)
    page = page.form("form[action$='/people']").submit(person_id="2")
    assert "2 are listed" in page.text
    page = page.form("form[action$='/end']").submit()
    assert "until" in page.find("#champions").text_content()  # the last day is included, so they still count today
    page = page.form("form[action$='/remove']").submit()
    assert "1 is listed" in page.text


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_of_people_is_matched_by_address_and_taken_back(here: Affected, tmp_path: Path, form: str) -> None:
    here.write(AffectedPerson, name="Ana", email="ana@THERE.example")
    register = Register(here.app, here.project_id, here.by(), "affected_person", tmp_path)
    path = register.file(ROWS) if form == "csv" else tmp_path / "people.xlsx"
    if form == "xlsx":
        path.write_bytes(workbook([line.split(";") for line in ROWS.splitlines()]))
    run = register.bring(path)
    assert became(run) == (1, 1, 0, 0)
    with reading(here.app) as session:
        found = session.scalars(select(AffectedPerson).order_by(AffectedPerson.id)).all()
        assert [(one.name, one.job_role, one.manager_id) for one in found] == [
            ("Ana Alba", "Vendedora", None), ("Berto Bar", "Vendedor", found[0].id),
        ]  # fmt: skip
        assert [one.name for one in session.scalars(select(Audience))] == ["Ventas"]
        assert len(session.scalars(select(AudienceMember)).all()) == 2
    assert became(register.bring(path))[:2] == (0, 0)
    register.take_back(run)
    with reading(here.app) as session:
        kept = select(AffectedPerson.name).where(AffectedPerson.archived_at.is_(None))
        assert session.scalars(kept).all() == ["Ana"]


def test_an_import_keeps_nothing_of_a_name_that_is_erased(here: Affected, tmp_path: Path) -> None:
    here.write(AffectedPerson, name="Ana", email="ana@there.example")
    register = Register(here.app, here.project_id, here.by(), "affected_person", tmp_path)
    run = register.bring(register.file(ROWS))
    with here.working() as session:
        erase_person(session, session.get_one(AffectedPerson, 1), by=here.by(), at=AT)
    with reading(here.app) as session:
        assert session.scalars(select(ImportedRow.record_id)).all() == [2], "what an undo would put back is gone too"
    register.take_back(run)
    with reading(here.app) as session:
        assert session.get_one(AffectedPerson, 1).name == "Erased person"


def test_a_login_is_linked_by_the_address_alone(here: Affected) -> None:
    linked = here.write(AffectedPerson, name="Somebody", email=here.people["member"].email.upper())
    unlinked = here.write(AffectedPerson, name=here.people["lead"].name)
    with reading(here.app) as session:
        assert session.get_one(AffectedPerson, linked).user_id == here.people["member"].id
        assert session.get_one(AffectedPerson, unlinked).user_id is None
    with pytest.raises(InvalidInput, match="listed already"):
        here.write(AffectedPerson, name="Twice", email=here.people["member"].email)


def test_a_name_that_is_erased_is_gone_from_the_history_too(here: Affected) -> None:
    audience = here.audience("Sales", "Ana Alba")
    with here.working() as session:
        erase_person(session, session.get_one(AffectedPerson, 1), by=here.by(), at=AT)
    with reading(here.app) as session:
        person = session.get_one(AffectedPerson, 1)
        assert (person.name, person.email, person.user_id) == ("Erased person", None, None)
        told = session.scalars(select(Change).where(Change.record_kind == "affected_person")).all()
        assert told
        assert not [one for one in told if "alba" in f"{one.before}{one.after}".lower()]
        assert session.scalar(people_counted_once(project_id=here.project_id)) == 1
    with pytest.raises(Refusal, match="erased on request"), here.working() as session:
        name_champion(session, session.get_one(Audience, audience), session.get_one(AffectedPerson, 1),
                      since=AT.date(), by=here.by(), at=AT)  # fmt: skip
