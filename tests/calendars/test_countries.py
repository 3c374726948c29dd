"""Countries and regions in lists: named and ordered in the reader's language."""

import pytest

from implementor.calendars.countries import CountryName, country_choices, currency_of, region_choices, region_name
from implementor.foundation.words import Speech, speaking


def test_countries_are_in_the_order_of_the_language_whatever_the_accents() -> None:
    spanish = [name for _, name in country_choices("es")]
    assert spanish.index("Brasil") < spanish.index("España") < spanish.index("Venezuela")
    assert dict(country_choices("en"))["DE"] == "Germany"


def test_a_country_is_named_in_the_language_of_who_reads() -> None:
    with speaking(Speech("es")):
        assert str(CountryName("DE")) == "Alemania"


@pytest.mark.parametrize(
    ("country", "region", "name"), [("ES", "MD", "Madrid"), ("ES", None, ""), ("US", "TX", "Texas")]
)
def test_regions_have_names(country: str, region: str | None, name: str) -> None:
    assert region_name(country, region) == name


@pytest.mark.parametrize("country", ["VE", "XX", ""])
def test_countries_without_regions_offer_none(country: str) -> None:
    assert region_choices(country) == ()


def test_every_country_has_a_currency() -> None:
    assert currency_of("ES") == "EUR"
    assert {len(currency_of(code)) for code, _ in country_choices("en")} == {3}
