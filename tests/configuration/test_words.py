"""Lists of words on their pages: rename, add, order, retire, restore, begin with; in both languages; and back again."""

import pytest
from flask import Flask

from implementor.foundation.words import Speech, speaking
from tests.configuration.builders import LIST, add_list, administrator, live_now
from tests.machinery.pages import Browser, Page


@pytest.fixture
def words(app: Flask, browser: Browser) -> str:
    """The address of a list of two words, for somebody who may change it."""
    picklist_id = add_list(app, ("Red", "Rojo"), ("Green", "Verde"))
    administrator(app, browser)
    return f"/settings/words/{picklist_id}"


def offered(app: Flask) -> list[str]:
    return [word.key for word in live_now(app).picklist(LIST).offered]


def menu(page: Page, word: str, deed: str) -> str:
    """The address of a button in the menu of a word."""
    row = next(row for row in page.all("tbody tr") if word in row.text_content())
    buttons = [form for form in row.cssselect("form") if deed in form.text_content()]
    return str(buttons[0].get("action"))


def test_a_new_word_is_live_at_once_in_both_languages(app: Flask, browser: Browser, words: str) -> None:
    browser.get(words).form("add_word").submit(label_en="Light blue", label_es="Celeste", tone="ok")
    word = live_now(app).picklist(LIST).by_key["light_blue"]
    assert (str(word.label), word.tone) == ("Light blue", "ok")
    with speaking(Speech("es")):
        assert str(word.label) == "Celeste"
    assert offered(app) == ["red", "green", "light_blue"]


def test_names_are_needed_and_told_apart_in_each_language(browser: Browser, words: str) -> None:
    form = browser.get(words).form("add_word")
    page = form.submit(label_en="Réd", label_es=" ", tone="ok", status=422)
    errors = page.form("add_word").errors
    assert "already" in errors["label_en"]
    assert "this language" in errors["label_es"]


def test_a_renamed_word_keeps_its_key(app: Flask, browser: Browser, words: str) -> None:
    page = browser.get(words).follow("Green")
    page.form("edit_word").submit(label_en="Grass", label_es="Hierba", tone="review")
    word = live_now(app).picklist(LIST).by_key["green"]
    assert (str(word.label), word.tone) == ("Grass", "review")


def test_a_retired_word_is_known_but_not_offered_until_it_is_restored(app: Flask, browser: Browser, words: str) -> None:
    browser.post(menu(browser.get(words), "Red", "Retire"))
    assert offered(app) == ["green"]
    assert str(live_now(app).picklist(LIST).by_key["red"].label) == "Red"
    restore = browser.get(words).all("details form")[-1].get("action")
    browser.post(str(restore))
    assert offered(app) == ["red", "green"]


def test_the_last_word_stays(app: Flask, browser: Browser, words: str) -> None:
    browser.post(menu(browser.get(words), "Red", "Retire"))
    page = browser.post(menu(browser.get(words), "Green", "Retire"), status=409)
    assert "last word" in page.text
    assert offered(app) == ["green"]


def test_words_move_one_place(app: Flask, browser: Browser, words: str) -> None:
    page = browser.get(words)
    browser.post(menu(page, "Green", "Move up"), {"step": "up"})
    assert offered(app) == ["green", "red"]


def test_new_records_begin_with_a_word_until_it_is_retired(app: Flask, browser: Browser, words: str) -> None:
    browser.get(f"{words}/edit").form("change_list").submit(default_key="green")
    default = live_now(app).picklist(LIST).default
    assert default is not None
    assert default.key == "green"
    browser.post(menu(browser.get(words), "Green", "Retire"))
    assert live_now(app).picklist(LIST).default is None


def test_a_change_is_told_on_the_page_and_can_be_taken_back(app: Flask, browser: Browser, words: str) -> None:
    browser.post(menu(browser.get(words), "Red", "Retire"))
    page = browser.get(words)
    assert "Retired Red from the list Colour" in page.text
    undo = page.all(".timeline form")[0].get("action")
    browser.post(str(undo))
    assert offered(app) == ["red", "green"]


def test_an_older_form_does_not_overwrite_a_newer_name(app: Flask, browser: Browser, words: str) -> None:
    older = browser.get(words).follow("Red").form("edit_word")
    browser.get(words).follow("Red").form("edit_word").submit(label_en="Crimson")
    page = older.submit(label_en="Scarlet", status=422)
    assert "meanwhile" in page.text
    assert page.form("edit_word").value("label_en") == "Scarlet"
    assert str(live_now(app).picklist(LIST).by_key["red"].label) == "Crimson"
