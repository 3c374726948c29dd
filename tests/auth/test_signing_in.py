"""Signing in: who comes in, what strangers learn, and what ends a session."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from implementor.auth.models import User
from implementor.auth.services import people
from implementor.auth.sessions import IDLE, LONGEST
from implementor.foundation.permissions import SYSTEM, Role
from implementor.web.next_page import opened_next, signed_next
from tests.auth.builders import (
    PASSWORD,
    account,
    add_person,
    reading,
    sessions_of,
    shift_sessions,
    sign_in,
    working,
)
from tests.machinery.pages import Browser


def test_a_stranger_is_led_to_sign_in_and_then_to_the_page_they_wanted(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana García")
    page = browser.get("/account")
    assert page.heading == "Sign in"
    page = page.form("sign_in").submit(email="ANA@example.com", password=PASSWORD)
    assert (page.url, page.heading) == ("/account", "My account")
    (session,) = sessions_of(app, ana)
    assert session.methods == "password"
    with browser.client.session_transaction() as cookie:
        assert cookie["token"] not in (session.token_hash, "")


def test_refusals_are_the_same_for_wrong_passwords_unknown_disabled_and_invited_people(
    browser: Browser, app: Flask
) -> None:
    for name in ("Ana", "Luis", "Eva"):
        add_person(app, name, has_password=name != "Eva")
    with working(app) as session:
        luis = people.find_active(session, "luis@example.com")
        assert luis is not None
        people.disable_user(session, luis, by=SYSTEM, at=datetime.now(UTC))
    seen = set()
    for email, password in (
        ("ana@example.com", "not the right one at all"),
        ("nobody@example.com", PASSWORD),
        ("luis@example.com", PASSWORD),
        ("eva@example.com", PASSWORD),
        ("ana@example.com", "x" * 5000),
        ("", ""),
    ):
        page = browser.get("/sign-in").form("sign_in").submit(email=email, password=password, status=422)
        assert page.find("#email").get("value") == email
        seen.add(page.text)
    assert len(seen) == 1
    assert "do not go together" in seen.pop()


def test_the_cookie_from_before_signing_in_is_worth_nothing_afterwards(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana")
    with browser.client.session_transaction() as cookie:
        cookie["token"] = "chosen-by-somebody-else"
        cookie["left_behind"] = "yes"
    sign_in(browser, ana)
    with browser.client.session_transaction() as cookie:
        assert cookie["token"] != "chosen-by-somebody-else"
        assert "left_behind" not in cookie
    browser.get("/account")


def test_signing_out_ends_the_session_for_copies_of_the_cookie_too(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana")
    page = sign_in(browser, ana)
    with browser.client.session_transaction() as cookie:
        token = cookie["token"]
    page = page.form("/sign-out").submit()
    assert page.heading == "Sign in"
    thief = Browser(app)
    with thief.client.session_transaction() as cookie:
        cookie["token"] = token
    assert thief.get("/account").heading == "Sign in"


def test_signing_out_asks_the_browser_to_forget_our_pages(browser: Browser, app: Flask) -> None:
    sign_in(browser, add_person(app, "Ana"))
    response = browser.client.post(
        "/sign-out", data={"csrf_token": browser.token()}, headers={"Origin": "http://localhost"}
    )
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_disabling_ends_a_live_session_with_the_next_request(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana")
    sign_in(browser, ana)
    with working(app) as session:
        people.disable_user(session, session.get_one(User, ana.id), by=SYSTEM, at=datetime.now(UTC))
    assert browser.get("/account").heading == "Sign in"


@pytest.mark.parametrize("shift", ["idle", "absolute"])
def test_sessions_run_out_and_stay_out_when_the_clock_goes_back(browser: Browser, app: Flask, shift: str) -> None:
    ana = add_person(app, "Ana")
    sign_in(browser, ana)
    now = datetime.now(UTC)
    if shift == "idle":
        shift_sessions(app, last_seen_at=now - IDLE)
    else:
        shift_sessions(app, expires_at=now - timedelta(seconds=1))
    with browser.client.session_transaction() as cookie:
        token = cookie["token"]
    assert browser.get("/account").heading == "Sign in"
    shift_sessions(app, last_seen_at=now, expires_at=now + LONGEST)
    with browser.client.session_transaction() as cookie:
        cookie["token"] = token
    assert browser.get("/account").heading == "Sign in"


def test_a_remembered_device_may_be_idle_for_longer(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana")
    browser.get("/account").form("sign_in").submit(email=ana.email, password=PASSWORD, remember=True)
    shift_sessions(app, last_seen_at=datetime.now(UTC) - timedelta(days=20))
    assert browser.get("/account").heading == "My account"
    (session,) = sessions_of(app, ana)
    assert session.expires_at - session.created_at == timedelta(days=30)


def test_last_seen_is_written_at_most_once_a_minute(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana")
    sign_in(browser, ana)
    before = sessions_of(app, ana)[0].last_seen_at
    browser.get("/account")
    assert sessions_of(app, ana)[0].last_seen_at == before
    shift_sessions(app, last_seen_at=before - timedelta(minutes=2))
    browser.get("/account")
    assert sessions_of(app, ana)[0].last_seen_at >= before


def test_passwords_hashed_with_older_figures_are_hashed_anew(browser: Browser, app: Flask) -> None:
    from argon2 import PasswordHasher

    ana = add_person(app, "Ana")
    old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with working(app) as session:
        session.get_one(User, ana.id).password_hash = old
    sign_in(browser, ana)
    assert (account(app, ana).password_hash or "").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
     "/\t/evil.example", "http:evil.example", "", "nonsense"],
)  # fmt: skip
def test_nobody_else_chooses_where_signing_in_leads(browser: Browser, app: Flask, address: str) -> None:
    with app.test_request_context():
        assert opened_next(address) == "/"
    add_person(app, "Ana")
    browser.get(f"/sign-in?next={address}")
    response = browser.client.post(
        "/sign-in",
        data={"csrf_token": browser.token(), "email": "ana@example.com", "password": PASSWORD, "next": address},
        headers={"Origin": "http://localhost"},
    )
    assert (response.status_code, response.headers["Location"]) == (303, "/")


def test_a_sealed_address_is_followed(app: Flask) -> None:
    with app.test_request_context():
        assert opened_next(signed_next("/projects/VEN?x=1")) == "/projects/VEN?x=1"
        assert opened_next(signed_next("//evil.example")) == "/"


def test_the_actor_of_a_request_costs_one_statement_and_holds_the_roles(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana", Role.ADMIN, Role.PMO)
    sign_in(browser, ana)
    with browser.client:
        browser.get("/account")
        from flask import g

        assert g.actor.roles == {Role.ANYONE, Role.SIGNED_IN, Role.ADMIN, Role.PMO}
    with reading(app) as session:
        assert people.find_active(session, "ANA@EXAMPLE.COM") is not None
