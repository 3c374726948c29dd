"""People as administrators look after them."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.auth.models import InstallationRole, User
from implementor.auth.services import people
from implementor.foundation.errors import InvalidInput, Refusal
from implementor.foundation.permissions import SYSTEM, Role
from tests.auth.builders import PASSWORD, Person, account, add_person, reading, sign_in, working
from tests.machinery.pages import Browser


@pytest.fixture
def admin(app: Flask, browser: Browser) -> Person:
    """An administrator, signed in in `browser`."""
    person = add_person(app, "Ada Admin", Role.ADMIN)
    sign_in(browser, person)
    return person


def roles(app: Flask, person: Person) -> set[str]:
    with reading(app) as session:
        return set(
            session.scalars(
                select(InstallationRole.role).where(
                    InstallationRole.user_id == person.id, InstallationRole.revoked_at.is_(None)
                )
            )
        )


def test_an_invited_person_gets_a_link_that_the_administrator_sees_once(
    browser: Browser, app: Flask, admin: Person
) -> None:
    page = browser.get("/settings/people").follow("Invite a person").form("invite_person").submit(
        name="Luis Pérez", email="luis@example.com", roles=["pmo"], language="es"
    )  # fmt: skip
    assert page.heading == "Luis Pérez"
    link = str(page.find("#shown_link").get("value"))
    assert "/link/" in link
    assert not browser.get(page.url).all("#shown_link")
    stranger = Browser(app)
    stranger.get(link.removeprefix("http://localhost")).form("choose_password").submit(password=PASSWORD, status=None)
    assert stranger.get("/account").find("html").get("lang") == "es"


def test_sending_the_invitation_twice_invites_once(browser: Browser, app: Flask, admin: Person) -> None:
    form = browser.get("/settings/people/new").form("invite_person").fill(name="Luis", email="luis@example.com")
    form.submit()
    form.submit()
    with reading(app) as session:
        assert session.scalar(select(func.count()).select_from(User)) == 2


def test_nothing_typed_is_lost_when_an_invitation_is_refused(browser: Browser, admin: Person) -> None:
    page = browser.get("/settings/people/new").form("invite_person").submit(
        name="Luis", email="ADA@example.com", roles=["pmo"], status=422
    )  # fmt: skip
    form = page.form("invite_person")
    assert "Ada Admin" in form.errors["email"]
    assert (form.value("name"), form.values["roles"]) == ("Luis", ["pmo"])


def test_roles_are_given_and_taken_as_facts(browser: Browser, app: Flask, admin: Person) -> None:
    luis = add_person(app, "Luis")
    address = f"/settings/people/{luis.id}"
    browser.get(address).form("change_roles").submit(roles=["pmo", "crm_user"])
    browser.get(address).form("change_roles").submit(roles=["crm_user"])
    assert roles(app, luis) == {"crm_user"}
    with reading(app) as session:
        taken = session.scalars(select(InstallationRole).where(InstallationRole.role == "pmo")).one()
    assert (taken.granted_by_id, taken.revoked_by_id) == (admin.id, admin.id)


def test_the_last_administrator_stays(browser: Browser, app: Flask, admin: Person) -> None:
    page = browser.get(f"/settings/people/{admin.id}").form("change_roles").submit(roles=[], status=409)
    assert "only administrator" in page.text
    second = add_person(app, "Bo", Role.ADMIN)
    browser.get(f"/settings/people/{admin.id}").form("change_roles").submit(roles=["pmo"], status=403)
    with working(app) as session:
        user = session.get_one(User, second.id)
        with pytest.raises(people.LastAdministrator):
            people.disable_user(session, user, by=SYSTEM, at=datetime.now(UTC))
    assert roles(app, second) == {"admin"}


def test_disabling_and_enabling(browser: Browser, app: Flask, admin: Person) -> None:
    luis = add_person(app, "Luis")
    page = browser.get(f"/settings/people/{luis.id}").form("Disable").submit()
    assert "can no longer sign in" in page.text
    assert account(app, luis).disabled_by_id == admin.id
    page = page.form("Let in again").submit()
    assert sign_in(Browser(app), luis).heading == "My account"
    browser.post(f"/settings/people/{admin.id}/disable", status=409)


def test_name_and_address_are_corrected_and_a_stale_form_says_so(browser: Browser, app: Flask, admin: Person) -> None:
    luis = add_person(app, "Luis")
    form = browser.get(f"/settings/people/{luis.id}").form("details")
    browser.get(f"/settings/people/{luis.id}").form("details").submit(name="Luis P.")
    page = form.submit(name="Luis Pérez", status=422)
    assert "Somebody else changed" in page.text
    page.form("details").submit()
    assert account(app, luis).name == "Luis Pérez"


def test_the_list_finds_people_without_accents_and_in_pages(browser: Browser, app: Flask, admin: Person) -> None:
    with working(app) as session:
        for number in range(60):
            people.add_user(
                session, name=f"Ángel {number:02}", email=f"a{number}@example.com", by=SYSTEM, at=datetime.now(UTC)
            )
    page = browser.get("/settings/people?q=angel")
    assert len(page.rows()) == 50
    page = page.follow("Next")
    assert [row["Name"] for row in page.rows()][:2] == ["Ángel 50", "Ángel 51"]
    assert len(page.follow("Previous").rows()) == 50
    assert browser.get("/settings/people?q=a%25").text.count("Nobody of that name") == 1


@pytest.mark.parametrize(
    "address",
    ["/settings/people", "/settings/people/new", "/settings/people/1", "/settings/areas", "/settings/teams"],
)
def test_people_without_the_role_are_kept_out(browser: Browser, app: Flask, address: str) -> None:
    luis = add_person(app, "Luis", Role.CRM_ADMIN)
    sign_in(browser, luis)
    browser.get(address, status=403)
    assert browser.post(f"/settings/people/{luis.id}/roles", {"roles": "admin"}, status=403)
    assert roles(app, luis) == {"crm_admin"}


@pytest.mark.parametrize(
    "email",
    ["", "nothing", "a@", "@b.example", "a b@c.example", "a@b@c.example", "a@b..c", "a\n@b.example",
     "x" * 65 + "@b.example", "a@" + "b" * 260, "Ana <ana@b.example>", "a,b@c.example"],
)  # fmt: skip
def test_addresses_that_no_mail_reaches_are_refused(app: Flask, email: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        add_person(app, "Ana", email=email)
    assert "email" in refused.value.errors


@pytest.mark.parametrize("email", ["ana@example.com", "a.b+c@sub.example.com", "josé@correo.example", "root@intranet"])
def test_addresses_of_people_are_accepted(app: Flask, email: str) -> None:
    assert add_person(app, "Ana", email=email).email == email


def test_only_roles_of_the_installation_can_be_given(app: Flask) -> None:
    with pytest.raises(Refusal):
        add_person(app, "Ana", Role.SPONSOR)
