"""Sentences: translated when read, stored and read back without loss."""

import json
from datetime import date
from gettext import NullTranslations

from hypothesis import given
from hypothesis import strategies as st

from implementor.foundation.words import Speech, phrase_from_json, say, say_n, speaking, speech


class Shouting(NullTranslations):
    """A language in capitals."""

    def gettext(self, message: str) -> str:
        return message.replace("Wave", "WAVE")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return (msgid1 if n == 1 else msgid2).upper().replace("%(COUNT)S", "%(count)s")


@given(st.dictionaries(st.sampled_from(["wave", "name"]), st.text()), st.integers(0, 10))
def test_a_phrase_comes_back_as_it_was_stored(values: dict[str, str], count: int) -> None:
    one = say("Wave %(wave)s of %(name)s", **{"wave": "", "name": "", **values})
    many = say_n("%(count)s story", "%(count)s stories", count)
    assert phrase_from_json(one.as_json()) == one
    assert str(phrase_from_json(many.as_json())) == str(many)


def test_the_language_is_that_of_the_reader_not_of_the_writer() -> None:
    sentence = say("Wave %(name)s", name="One")
    with speaking(Speech("xx", Shouting())):
        assert str(sentence) == "WAVE One"
        assert str(say_n("%(count)s story", "%(count)s stories", 2)) == "2 STORIES"
    assert str(sentence) == "Wave One"
    assert speech().language == "en"


def test_percent_signs_in_sentences_without_values_stay() -> None:
    assert str(say("85 % of the weeks")) == "85 % of the weeks"


def test_phrases_inside_phrases_are_said_in_the_reader_s_language() -> None:
    assert str(say("Moved to %(status)s", status=say("Idea"))) == "Moved to Idea"


def test_a_day_is_read_as_the_reader_writes_days() -> None:
    phrase = phrase_from_json(json.loads(json.dumps(say("It ends on %(day)s", day=date(2026, 11, 30)).as_json())))
    assert phrase == say("It ends on %(day)s", day=date(2026, 11, 30))
    assert str(phrase) == "It ends on Nov 30, 2026"
    with speaking(Speech("es")):
        assert str(phrase) == "It ends on 30 nov 2026"
