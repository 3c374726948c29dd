"""Two spellings of one thing have one key, two things have two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from implementor.duplicates.normal_forms import (
    NORMAL_FORMS,
    company_key,
    domain_key,
    email_key,
    is_role_mailbox,
    name_key,
    phone_key,
)
from implementor.duplicates.scoring import identifies


@pytest.mark.parametrize(
    ("form", "one", "other"),
    [
        (company_key, "Talleres Pérez, S.L.U.", "TALLERES PEREZ SL"),
        (company_key, "Acme, S.A. de C.V.", "ACME"),
        (company_key, "The Boeing Company", "Boeing"),
        (company_key, "Müller GmbH & Co. KG", "muller"),
        (company_key, "Foo Sociedad Anónima", "Foo, S. A."),
        (name_key, "García López, Ana", "Sra. Ana García López"),
        (name_key, "O'Brien, Pat", "pat obrien"),
        (email_key, "Ana.Ruiz+web@Acme.ES", "ana.ruiz@acme.es"),
        (phone_key, "+34 612 345 678", "612345678"),
        (phone_key, "0034612345678", "612-34-56-78"),
        (phone_key, "+1 (310) 246-1501 x12", "310/246-1501"),
        (phone_key, "06 12 34 56 78", "+33 6 12 34 56 78"),
        (domain_key, "https://www.Acme.com/shop?x=1", "ana@acme.com"),
    ],
)
def test_two_spellings_have_one_key(form: object, one: str, other: str) -> None:
    assert callable(form)
    assert form(one) == form(other) != ""


@pytest.mark.parametrize(
    ("form", "text"),
    [(phone_key, "000 000 000"), (phone_key, "ext 12"), (email_key, "not an address"), (domain_key, "ana@gmail.com")],
)
def test_what_identifies_nobody_has_no_key(form: object, text: str) -> None:
    assert callable(form)
    assert form(text) == ""


def test_a_company_that_is_only_a_legal_form_keeps_its_name() -> None:
    assert company_key("S.L.") != ""
    assert company_key("SA") == "sa"


@pytest.mark.parametrize("address", ["info@acme.es", "Ventas@acme.es", "no-reply@acme.es", "sales+eu@acme.es"])
def test_a_desk_never_stands_for_a_person(address: str) -> None:
    assert is_role_mailbox(email_key(address))
    assert not identifies("email", email_key(address))
    assert identifies("email", "ana.ruiz@acme.es")


def test_nothing_is_decided_by_a_telephone_or_a_name() -> None:
    assert not any(identifies(role, "612345678") for role in ("phone", "name", "company", "postcode"))


@given(st.sampled_from(sorted(NORMAL_FORMS)), st.text())
def test_any_text_has_a_key_and_the_key_stays_itself(role: str, text: str) -> None:
    form = NORMAL_FORMS[role]
    key = form(text)

    assert "\x00" not in key or "\x00" in text
    assert role == "phone" or form(key) in (key, "")
