"""Commands about people, as an operator types them."""

from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from implementor.auth.models import User
from implementor.auth.passwords import matches
from implementor.foundation.permissions import Role
from implementor.history.models import Action
from tests.auth.builders import PASSWORD, account, add_person, reading, sign_in
from tests.machinery.pages import Browser


def run(app: Flask, *words: str, **options: Any) -> Result:
    return app.test_cli_runner().invoke(args=["user", *words], **options)


def test_the_first_administrator_is_added_with_a_password_from_standard_input(app: Flask, browser: Browser) -> None:
    result = run(
        app, "add", "ana@example.com", "--name", "Ana", "--role", "admin", "--password-stdin", input=f"{PASSWORD}\n"
    )
    assert result.exit_code == 0, result.output
    with reading(app) as session:
        user = session.scalars(select(User)).one()
        action = session.scalars(select(Action)).one()
    assert matches(user.password_hash, PASSWORD)
    assert (action.actor_id, action.actor_name, action.source) == (None, "system", "cli")
    page = browser.get("/settings/people").form("sign_in").submit(email="ana@example.com", password=PASSWORD)
    assert page.heading == "People"


def test_without_a_password_a_link_is_printed(app: Flask, browser: Browser) -> None:
    result = run(app, "add", "eva@example.com", "--name", "Eva", "--language", "es")
    link = result.stdout.strip().splitlines()[-1]
    assert browser.get(link.removeprefix("http://127.0.0.1:8000")).url == "/link"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "nothing", "--name", "Ana"), 1, "e-mail address"),
        (("add", "ana@example.com", "--name", "Ana"), 1, "belongs to"),
        (("add", "x@example.com"), 2, "--name"),
        (("role", "ana@example.com", "king"), 2, "king"),
        (("role", "nobody@example.com", "pmo"), 1, "Nobody has"),
        (("role", "ana@example.com", "admin", "--revoke"), 1, "only administrator"),
        (("disable", "luis@example.com", "--as", "luis@example.com"), 1, "Only an administrator"),
        (("disable", "luis@example.com", "--as", "nobody@example.com"), 1, "may sign in"),
        (("add", "y@example.com", "--name", "Y", "--language", "xx"), 2, "en, es"),
    ],
)
def test_refusals_say_why_on_standard_error(app: Flask, words: tuple[str, ...], code: int, said: str) -> None:
    add_person(app, "Ana", Role.ADMIN)
    add_person(app, "Luis")
    result = run(app, *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


def test_weak_passwords_are_refused_and_nobody_is_added(app: Flask) -> None:
    result = run(app, "add", "ana@example.com", "--name", "Ana", "--password-stdin", input="password\n")
    assert result.exit_code == 1
    with reading(app) as session:
        assert session.scalars(select(User)).all() == []


def test_roles_links_and_disabling(app: Flask, browser: Browser) -> None:
    add_person(app, "Ana", Role.ADMIN)
    luis = add_person(app, "Luis")
    assert run(app, "role", "luis@example.com", "pmo", "--as", "ana@example.com").exit_code == 0
    sign_in(browser, luis, to="/settings/areas")
    assert "/link/" in run(app, "reset-link", "luis@example.com").stdout
    assert run(app, "disable", "luis@example.com", "--as", "ana@example.com").exit_code == 0
    assert account(app, luis).disabled_by_id is not None
    assert browser.get("/account").heading == "Sign in"
    assert run(app, "enable", "luis@example.com").exit_code == 0
    assert not account(app, luis).is_disabled
