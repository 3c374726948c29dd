"""The import of stories takes its targets, values and words from the catalogue of stories, as other imports do."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from implementor.exchange.kinds import kind_named
from implementor.exchange.mapping import suggest
from implementor.exchange.readers.source import Column
from implementor.exchange.records.targets import in_both
from implementor.foundation.fields import Kind
from implementor.stories.catalogue import STORY
from implementor.stories.models import Story
from implementor.waves.story_import_targets import OTHERS
from tests.auth.builders import reading
from tests.exchange.builders import brought_in, counts_of, file_with, refusals, stories_in
from tests.waves.builders import rollout


def test_every_field_that_people_fill_is_a_target_under_its_own_label(app: Flask) -> None:
    rollout(app)
    targets = {one.name: one for one in kind_named("stories").targets}
    filled = [one for one in STORY.fields.values() if one.editable and one.kind is not Kind.REFERENCE]
    assert [one.name for one in filled if one.name not in targets] == []
    for one in filled:
        assert str(targets[one.name].label) == str(one.label)
        said = in_both(one.label)
        columns = [Column(0, name, name) for name in said]
        offered = {offer.field for column in columns for offer in suggest([column], kind_named("stories").targets)}
        assert offered <= {one.name, "priority"}, said


def test_a_field_without_a_way_of_its_own_is_filled_from_the_catalogue(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    assert [one.name for one in OTHERS] == ["value_argument"]
    text = "Title,Argumento de valor\nSend quotes,Saves an hour a day\n"
    assert counts_of(brought_in(here, file_with(tmp_path, text))) == (1, 1, 0, 0, 0)
    assert stories_in(here)["Send quotes"].value_argument == "Saves an hour a day"
    assert counts_of(brought_in(here, file_with(tmp_path, text))) == (1, 0, 0, 1, 0)
    later = text.replace("an hour", "two hours")
    assert counts_of(brought_in(here, file_with(tmp_path, later))) == (1, 0, 1, 0, 0)
    assert stories_in(here)["Send quotes"].value_argument == "Saves two hours a day"
    too_long = text.replace("an hour", "x" * 20_001)
    assert "20000 characters" in refusals(here, file_with(tmp_path, too_long, "other.csv"))[0][3].replace(",", "")


@pytest.mark.parametrize(
    ("column", "word", "field", "key"),
    [("Type", "Informe", "type", "report"), ("Tipo", "Formación", "type", "training"),
     ("MoSCoW", "No esta vez", "moscow", "wont"), ("MoSCoW", "Should have", "moscow", "should"),
     ("Estado", "En revisión", "status", "review"), ("Status", "In progress", "status", "doing")],
)  # fmt: skip
def test_words_of_the_catalogue_are_known_in_both_languages(
    app: Flask, tmp_path: Path, column: str, word: str, field: str, key: str
) -> None:
    here = rollout(app)
    brought_in(here, file_with(tmp_path, f"Title,{column}\nSend quotes,{word}\n"))
    assert getattr(stories_in(here)["Send quotes"], field) == key


def test_a_word_for_any_choice_can_be_explained_and_none_makes_a_story_live(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    path = file_with(tmp_path, "Title,Type,MoSCoW,Status\nSend quotes,Zeug,Obligatorísimo,Live\n")
    assert [value for _, _, value, _ in refusals(here, path)] == ["Obligatorísimo"]
    meanings = {"type": {"zeug": "data"}, "moscow": {"obligatorisimo": "must"}}
    brought_in(here, path, meanings=meanings)
    with reading(app) as session:
        made = session.scalars(select(Story)).one()
    assert (made.type, made.moscow, made.status, made.tags) == ("data", "must", "validated", [])
