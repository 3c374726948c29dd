"""The commands about releases, as scripts use them, and the line of a gate that asks for a clean dry run."""

import json
from typing import Any

import pytest
from flask import Flask

from implementor.releases.gate_checks import dry_run_clean
from implementor.waves.gate_places import place_of_wave
from tests.auth.builders import reading
from tests.releases.release_builders import Shop, shop
from tests.waves.builders import wave_in

pytestmark = pytest.mark.sqlite_only("what commands say is the same on both; what they do is tested beside")


@pytest.fixture
def made(app: Flask) -> Shop:
    """A wave that brings one word."""
    made, (story,) = shop(app)
    made.new_word(story, "Space travel")
    return made


def run(app: Flask, *arguments: str) -> Any:
    """What a command of releases says."""
    return app.test_cli_runner().invoke(args=["release", *arguments])


def passes(made: Shop) -> bool:
    """Whether the line of the gate holds."""
    with reading(made.app) as session:
        place = place_of_wave(session, wave_in(session, made.here))
        return dry_run_clean(session, place, {}).passes(100)


def test_a_release_is_planned_tried_brought_live_and_rolled_back(app: Flask, made: Shop) -> None:
    lead = ("--as", made.here.lead.email)
    untried = run(app, "plan", "VEN/1", *lead)
    assert (untried.exit_code, "not tried yet" in untried.output) == (1, True)
    assert not passes(made)
    tried = run(app, "plan", "VEN/1", "--try", "--json", *lead)
    assert tried.exit_code == 0, tried.output
    assert json.loads(tried.output)["operations"][0]["state"] == "ready"
    assert passes(made)
    assert "goes live when" not in run(app, "apply", "VEN/1", *lead).output
    made.close()
    assert run(app, "apply", "VEN/1", *lead).exit_code == 1
    made.new_word(1, "Farming")
    assert json.loads(run(app, "apply", "VEN/1", "--json", *lead).output)["release"] == 2
    back = run(app, "rollback", "VEN/1", "--reason", "Too early", *lead)
    assert (back.exit_code, back.output.strip()) == (0, "Release 2 is rolled back.")


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (("plan", "VEN"), 2, "such as VEN/3"),
        (("plan", "NIX/1"), 1, "no project NIX"),
        (("plan", "VEN/7"), 1, "no wave 7"),
        (("apply", "VEN/1"), 1, "--as"),
        (("rollback", "VEN/1", "--reason", "No"), 1, "--as"),
    ],
)
def test_what_cannot_be_is_said_with_its_exit_code(
    app: Flask, made: Shop, arguments: tuple[str, ...], code: int, text: str
) -> None:
    named = () if "--as" in text else ("--as", made.here.lead.email)
    found = run(app, *arguments, *named)
    assert (found.exit_code, text in found.output) == (code, True), found.output
