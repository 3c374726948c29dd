"""A number that only one record can bear is not given twice unawares; who may says why it must be."""

from flask import Flask
from sqlalchemy import select

from implementor.crm.accounts.models import Account
from implementor.duplicates.entry import bearers_of
from implementor.duplicates.sameness import samenesses
from implementor.history.models import Action
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.duplicates.builders import pairs_of
from tests.machinery.pages import Page
from tests.machinery.statements import counting

SPELLED = {"name": "Pérez Talleres", "tax_id": "ES B 1234567-8"}


def typed(here: Company, who: str = "seller", *, status: int = 409, **values: str) -> Page:
    """What answers somebody who types an account in."""
    form = here.browser(who).get("/records/account/new").form("Save")
    return form.submit({**SPELLED, **values}, status=status)


def names(here: Company) -> set[str]:
    with reading(here.app) as session:
        return set(session.scalars(select(Account.name)))


def test_another_spelling_of_a_known_tax_number_is_refused_and_leads_to_the_record(app: Flask) -> None:
    here = company(app)
    known = here.add("account", name="Talleres Pérez SL", tax_id="ESB12345678")

    page = typed(here)

    assert names(here) == {"Talleres Pérez SL"}
    assert page.links["Talleres Pérez SL"].endswith(f"/crm/accounts/{known}")
    assert "Open it instead. A manager can add a second one." in page.text
    assert page.form("Save").value("name") == "Pérez Talleres"
    assert "Why must there be a second one?" not in page.text


def test_who_sells_cannot_add_it_with_a_reason_either(app: Flask) -> None:
    here = company(app)
    here.add("account", name="Talleres Pérez SL", tax_id="ESB12345678")
    browser = here.browser()
    form = browser.get("/records/account/new").form("Save")
    shown = {name: values[0] for name, values in form.values.items() if values}

    browser.post("/records/account/new", {**shown, **SPELLED, "anyway_reason": "Because"}, status=409)

    assert names(here) == {"Talleres Pérez SL"}


def test_a_manager_adds_it_with_a_reason_that_history_keeps(app: Flask) -> None:
    here = company(app)
    known = here.add("account", name="Talleres Pérez SL", tax_id="ESB12345678")

    asked = typed(here, "manager")
    again = asked.form("Save").submit(status=409, anyway_reason="   ")
    again.form("Save").submit(anyway_reason="Two plants, one tax number")

    assert names(here) == {"Talleres Pérez SL", "Pérez Talleres"}
    with reading(app) as session:
        said = [str(one.summary) for one in session.scalars(select(Action)) if one.verb == "account.add"]
        made = session.scalars(select(Account.id).order_by(Account.id.desc())).first()
    assert any("Two plants, one tax number" in one for one in said)
    assert pairs_of(here) == {(known, made)}


def test_who_does_not_see_the_record_is_not_told_of_it(app: Flask) -> None:
    here = company(app)
    known = here.add("account", name="Talleres Pérez SL", tax_id="ESB12345678")
    find = bearers_of(samenesses["account"], {"tax_id": "tax_id"})

    with reading(app) as session:
        told = find(session, SPELLED, here.by("seller"))
        stranger = find(session, SPELLED, here.by("stranger"))

    assert ([(one.id, one.title) for one in told], stranger) == ([(known, "Talleres Pérez SL")], [])


def test_what_was_put_away_or_says_another_number_is_no_obstacle(app: Flask) -> None:
    here = company(app)
    here.add("account", name="Talleres Pérez SL", tax_id="ESB87654321")

    typed(here, status=200, tax_id="")
    typed(here, status=200, name="Third", tax_id="0000000")

    assert len(names(here)) == 3


def test_asking_costs_one_statement_and_a_second_one_for_a_name(app: Flask) -> None:
    here = company(app)
    here.add("account", name="Talleres Pérez SL", tax_id="ESB12345678")
    find = bearers_of(samenesses["account"], {"tax_id": "tax_id"})

    with reading(app) as session:
        session.execute(select(Account.id)).all()
        counts = []
        for values in ({"name": "Alfa"}, {"tax_id": "ESB00000001"}, SPELLED):
            with counting() as said:
                find(session, values, here.by("manager"))
            counts.append(len(said))

    assert counts == [0, 1, 2]
