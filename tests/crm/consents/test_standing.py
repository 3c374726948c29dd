"""Where a contact stands: the latest word counts, of several at once the most restrictive, and consents run out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.crm.consents.standing import STATUSES, standing_on, weight

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
busy_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Word:
    """Something a contact said so many days after the beginning."""

    status: str
    day: int = 0
    channel: str | None = "email"
    expires_on: date | None = None

    @property
    def captured_at(self) -> datetime:
        return AT + timedelta(days=self.day)


def status(*words: Word, channel: str = "email", on: date = TODAY) -> str | None:
    """Where the contact stands."""
    return standing_on(words, channel, on).status


def test_nobody_may_be_contacted_who_said_nothing() -> None:
    standing = standing_on([], "email", TODAY)
    assert (standing.status, standing.may_contact) == (None, False)


def test_the_latest_word_counts() -> None:
    assert status(Word("given", 1), Word("withdrawn", 2)) == "withdrawn"
    assert status(Word("withdrawn", 1), Word("given", 2)) == "given"


def test_of_two_words_at_once_the_more_restrictive_counts() -> None:
    assert status(Word("given"), Word("refused")) == "refused"
    assert status(Word("objected"), Word("withdrawn")) == "objected"


@pytest.mark.parametrize(("on", "stands"), [(date(2026, 6, 1), "given"), (date(2026, 6, 2), "expired")])
def test_a_consent_holds_through_its_last_day(on: date, stands: str) -> None:
    assert status(Word("given", expires_on=date(2026, 6, 1)), on=on) == stands


def test_a_word_about_one_channel_says_nothing_of_others() -> None:
    assert status(Word("withdrawn"), channel="phone") is None
    assert status(Word("given", channel=None), Word("withdrawn", 1), channel="phone") == "given"


def test_a_general_yes_does_not_undo_a_no_to_one_channel() -> None:
    assert status(Word("withdrawn", 1), Word("given", 2, channel=None)) == "withdrawn"


def test_a_later_yes_to_one_channel_lifts_a_general_no_there_alone() -> None:
    words = (Word("objected", 1, channel=None), Word("given", 2))
    assert (status(*words), status(*words, channel="phone")) == ("given", "objected")


words = st.lists(
    st.builds(
        Word,
        st.sampled_from(STATUSES),
        st.integers(0, 3),
        st.sampled_from(["email", "phone", None]),
        st.sampled_from([None, TODAY - timedelta(days=1), TODAY]),
    ),
    max_size=8,
)


@busy_machine
@given(words, st.randoms())
def test_the_order_of_rows_decides_nothing(said: list[Word], chance: object) -> None:
    shuffled = sorted(said, key=lambda _one: chance.random())  # type: ignore[attr-defined]
    assert status(*said) == status(*shuffled)


@busy_machine
@given(words, st.sampled_from(["refused", "withdrawn", "objected"]), st.sampled_from(["email", None]))
def test_whoever_says_no_last_is_left_in_peace(said: list[Word], no: str, channel: str | None) -> None:
    assert not standing_on([*said, Word(no, 9, channel)], "email", TODAY).may_contact


@busy_machine
@given(words)
def test_time_alone_never_makes_a_standing_more_permissive(said: list[Word]) -> None:
    now, later = status(*said), status(*said, on=TODAY + timedelta(days=400))
    assert (now is None) == (later is None)
    assert now is None or later is None or weight(later) >= weight(now) or now in {"refused", "withdrawn", "objected"}
