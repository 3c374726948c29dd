"""The commands about gates: refused with the failing line named, then waived, then passed; exit codes say it."""

import json
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from implementor.foundation.permissions import Role
from implementor.stages import gate_lines
from tests.stages.builders import gated, prepare, review, sign, waive
from tests.waves.builders import add_story, add_wave

REPORTS = "The ten most important reports are described, with the data that each needs"


def run(app: Flask, *arguments: str) -> Any:
    """What a command of gates says."""
    return app.test_cli_runner().invoke(args=["gate", *arguments])


def test_a_gate_is_refused_by_the_command_then_waived_then_opened(app: Flask) -> None:
    here, at = gated(app), datetime.now(UTC)
    prepare(here, "visualization", at=at)
    with here.at_gate("visualization", Role.DATA_LEAD, at) as deed:
        gate_lines.untick_line(deed.session, deed.look, "reports-in-reverse", **deed.who)
    review(here, "visualization", at=at)
    refused = run(app, "open", "VEN", "--as", here.lead.email)
    assert (refused.exit_code, REPORTS in refused.output) == (1, True)
    assert run(app, "check", "VEN", "--as", here.lead.email).exit_code == 1
    waive(here, "visualization", "reports-in-reverse", at=at)
    assert run(app, "check", "VEN", "--as", here.lead.email).exit_code == 0
    unsigned = run(app, "open", "VEN", "--as", here.lead.email)
    assert (unsigned.exit_code, "Not signed yet" in unsigned.output) == (1, True)
    sign(here, "visualization", at=at)
    opened = run(app, "open", "VEN", "--as", here.lead.email)
    assert (opened.exit_code, opened.output.splitlines()[0]) == (
        0, "The gate Visualization: signed, amber, readiness 89 %",
    )  # fmt: skip
    assert "Opened the gate visualization" in here.browser().get("/projects/VEN/history").text


def test_a_gate_of_a_wave_is_shown_as_data(app: Flask) -> None:
    here = gated(app)
    add_wave(here, "One", [add_story(here, points=None)], capacity_points="20")
    shown = run(app, "show", "VEN", "--wave", "1", "--json", "--as", here.lead.email)
    told = json.loads(shown.output)
    assert (shown.exit_code, told["gate"], told["state"], told["verdict"]) == (0, "planning-1", "planned", "red")
    line = next(one for one in told["lines"] if one["key"] == "stories-estimated")
    assert line == {
        "key": "stories-estimated", "state": "failing", "value": 0.0, "target": 1.0,
        "missing": ["VEN-1 See open quotes"],
    }  # fmt: skip
    text = run(app, "show", "VEN", "--wave", "1", "--stage", "adoption", "--as", here.lead.email)
    assert text.output.startswith("The gate Adoption of wave 1: planned")


def test_what_there_is_not_and_who_may_not_end_with_one(app: Flask) -> None:
    here, other = gated(app), gated(app, "COL")
    add_wave(here)
    for arguments, said in (
        (("show", "NIX"), "There is no project NIX"),
        (("show", "VEN", "--as", other.lead.email), "There is no project VEN"),
        (("show", "VEN", "--wave", "9"), "VEN has no wave 9"),
        (("show", "VEN", "--stage", "nothing"), "There is no such gate"),
        (("open", "VEN", "--as", here.viewer.email), "You may not open gates"),
        (("open", "VEN"), "You may not open gates"),
    ):
        ended = run(app, *arguments)
        assert (ended.exit_code, said in ended.output) == (1, True), ended.output


def test_a_project_without_gates_says_so(app: Flask) -> None:
    here = gated(app, method_key="open")
    ended = run(app, "check", "VEN", "--as", here.lead.email)
    assert (ended.exit_code, "has no gates" in ended.output) == (1, True)
