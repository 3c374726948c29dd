"""One's own account: preferences, password, devices, language and theme."""

import pytest
from flask import Flask

from implementor.auth.passwords import matches
from tests.auth.builders import OTHER_PASSWORD, PASSWORD, account, add_person, sessions_of, sign_in
from tests.machinery.pages import Browser
from tests.projects.builders import browser_of


def test_preferences_are_kept_and_used_at_once(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana")
    form = sign_in(browser, ana).form("preferences").fill(name="Ana García", time_zone="America/Caracas")
    page = form.submit(theme="dark", density="compact", single_keys=False, language="es")
    html = page.find("html")
    assert [html.get(name) for name in ("lang", "data-theme", "data-density", "data-single-keys")] == [
        "es", "dark", "compact", "off",
    ]  # fmt: skip
    kept = account(app, ana)
    assert (kept.name, kept.name_key, kept.time_zone) == ("Ana García", "ana garcia", "America/Caracas")


def test_unusable_preferences_are_refused_beside_their_fields(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana")
    page = sign_in(browser, ana)
    page = browser.post("/account", {"name": " ", "language": "xx", "time_zone": "Mars", "theme": "pink"}, status=422)
    assert {"language", "time_zone", "theme"} <= set(page.form("preferences").errors)
    page = page.form("preferences").submit(
        name="", language="en", time_zone="UTC", theme="light", density="compact", status=422
    )
    assert "Write the person's name." in page.form("preferences").errors["name"]
    assert account(app, ana).theme == "system"


def test_changing_the_password_needs_the_present_one(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana")
    form = sign_in(browser, ana).form("change_password")
    page = form.submit(present="something else", password=OTHER_PASSWORD, status=422)
    assert "present password" in page.form("change_password").errors["present"]
    page = page.form("change_password").submit(present=PASSWORD, password="password password", status=422)
    assert "guess" in page.form("change_password").errors["password"]
    assert matches(account(app, ana).password_hash, PASSWORD)


def test_a_changed_password_signs_all_other_devices_out_and_renews_the_token(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana")
    other = Browser(app)
    sign_in(other, ana)
    page = sign_in(browser, ana)
    with browser.client.session_transaction() as cookie:
        old = cookie["token"]
    page = page.form("change_password").submit(present=PASSWORD, password=OTHER_PASSWORD)
    assert "Your password is changed" in page.text
    with browser.client.session_transaction() as cookie:
        assert cookie["token"] != old
    assert other.get("/account").heading == "Sign in"
    assert matches(account(app, ana).password_hash, OTHER_PASSWORD)


def test_guessing_the_present_password_is_limited(browser: Browser, app: Flask) -> None:
    page = sign_in(browser, add_person(app, "Ana"))
    for status in [422] * 10 + [429]:
        page = page.form("change_password").submit(present="no", password=OTHER_PASSWORD, status=status)
    assert "Too many attempts" in page.text


def test_one_device_or_all_others_can_be_signed_out(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana")
    others = [Browser(app), Browser(app), Browser(app)]
    for other in others:
        sign_in(other, ana)
    page = sign_in(browser, ana)
    assert len(page.all("#devices tbody tr")) == 4
    first = sessions_of(app, ana)[0]
    page = page.form(f"/account/devices/{first.id}/end").submit()
    assert others[0].get("/account").heading == "Sign in"
    assert others[1].get("/account").heading == "My account"
    page = page.form("/account/devices/end-others").submit()
    assert others[2].get("/account").heading == "Sign in"
    assert len(page.all("#devices tbody tr")) == 1


def test_the_devices_of_somebody_else_are_not_found(browser: Browser, app: Flask) -> None:
    luis = add_person(app, "Luis")
    sign_in(Browser(app), luis)
    sign_in(browser, add_person(app, "Ana"))
    (session,) = sessions_of(app, luis)
    browser.post(f"/account/devices/{session.id}/end", status=404)
    assert sessions_of(app, luis)[0].revoked_at is None


def test_strangers_choose_language_and_theme_for_their_browser(browser: Browser, app: Flask) -> None:
    page = browser.get("/sign-in")
    page = page.form("/language/es").submit()
    assert (page.url, page.find("html").get("lang")) == ("/sign-in", "es")
    page = browser.post("/theme/dark", {"next": "/sign-in"})
    assert (page.url, page.find("html").get("data-theme")) == ("/sign-in", "dark")
    sign_in(browser, add_person(app, "Ana"))
    assert browser.get("/account").find("html").get("lang") == "en"


def test_the_language_of_somebody_signed_in_is_kept_in_the_account(browser: Browser, app: Flask) -> None:
    ana = add_person(app, "Ana")
    page = sign_in(browser, ana).form("/language/es").submit()
    assert (page.url, page.find("html").get("lang"), account(app, ana).language) == ("/account", "es", "es")
    browser.post("/theme/light", {"next": "/account"})
    assert account(app, ana).theme == "light"


def test_languages_and_themes_that_are_not_on_offer_are_not_found(browser: Browser) -> None:
    browser.get("/sign-in")
    browser.post("/language/xx", status=404)
    browser.post("/theme/pink", status=404)


def test_switching_leads_back_only_to_pages_of_ours(browser: Browser) -> None:
    browser.get("/sign-in")
    for address in (
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "/theme/dark",
        "",
    ):
        response = browser.client.post(
            "/theme/dark", data={"csrf_token": browser.token(), "next": address},
            headers={"Origin": "http://localhost", "Referer": "https://evil.example/x"},
        )  # fmt: skip
        assert response.headers["Location"] == "/", address


@pytest.mark.sqlite_only("pages are drawn alike on both")
def test_who_is_refused_early_is_told_in_their_language_and_nothing_is_kept_for_it(app: Flask) -> None:
    browser = browser_of(app, add_person(app, "Ana", language="es"))
    assert "Esto no está disponible" in browser.get("/projects/new", status=403).text
    assert "Aquí no hay nada" in browser.get("/projects/NOPE/", status=404).text
    kept = len(app.extensions["implementor_parts"])
    browser.get("/projects/new", status=403)
    assert len(app.extensions["implementor_parts"]) == kept
