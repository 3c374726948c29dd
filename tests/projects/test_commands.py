"""The command line knows the same projects as the pages."""

import json

from flask import Flask

from implementor.foundation.permissions import Role
from tests.auth.builders import add_person
from tests.projects.builders import add_project


def test_the_list_is_one_json_object(app: Flask) -> None:
    add_project(app, "ABC")
    add_project(app)
    done = app.test_cli_runner().invoke(args=["project", "list", "--json"])
    assert json.loads(done.stdout) == {
        "projects": [
            {"key": "ABC", "name": "Rollout ABC", "stage": "visualization"},
            {"key": "VEN", "name": "Rollout VEN", "stage": "visualization"},
        ]
    }


def test_a_person_lists_their_own_projects(app: Flask) -> None:
    member = add_person(app, "Mara Mora")
    add_project(app, people=[(Role.MEMBER, member)])
    add_project(app, "HID")
    done = app.test_cli_runner().invoke(args=["project", "list", "--as", member.email])
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["VEN"]


def test_nobody_lists_nothing(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["project", "list", "--as", "nobody@example.com"])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "nobody@example.com" in done.stderr


def test_the_stages_of_a_hidden_project_are_not_shown(app: Flask) -> None:
    stranger = add_person(app, "Sten Stern")
    add_project(app)
    shown = app.test_cli_runner().invoke(args=["stage", "show", "VEN"])
    assert next(line.split()[:2] for line in shown.stdout.splitlines()) == ["visualization", "current"]
    hidden = app.test_cli_runner().invoke(args=["stage", "show", "VEN", "--as", stranger.email])
    missing = app.test_cli_runner().invoke(args=["stage", "show", "NIX", "--as", stranger.email])
    assert hidden.exit_code == missing.exit_code == 1
    assert hidden.stderr.replace("VEN", "NIX") == missing.stderr
