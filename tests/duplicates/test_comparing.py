"""What two values of a field have in common, and what that is worth."""

import pytest

from implementor.duplicates.blocking import blocks_of
from implementor.duplicates.comparing import COMPARISONS
from implementor.duplicates.portraits import portrait_of
from implementor.duplicates.scoring import may_be_possible, score_of
from implementor.duplicates.weights import POSSIBLE, SMALL_BASE_POINTS, WEIGHTS


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("19710624", "19710624", "same"),
        ("19710624", "19710524", "close"),
        ("19710506", "19710605", "close"),
        ("19710624", "19710731", "near"),
        ("19710624", "19720715", "far"),
        ("19710624", "19810702", "far"),
        ("19710624", "19750131", "other"),
        ("19710231", "19850908", "other"),
    ],
)
def test_days_are_near_by_their_digits_or_in_the_calendar(one: str, other: str, level: str) -> None:
    assert COMPARISONS["born"]([one], [other]) == COMPARISONS["born"]([other], [one]) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("russell sofia", "ruusesll sofia", "close"),
        ("ferguson logan", "logan sergufon", "close"),
        ("ana garcia", "garcia luis", "half"),
        ("leon smith", "noel smith", "half"),
        ("ana", "eva", "other"),
    ],
)
def test_a_jumbled_word_is_a_slip_and_another_word_is_not(one: str, other: str, level: str) -> None:
    assert COMPARISONS["name"]([one], [other]) == COMPARISONS["name"]([other], [one]) == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("roberta25@smith.net", "robert255@smith.net", "close"),
        ("gdavidson@jonnson-browh.com", "gdavidron@johnson-bsown.com", "close"),
        ("h.k@sharp.com", "f.j@sharp.com", "other"),
        ("info@sharp-brothers.com", "inof@sharp-brothers.com", "other"),
        ("info@sharp-brothers.com", "info@sharp-brothers.com", "shared"),
    ],
)
def test_slips_of_an_address_are_few_for_its_length(one: str, other: str, level: str) -> None:
    assert COMPARISONS["email"]([one], [other]) == level


def test_among_few_people_agreement_says_more_and_the_score_says_so() -> None:
    one = portrait_of([("name", "Freya Shah"), ("city", "London"), ("born", "1970-12-17")])
    other = portrait_of([("name", "Freya Shah"), ("city", "London"), ("born", "1985-02-03")])

    among_many, among_few = score_of(one, other), score_of(one, other, is_small_base=True)

    assert (among_many.is_possible, among_few.is_possible) == (False, True)
    assert may_be_possible(one, other, is_small_base=True)
    assert [(part.role, part.level, part.points) for part in among_few.parts[-1:]] == [
        ("base", "small", SMALL_BASE_POINTS)
    ]


def test_companies_and_fields_that_are_missing_count_nothing_more() -> None:
    company = portrait_of([("company", "Hotel Aurora"), ("city", "Cali")])
    nameless = portrait_of([("city", "Cali"), ("born", "1980-01-01")])

    assert score_of(company, company, is_small_base=True) == score_of(company, company)
    assert [part.role for part in score_of(nameless, company).parts] == ["city"]


def test_swapped_and_missing_names_meet_in_a_block_of_a_small_base() -> None:
    whole = portrait_of([("name", "Grace Kelly"), ("email", "x@jones.com")])
    alone = portrait_of([("name", "kely")])
    mailbox = portrait_of([("email", "grace.kelly52@jones.com")])

    met = set(blocks_of(whole, is_small_base=True))
    assert met & set(blocks_of(alone, is_small_base=True))
    assert met & set(blocks_of(mailbox, is_small_base=True))
    assert not set(blocks_of(whole)) & set(blocks_of(alone))


def test_every_level_has_its_points_and_none_reaches_a_candidate_unless_it_identifies() -> None:
    enough = {role for role, levels in WEIGHTS.items() if max(levels.values()) >= POSSIBLE}

    assert enough == {"tax_id", "email"}


def test_in_a_large_base_half_an_address_meets_only_with_the_town_or_the_whole_domain() -> None:
    ana = portrait_of([("name", "Ana Ruiz"), ("email", "ana.ruiz@hotelaurora.example"), ("city", "Cali")])
    slipped = portrait_of([("name", "Ana Ruis"), ("email", "ana.ruis@hotelaurora.example"), ("city", "Cali")])
    moved = portrait_of([("name", "A. Ruiz"), ("email", "ana.ruiz@correo.example"), ("city", "Cali")])
    stranger = portrait_of([("name", "Ana Rueda"), ("email", "ana.ruiz@hotelbrisas.example"), ("city", "Vigo")])
    assert set(blocks_of(ana)) & set(blocks_of(slipped))
    assert set(blocks_of(ana)) & set(blocks_of(moved))
    assert not set(blocks_of(ana)) & set(blocks_of(stranger))
    assert set(blocks_of(ana, is_small_base=True)) & set(blocks_of(stranger, is_small_base=True))


def test_a_long_domain_makes_no_colleagues_alike() -> None:
    one, other = "ana.ruiz@panaderiapardobeltran.example", "a.pardos@panaderiapardobeltran.example"
    assert COMPARISONS["email"]([one], [other]) == "other"
    assert COMPARISONS["email"]([one], ["ana.ruis@panaderiapardobeltran.example"]) == "close"
