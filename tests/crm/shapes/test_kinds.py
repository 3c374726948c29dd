"""What is made of a kind of record: refused where it cannot be, kept as history, taken back; others read it at once."""

from typing import Any

import pytest
from flask import Flask

from implementor.configuration.first_use import speeches
from implementor.configuration.services import kinds
from implementor.configuration.services.field_names import rename_field
from implementor.configuration.services.kinds import SectionWish
from implementor.crm.accounts.catalogue import ACCOUNT
from implementor.foundation.errors import InvalidInput
from implementor.foundation.fields import Field, Kind
from implementor.foundation.shapes import Section, Shape, shaped
from implementor.foundation.words import Speech, say, speaking
from implementor.lists.state import whole_address
from tests.crm.builders import Company, company
from tests.crm.shapes.builders import as_live, need, shape

CLIENT = {"singular_en": "Client", "singular_es": "Cliente", "plural_en": "Clients", "plural_es": "Clientes"}


@pytest.fixture
def here(app: Flask) -> Company:
    return company(app)


def test_names_are_read_in_both_languages_and_an_undo_takes_them_back(here: Company) -> None:
    shape(here, kinds.rename_kind, "account", CLIENT)
    with as_live(here):
        assert [str(ACCOUNT.label), str(ACCOUNT.label_plural)] == ["Client", "Clients"]
        with speaking(Speech("es")):
            assert str(say("New: %(kind)s", kind=ACCOUNT.label)) == "New: Cliente"
        assert ACCOUNT.label.as_json()["texts"]["es"] == "Cliente"
    here.undo("crm_admin")
    with as_live(here):
        assert str(ACCOUNT.label) == "Account"
    assert str(ACCOUNT.label_plural) == "Accounts"


def test_a_renamed_field_is_called_so_wherever_the_catalogue_is_asked(here: Company) -> None:
    labels = {"label_en": "Turnover", "label_es": "Ventas del año"}
    shape(here, rename_field, "account", "revenue", labels, speeches=speeches())
    with as_live(here):
        assert str(ACCOUNT.fields["revenue"].label) == "Turnover"
        assert str(ACCOUNT.fields["currency"].label) == "Turnover: currency"
    here.undo("crm_admin")
    with as_live(here):
        assert str(ACCOUNT.fields["revenue"].label) == str(ACCOUNT.declared["revenue"].label)


def heading(*fields: str, en: str = "One", es: str = "Uno") -> SectionWish:
    return SectionWish(en, es, fields)


@pytest.mark.sqlite_only(reason="rules of the services, without SQL")
@pytest.mark.parametrize(
    ("service", "args", "error"),
    [
        (kinds.set_layout, ([heading("nothing")], []), "sections"),
        (kinds.set_layout, ([heading("city"), heading("city", en="Two", es="Dos")], []), "sections"),
        (kinds.set_layout, ([heading("city"), heading("website")], []), "label_en"),
        (kinds.set_layout, ([heading("city", es="")], []), "label_es"),
        (kinds.set_layout, ([], ["name"]), "left_out"),
        (kinds.set_layout, ([], ["industry"]), "left_out"),
        (kinds.set_columns, (["website"], ""), "columns"),
        (kinds.set_columns, (["name", "nothing"], ""), "columns"),
        (kinds.set_columns, (["name", "name"], ""), "columns"),
        (kinds.set_columns, (["name"], "nothing"), "sort"),
    ],
)
def test_what_cannot_be_is_refused_by_its_input(here: Company, service: Any, args: tuple[Any, ...], error: str) -> None:
    need(here, "account", "industry", strength="create")
    with pytest.raises(InvalidInput) as said:
        shape(here, service, "account", *args)
    assert error in said.value.errors


def test_fields_stand_in_the_order_of_their_headings_the_others_behind_as_they_stood() -> None:
    fields = {name: Field(name, Kind.LINE, say("Name"), ACCOUNT.declared["name"].column) for name in "abcd"}
    order = shaped(fields, Shape(sections=(Section(say("Two"), ("d", "gone", "b")),)))
    assert list(order) == ["d", "b", "a", "c"]
    assert [str(one.group) for one in order.values()] == ["Two", "Two", "None", "None"]


def test_new_records_are_not_asked_for_what_is_left_out_and_pages_still_show_it(here: Company) -> None:
    made = here.add("account", name="Norte", city="Soria")
    shape(here, kinds.set_layout, "account", [heading("website")], ["city"])
    seller = here.browser()
    assert "city" not in seller.get("/records/account/new").form().values
    assert "city" in seller.get(f"/records/account/{made}/edit").form().values
    page = seller.get(f"/crm/accounts/{made}").text
    assert "Soria" in page


def test_who_keeps_a_list_keeps_what_it_shows(here: Company) -> None:
    assert whole_address(ACCOUNT, "q=x") == "q=x"
    shape(here, kinds.set_columns, "account", ["name", "city"], "-name")
    with as_live(here):
        assert whole_address(ACCOUNT, "q=x") == "q=x&columns=name%2Ccity&sort=-name"
        assert whole_address(ACCOUNT, "columns=name&sort=name") == "columns=name&sort=name"
