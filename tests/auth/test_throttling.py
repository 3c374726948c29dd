"""Guessing is slowed down: on one account, from one block of addresses, over all processes, but never for ever."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.auth.addresses import address_block
from implementor.auth.models import Throttle
from implementor.auth.throttling import (
    Limit,
    forgive,
    link_limits,
    reset_limits,
    sign_in_limits,
    take_attempt,
)
from implementor.web.database import writing_session
from tests.auth.builders import OTHER_PASSWORD, PASSWORD, add_person, reading, sign_in
from tests.machinery.pages import Browser

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LIMITS = [Limit("one", 3, timedelta(minutes=5)), Limit("two", 100, timedelta(minutes=5))]


def attempt(app: Flask, limits: list[Limit], at: datetime = NOON) -> int | None:
    with writing_session(app) as session:
        wait = take_attempt(session, limits, at=at)
        session.commit()
    return wait


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("nonsense", "unknown"),
        (None, "unknown"),
    ],
)
def test_addresses_count_by_what_one_household_can_change(address: str | None, block: str) -> None:
    assert address_block(address) == block


def test_the_window_ends_by_itself_and_says_when(app: Flask) -> None:
    assert [attempt(app, LIMITS) for _ in range(4)] == [None, None, None, 301]
    assert attempt(app, LIMITS, NOON + timedelta(minutes=4)) == 61
    assert attempt(app, LIMITS, NOON + timedelta(minutes=5)) is None


def test_a_clock_set_back_begins_a_new_window(app: Flask) -> None:
    for _ in range(4):
        attempt(app, LIMITS)
    assert attempt(app, LIMITS, NOON - timedelta(days=2)) is None


def test_the_right_answer_takes_its_attempt_back(app: Flask) -> None:
    for _ in range(30):
        assert attempt(app, LIMITS) is None
        with writing_session(app) as session:
            forgive(session, LIMITS)
            session.commit()


def test_old_counters_are_forgotten(app: Flask) -> None:
    attempt(app, LIMITS)
    attempt(app, LIMITS[1:], NOON + timedelta(days=3))
    with reading(app) as session:
        assert session.scalars(select(Throttle.key)).all() == ["two"]


def test_attempts_at_the_same_moment_are_all_counted(app: Flask) -> None:
    answers: list[int | None] = []
    threads = [threading.Thread(target=lambda: answers.append(attempt(app, LIMITS))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(None) == 3
    assert len(answers) == 8


def test_no_address_is_kept_in_the_counters() -> None:
    keys = [limit.key for limit in (*sign_in_limits("ana@example.com", "192.0.2.7", None), *reset_limits("a@b.c", "x"))]
    assert not [key for key in keys if "@" in key]
    assert sign_in_limits("ANA@example.com ", "x", None) == sign_in_limits("ana@example.com", "x", None)
    assert link_limits("x")[0].key != reset_limits("a@b.c", "x")[1].key


def guess(browser: Browser, email: str, address: str, password: str = OTHER_PASSWORD) -> int:
    response = browser.client.post(
        "/sign-in", data={"csrf_token": browser.token(), "email": email, "password": password},
        headers={"Origin": "http://localhost"}, environ_overrides={"REMOTE_ADDR": address},
    )  # fmt: skip
    if response.status_code == 429:
        assert 1 <= int(response.headers["Retry-After"]) <= 301
        assert "Too many attempts" in response.text
    return response.status_code


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8:1:2::{number}"])
def test_one_place_may_guess_ten_times(browser: Browser, app: Flask, address: str) -> None:
    browser.get("/sign-in")
    places = [address.format(number=number) for number in range(12)]
    answers = [guess(browser, f"person{number}@example.com", place) for number, place in enumerate(places)]
    assert answers == [422] * 10 + [429] * 2


def test_one_account_may_be_guessed_at_ten_times_from_many_places_known_or_not(browser: Browser, app: Flask) -> None:
    add_person(app, "Ana")
    browser.get("/sign-in")
    for email in ("ana@example.com", "nobody@example.com"):
        answers = [guess(browser, email, f"192.0.2.{number}") for number in range(12)]
        assert answers == [422] * 10 + [429] * 2, email


def test_the_owner_comes_in_from_a_known_device_while_strangers_guess(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana")
    page = sign_in(browser, ana)
    page.form("/sign-out").submit()
    stranger = Browser(app)
    stranger.get("/sign-in")
    for number in range(12):
        guess(stranger, ana.email, f"198.51.100.{number}")
    assert guess(stranger, ana.email, "198.51.100.99", PASSWORD) == 429
    assert sign_in(browser, ana).heading == "My account"
