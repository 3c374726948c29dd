"""What somebody answered, read from a form: a number for each scale and choice, words where somebody wrote some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from implementor.foundation.errors import InvalidInput
from implementor.foundation.text import clean
from implementor.foundation.words import Phrase, say
from implementor.surveys.models import LEVELS, SCALE, TEXT, SurveyQuestion

LOWEST, HIGHEST = 1, 5
LONGEST_SAID = 2000
LEVEL = "level"
Said = dict[str, Any]


def field_of(question: SurveyQuestion) -> str:
    """The name of a question's field, and of its answer."""
    return f"q{question.id}"


def read_answers(questions: Iterable[SurveyQuestion], given: Mapping[str, str], *, by_level: bool) -> Said:
    """Answers by the names of their fields; choices count from 0. Scales and choices are answered, words need not be.

    Were some left out, groups would differ from question to question, and their difference would tell of few.
    Raises InvalidInput with the faults by field.
    """
    said: Said = {}
    faults: dict[str, Phrase] = {}
    if by_level:
        said[LEVEL] = given.get(LEVEL, "")
        if said[LEVEL] not in LEVELS:
            faults[LEVEL] = say("Choose the one that is nearest.")
    for question in questions:
        name = field_of(question)
        if question.kind == TEXT:
            said[name] = clean(given.get(name, "")).strip()
            if len(said[name]) > LONGEST_SAID:
                faults[name] = say("At most %(longest)s characters.", longest=LONGEST_SAID)
            continue
        said[name] = _chosen(question, given.get(name, ""))
        if said[name] is None:
            faults[name] = say("Choose the one that is nearest.")
    if faults:
        raise InvalidInput(faults)
    return said


def offered(question: SurveyQuestion) -> range:
    """The numbers that an answer may be."""
    return range(LOWEST, HIGHEST + 1) if question.kind == SCALE else range(len(question.choices_in("en")))


def _chosen(question: SurveyQuestion, given: str) -> int | None:
    return int(given) if given.isdecimal() and len(given) < 4 and int(given) in offered(question) else None
