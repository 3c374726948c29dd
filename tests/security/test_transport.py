"""What the program promises of the way to it: encryption, proxies, other origins, odd methods."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from implementor.auth.addresses import address_block
from implementor.auth.models import UserSession
from tests.auth.builders import PASSWORD, add_person, reading
from tests.machinery.pages import Browser
from tests.security.headers import header_faults

pytestmark = pytest.mark.sqlite_only("nothing of it is stored")
HOME = "https://crm.example.com"


def asked(app: Flask, base_url: str = HOME) -> TestResponse:
    """The page of signing in, which sets a cookie."""
    return app.test_client().get("/sign-in", base_url=base_url)


def test_the_cookie_is_bound_to_this_host_and_to_encryption(make_app: Callable[..., Flask]) -> None:
    cookies = asked(make_app(base_url=HOME)).headers.getlist("Set-Cookie")
    assert len(cookies) == 1
    parts = [part.strip() for part in cookies[0].split(";")]
    assert parts[0].startswith("__Host-implementor=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
    assert not any(part.startswith("Domain") for part in parts)


def test_browsers_are_told_to_stay_with_encryption_for_a_year(make_app: Callable[..., Flask], app: Flask) -> None:
    encrypted = asked(make_app(base_url=HOME)).headers["Strict-Transport-Security"]
    assert encrypted == "max-age=31536000; includeSubDomains"
    assert "Strict-Transport-Security" not in asked(app, "http://localhost").headers


def test_a_host_that_is_not_ours_gets_no_page(make_app: Callable[..., Flask]) -> None:
    app = make_app(base_url=HOME)
    for answer in (
        asked(app, "https://evil.example"),
        app.test_client().post("/sign-in", base_url="https://evil.example"),
    ):
        assert answer.status_code == 400
        assert "evil" not in answer.get_data(as_text=True)
        assert not list(header_faults(answer))


@pytest.mark.parametrize(("proxies", "believed"), [(0, "127.0.0.1"), (1, "203.0.113.9")])
def test_where_somebody_comes_from_is_believed_to_our_own_proxies_alone(
    make_app: Callable[..., Flask], proxies: int, believed: str
) -> None:
    app = make_app(trusted_proxies=proxies)
    person, browser = add_person(app, "Ana Ruiz"), Browser(app)
    browser.headers["X-Forwarded-For"] = "203.0.113.9"
    browser.get("/sign-in").form("sign_in").submit(email=person.actor.email, password=PASSWORD)
    with reading(app) as session:
        assert session.scalars(select(UserSession.address_block)).all() == [address_block(believed)]


def test_no_answer_opens_itself_to_other_origins(app: Flask) -> None:
    for address in ("/sign-in", "/", "/health/live", "/static/css/base.css"):
        answer = app.test_client().get(address, headers={"Origin": "https://evil.example"})
        assert not [name for name in dict(answer.headers) if name.startswith("Access-Control")]


def test_what_was_sent_is_never_traced_back(app: Flask) -> None:
    answer = app.test_client().open("/sign-in", method="TRACE", headers={"X-Canary": "canary-of-a-header"})
    assert answer.status_code == 405
    assert "canary" not in answer.get_data(as_text=True)
