"""The command line brings files in, says exactly what happened, and ends with a number that scripts can use."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from implementor.stories.models import Story
from tests.exchange.builders import file_with, number_of, stories_in
from tests.waves.builders import Rollout, rollout

FILE = "Key,Title,Status,Points\nA-1,One,Done,3\nA-2,Two,Wat,XL\n"


def command(here: Rollout, *arguments: Any, by: str | None = None) -> Result:
    """Run `implementor ...`."""
    acting = ["--as", by] if by else []
    return here.app.test_cli_runner().invoke(args=[*map(str, arguments), *acting])


def test_json_says_exactly_what_happened(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    path = file_with(tmp_path, FILE)
    looked = command(here, "import", "stories", path, "--project", "VEN", "--dry-run", "--json")
    assert (looked.exit_code, number_of(here, Story)) == (0, 0)
    done = command(here, "import", "stories", path, "--project", "VEN", "--json")
    assert json.loads(looked.stdout) == json.loads(done.stdout)
    said = json.loads(done.stdout)
    assert {name: said[name] for name in ("read", "created", "updated", "unchanged", "refused")} == {
        "read": 2, "created": 1, "updated": 0, "unchanged": 0, "refused": 1,
    }  # fmt: skip
    assert [(one["row"], one["column"], one["value"]) for one in said["reasons"]] == [
        (3, "Points", "XL"), (3, "Status", "Wat"),
    ]  # fmt: skip
    assert set(said) == {"read", "created", "updated", "unchanged", "refused", "reasons"}
    assert all(set(one) == {"row", "column", "value", "message"} for one in said["reasons"])


def test_a_map_says_what_columns_and_words_mean(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    path = file_with(tmp_path, "Foo,Bar\nOne,Wat\n")
    given = {"columns": {"Foo": "title", "2": "status"}, "meanings": {"status": {"wat": "review"}}}
    map_file = file_with(tmp_path, json.dumps(given), "map.json")
    assert command(here, "import", "stories", path, "--project", "VEN", "--map", map_file).exit_code == 0
    assert stories_in(here)["One"].status == "review"


@pytest.mark.parametrize(("text", "said"), [
    ("", "The file is empty."),
    ("Title\n", "holds no rows"), ("Title,Status\nOne,Wat\n", "The status Wat is not known"),
    ("a,b\n1,2\n", "No column fills Title"),
])  # fmt: skip
def test_what_cannot_be_imported_ends_with_one(app: Flask, tmp_path: Path, text: str, said: str) -> None:
    here = rollout(app)
    result = command(here, "import", "stories", file_with(tmp_path, text), "--project", "VEN")
    assert result.exit_code == 1
    assert said in result.stderr


def test_wrong_use_ends_with_two(app: Flask, tmp_path: Path) -> None:
    here, path = rollout(app), file_with(tmp_path, FILE)
    assert command(here, "import", "dreams", path, "--project", "VEN").exit_code == 2
    assert command(here, "import", "stories", tmp_path / "none.csv", "--project", "VEN").exit_code == 2
    broken = file_with(tmp_path, "{", "map.json")
    assert command(here, "import", "stories", path, "--project", "VEN", "--map", broken).exit_code == 2


def test_strangers_and_viewers_import_nothing(app: Flask, tmp_path: Path) -> None:
    here, path = rollout(app), file_with(tmp_path, FILE)
    stranger = rollout(app, "OTH").lead.email
    result = command(here, "import", "stories", path, "--project", "VEN", by=stranger)
    assert (result.exit_code, "no project VEN" in result.stderr) == (1, True)
    assert command(here, "import", "stories", path, "--project", "VEN", by=here.viewer.email).exit_code == 1
    assert command(here, "import", "stories", path).exit_code == 1
    assert number_of(here, Story) == 0


def test_imports_are_listed_and_taken_back(app: Flask, tmp_path: Path) -> None:
    here = rollout(app)
    stranger = rollout(app, "OTH").lead.email
    command(here, "import", "stories", file_with(tmp_path, FILE), "--project", "VEN", by=here.lead.email)
    listed = json.loads(command(here, "imports", "list", "--json", by=here.lead.email).stdout)["imports"]
    assert [(one["file"], one["created"], one["state"]) for one in listed] == [("backlog.csv", 1, "done")]
    assert json.loads(command(here, "imports", "list", "--json", by=stranger).stdout) == {"imports": []}
    assert command(here, "imports", "undo", listed[0]["id"], by=stranger).exit_code == 1
    assert command(here, "imports", "undo", listed[0]["id"], by=here.lead.email).exit_code == 0
    assert stories_in(here) == {}
    assert command(here, "imports", "undo", listed[0]["id"]).exit_code == 1
