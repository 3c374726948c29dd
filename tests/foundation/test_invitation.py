"""Calendar files: what the standard asks for, whatever people write."""

from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from implementor.foundation.invitation import LONGEST_LINE, Guest, Invitation, calendar_file

AT = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=300)
busy_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def invitation(**values: object) -> Invitation:
    """An appointment of an hour on the night that clocks change in Europe."""
    common = {"uid": "1@x", "revision": 1, "made_at": AT, "starts_at": AT, "ends_at": AT + timedelta(hours=1)}
    return Invitation(**{**common, "title": "Tour", **values})  # type: ignore[arg-type]


@busy_machine
@given(TEXTS, TEXTS)
def test_no_line_is_longer_than_the_standard_allows_and_none_is_lost(title: str, notes: str) -> None:
    text = calendar_file(invitation(title=title, notes=notes))
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= LONGEST_LINE for line in lines)
    unfolded = text.replace("\r\n ", "")
    assert f"SUMMARY:{escaped(title)}\r\n" in unfolded


def escaped(text: str) -> str:
    """A text as the standard writes it, letter by letter."""
    return "".join({"\\": "\\\\", ";": "\\;", ",": "\\,"}.get(letter, letter) for letter in text)


def test_lines_that_people_write_stay_inside_their_value() -> None:
    text = calendar_file(invitation(title="Tour\r\nATTENDEE:mailto:evil@example.com", place="Quay\n4"))
    assert "SUMMARY:Tour\\nATTENDEE:mailto:evil@example.com\r\n" in text
    assert "LOCATION:Quay\\n4\r\n" in text


def test_moments_are_utc_through_the_night_that_clocks_change() -> None:
    text = calendar_file(invitation())
    assert "DTSTART:20260329T003000Z\r\n" in text
    assert "DTEND:20260329T013000Z\r\n" in text


def test_who_comes_is_named_without_breaking_out_of_the_quotes() -> None:
    text = calendar_file(invitation(guests=[Guest('Ana "Boss" Soto', "ana@example.com")], is_cancelled=True))
    assert "ATTENDEE;CN=\"Ana 'Boss' Soto\":mailto:ana@example.com\r\n" in text
    assert "STATUS:CANCELLED\r\n" in text
