"""Links that let somebody in once: invitations, new passwords, the first administrator."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from implementor.auth.models import AccountLink, InstallationRole, User
from implementor.auth.passwords import matches
from implementor.auth.services import links, people
from implementor.foundation.permissions import SYSTEM
from implementor.web.database import writing_session
from tests.auth.builders import (
    OTHER_PASSWORD,
    PASSWORD,
    Person,
    account,
    add_person,
    issued,
    reading,
    sessions_of,
    sign_in,
    working,
)
from tests.machinery.pages import Browser


def link_for(app: Flask, person: Person, at: datetime | None = None) -> str:
    with working(app) as session:
        user = session.get_one(User, person.id)
        return links.issue_link(session, user, base="", by=SYSTEM, at=at or datetime.now(UTC)).url


def test_an_invited_person_chooses_a_password_and_is_in(browser: Browser, app: Flask) -> None:
    eva = add_person(app, "Eva", has_password=False)
    page = browser.get(link_for(app, eva))
    assert page.url == "/link", "no token stays in the address"
    assert "Eva, eva@example.com" in page.text
    page.form("choose_password").submit(password=PASSWORD, status=None)
    assert matches(account(app, eva).password_hash, PASSWORD)
    assert browser.get("/account").heading == "My account"


def test_a_link_works_once(browser: Browser, app: Flask) -> None:
    eva = add_person(app, "Eva", has_password=False)
    url = link_for(app, eva)
    browser.get(url).form("choose_password").submit(password=PASSWORD, status=None)
    again = Browser(app).get(url, status=410)
    assert again.heading == "This link opens nothing"


def test_opening_a_link_does_not_use_it(browser: Browser, app: Flask) -> None:
    url = link_for(app, add_person(app, "Eva", has_password=False))
    for _ in range(3):
        assert browser.get(url).heading == "Choose a password"


@pytest.mark.parametrize(("has_password", "hours"), [(False, 72), (True, 1)])
def test_links_run_out(browser: Browser, app: Flask, has_password: bool, hours: int) -> None:
    eva = add_person(app, "Eva", has_password=has_password)
    early = datetime.now(UTC) - timedelta(hours=hours)
    browser.get(link_for(app, eva, early + timedelta(minutes=1)))
    browser.get(link_for(app, eva, early - timedelta(minutes=1)), status=410)
    browser.get(link_for(app, eva, datetime.now(UTC) + timedelta(days=2)), status=410)


def test_a_newer_link_a_new_address_and_disabling_withdraw_older_links(browser: Browser, app: Flask) -> None:
    eva = add_person(app, "Eva")
    urls = [link_for(app, eva), link_for(app, eva)]
    browser.get(urls[0], status=410)
    with working(app) as session:
        user = session.get_one(User, eva.id)
        people.rename_user(session, user, name="Eva", email="eva@new.example", by=SYSTEM, at=datetime.now(UTC))
    browser.get(urls[1], status=410)
    last = link_for(app, eva)
    with working(app) as session:
        people.disable_user(session, session.get_one(User, eva.id), by=SYSTEM, at=datetime.now(UTC))
    browser.get(last, status=410)


@pytest.mark.parametrize("token", ["nonsense", "x" * 5000, "%00", "%F0%9F%A6%8A"])
def test_made_up_links_open_nothing(browser: Browser, app: Flask, token: str) -> None:
    browser.get(f"/link/{token}", status=410)


def test_a_reset_ends_all_sessions_and_weak_passwords_do_not_spend_the_link(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana")
    sign_in(Browser(app), ana)
    page = browser.get(link_for(app, ana)).form("choose_password").submit(password="too short", status=422)
    assert "at least 15" in page.form("choose_password").errors["password"].lower()
    page.form("choose_password").submit(password=OTHER_PASSWORD, status=None)
    first, second = sessions_of(app, ana)
    assert first.revoked_at is not None
    assert second.revoked_at is None


def test_asking_for_a_link_answers_the_same_whether_somebody_has_the_address(browser: Browser, app: Flask) -> None:
    add_person(app, "Ana", language="es")
    issued.clear()
    texts = set()
    for email in ("ana@example.com", "nobody@example.com", ""):
        page = browser.get("/forgotten-password").form("forgotten").submit(email=email)
        texts.add(page.text)
    assert len(texts) == 1
    with reading(app) as session:
        assert session.scalar(select(func.count()).select_from(AccountLink)) == 3, "every answer writes as much"
    (event,) = issued
    assert (event.email, event.purpose, event.language) == ("ana@example.com", "reset", "es")
    assert browser.get(event.url.removeprefix("http://localhost")).heading == "Choose a password"


def test_asking_for_links_is_limited_to_five_a_day(browser: Browser, app: Flask) -> None:
    for status in [200] * 5 + [429]:
        browser.get("/forgotten-password").form("forgotten").submit(email="ana@example.com", status=status)


def test_trying_links_is_limited(browser: Browser, app: Flask) -> None:
    answers = [browser.get(f"/link/{number}", status=None).status for number in range(22)]
    assert answers == [410] * 20 + [429] * 2


def test_no_link_is_mailed_under_a_host_name_that_a_stranger_claims(browser: Browser, app: Flask) -> None:
    add_person(app, "Ana")
    issued.clear()
    browser.get("/forgotten-password")
    response = browser.client.post(
        "/forgotten-password", data={"csrf_token": browser.token(), "email": "ana@example.com"},
        headers={"Host": "evil.example", "Sec-Fetch-Site": "same-origin"},
    )  # fmt: skip
    assert response.status_code in (303, 400)
    assert issued == []


def test_the_first_administrator_comes_by_a_link_that_is_printed_while_nobody_is_there(
    browser: Browser, app: Flask
) -> None:
    with writing_session(app) as session:
        first = links.first_administrator_link(session, datetime.now(UTC))
        second = links.first_administrator_link(session, datetime.now(UTC))
        session.commit()
    assert first is not None
    assert second is not None
    browser.get(first, status=410)
    page = browser.get(second)
    wrong = page.form("choose_password").submit(name="", email="nothing", password="short", status=422)
    assert {"name", "email"} <= set(wrong.form("choose_password").errors)
    wrong.form("choose_password").submit(name="Ana", email="ana@example.com", password=PASSWORD, status=None)
    assert browser.get("/settings/people").rows()[0]["Roles"] == "Administrator, PMO"
    with writing_session(app) as session:
        assert links.first_administrator_link(session, datetime.now(UTC)) is None
    Browser(app).get(second, status=410)


def test_a_first_link_is_worth_nothing_once_somebody_is_there(browser: Browser, app: Flask) -> None:
    with writing_session(app) as session:
        url = links.first_administrator_link(session, datetime.now(UTC)) or ""
        session.commit()
    add_person(app, "Ana")
    browser.get(url, status=410)
    with reading(app) as session:
        assert session.scalars(select(InstallationRole)).all() == []


def test_only_hashes_of_links_are_stored(app: Flask) -> None:
    token = link_for(app, add_person(app, "Ana")).rpartition("/")[2]
    with reading(app) as session:
        (link,) = session.scalars(select(AccountLink)).all()
    assert token not in (link.token_hash, "")
    with writing_session(app) as session:
        session.execute(update(AccountLink).values(used_at=datetime.now(UTC)))
        with pytest.raises(links.DeadLink):
            links.use_link(session, token, kept="x", by=SYSTEM, at=datetime.now(UTC))
