"""What is taken for granted follows from the base currency: in pages, commands and jobs, each for its own work."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.auth.events import CommandBegan
from implementor.calendars.services.rates import base_currency, choose_base_currency, conventions_of
from implementor.crm.accounts.models import Account
from implementor.foundation.conventions import Conventions, conventions, kept
from implementor.foundation.events import publish
from implementor.jobs.events import JobBegan
from tests.auth.builders import reading
from tests.crm.builders import START, Company, company

MEXICO = Conventions("MXN", "MX")


@pytest.fixture(autouse=True)
def _leave_nothing_behind() -> Iterator[None]:
    with kept():
        yield


@pytest.fixture
def here(app: Flask) -> Company:
    """A company whose totals are in pesos."""
    made = company(app)
    with made.working("crm_admin") as session:
        choose_base_currency(session, "MXN", by=made.by("crm_admin"), at=START)
    return made


@pytest.mark.parametrize(
    ("currency", "expected"),
    [(None, Conventions("EUR", "ES")), ("EUR", Conventions("EUR", "ES")), ("MXN", MEXICO),
     ("USD", Conventions("USD", "US")), ("XOF", Conventions("XOF", "ES"))],
)  # fmt: skip
def test_the_country_is_the_one_whose_money_it_is(currency: str | None, expected: Conventions) -> None:
    assert conventions_of(currency) == expected


def test_nobody_chose_and_both_say_the_usual_one(app: Flask) -> None:
    with reading(app) as session:
        assert base_currency(session) == conventions_of(None).currency == "EUR"


def test_a_page_takes_amounts_and_numbers_for_those_of_the_country(here: Company) -> None:
    form = here.browser().get("/records/account/new").form("Save")
    form.submit(name="Aceros", revenue="1250")
    with reading(here.app) as session:
        made = session.scalars(select(Account)).one()
    assert (made.revenue_amount, made.currency) == (125000, "MXN")
    assert conventions() == Conventions(), "the next request may be for another database"


def test_a_file_of_a_command_is_read_so(here: Company, tmp_path: Path) -> None:
    file = tmp_path / "erp.csv"
    file.write_text("Company,Annual revenue\nAceros,1250\n", encoding="utf-8")
    here.app.test_cli_runner().invoke(args=["import", "account", str(file), "--as", "crm_admin@vega.example"])
    with reading(here.app) as session:
        assert session.scalars(select(Account.currency)).all() == ["MXN"]


def test_commands_and_jobs_begin_with_it(here: Company) -> None:
    for event in (CommandBegan(here.by(), START), JobBegan("any", here.by(), START)):
        with kept():
            with here.working() as session:
                publish(session, event)
            assert conventions() == MEXICO
        assert conventions() == Conventions()
