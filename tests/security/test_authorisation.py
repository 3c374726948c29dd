"""Every route as every actor: what they get and with which headers, what refusals leave alone, whose texts show."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from implementor.foundation.permissions import declared
from implementor.lists.sheets import sheets
from tests.security.cells import Cell, cells_of, record_of
from tests.security.headers import header_faults
from tests.security.matrix import may_by_declaration, read_matrix, walked
from tests.security.walking import Walker, text_of, watching
from tests.security.world import ACTORS, CRM, FOREIGN, OWN, WATCHED, WORD, canary

GRANTED = frozenset({200, 204, 303})
OTHERS_ARE_NEEDED = {
    **dict.fromkeys(
        (
            "adoption.person",
            "adoption.people_to_help",
            "adoption.offer",
            "adoption.interventions",
            "adoption.intervention",
            "adoption.finish_intervention",
            "adoption.resume_intervention",
            "adoption.appointment_page",
            "adoption.meet_person",
            "adoption.meet",
            "adoption.call_off_meeting",
            "adoption.meeting_file",
        ),
        "only the change lead may, whom the walk does not have; see tests/adoption",
    ),
    **dict.fromkeys(
        (
            "audiences.affected_person",
            "audiences.erase",
            "audiences.name_champion",
            "audiences.list_person",
            "audiences.unlist_person",
            "audiences.end_champion",
        ),
        "the same; see tests/audiences",
    ),
    **dict.fromkeys(
        (
            "training_results.people",
            "training_results.export",
            "training_results.certificates",
            "training_results.certificate",
            "training_results.scores",
            "training_results.keep_scores",
            "certificates.own_paper",
            "certificates.opinion_form",
            "certificates.keep_opinion",
            *(f"training.{deed}" for deed in ("invite", "withdraw", "book", "give_back", "mark", "code")),
            *(f"own_training.{deed}" for deed in ("book", "give_back", "here", "calendar")),
        ),
        "only the change lead, the trainer or the participant may; see tests/training",
    ),
    **dict.fromkeys(
        ("own_use.person", "own_use.team"), "only who answers for a team may; see tests/adoption/test_pages"
    ),
    **dict.fromkeys(
        (
            *(f"incentives.{deed}" for deed in ("count", "close", "correct", "announce", "standing_file")),
            "own_points.naming",
        ),
        "only the change lead, or who takes part, may; see tests/incentives",
    ),
    "own_requests.open_again": "only who sent it may; see tests/support",
    **dict.fromkeys(
        ("own_surveys.form", "own_surveys.answer", "own_surveys.by_link", "own_surveys.answer_by_link"),
        "only who is asked may; see tests/surveys",
    ),
    "auth.use_link": "opens only after a link of a mail",
    "auth.choose_password": "the same",
    "waves.copy_last_capacity": "only behind a wave that has people; see tests/waves/test_capacity",
    "planning.adopt_suggestion": "answers only what its own page showed; see tests/planning/test_suggestion",
    "planning.adopt_scenario": "the same; see tests/planning/test_scenarios",
    "planning.find_exact_scenario": "only of one that fills free room; see tests/planning/test_scenario_exact",
    "observability.metrics": "asks for the operator's token, not for a person",
    "releases.sign": "only the data lead may, whom the walk does not have; see tests/releases/test_migration_pages",
    "releases.reopen": "the same",
    "governance.answer_change": "only sponsor and committee may, whom the walk does not have; see tests/governance",
    "discovery.withdraw_from_charter": "only who signed may; see tests/discovery/test_charters",
    "discovery.begin_charter_edition": "only behind a charter that two signed; see tests/discovery/test_charters",
    "config_releases.begin_pilot": "only where no setting moves records; see tests/releases/test_pilots",
    "config_releases.judge": "only while a pilot stands; see the same",
    "config_releases.of_pilot_side": "only of a pilot; see tests/releases/test_pilots_together",
    "config_releases.stop_pilot": "only while a pilot stands; see the same",
    "finance.approve": "only sponsor and committee may, whom the walk does not have; see tests/finance",
    "finance.decide": "the same",
    "my_meetings.feed": "answers to a signed address alone; see tests/committees/test_committees",
    "retrospectives.sign_lessons": "only where no lesson is a draft; see tests/retrospectives/test_lessons",
    "standing_body.hand": "only where every wave is finished; see tests/committees/test_handovers",
    "standing_body.back": "only what was handed on; see the same",
    "status.begin": "only where no draft is open, which the world has; see tests/status/test_reports",
    "status.begin_edition": "the same",
    "status.shared": "opens only with the token of a link; see tests/status/test_sharing",
    "status.shared_file": "the same",
    "portfolio.shared_pack": "opens only with the token of a link; see tests/portfolio/test_consolidated_packs",
    "portfolio.shared_pack_file": "the same",
    "stages.waive": "only the sponsor may, whom the walk does not have; see tests/stages/test_gate_pages",
    "stories.waive": "the same; see tests/waves/test_value",
    "stories.waiver_page": "the same",
    "discovery.acknowledge_scorecard": "only people of its areas may; see tests/discovery/test_scorecards",
    "stages.reverse": "the same, and only behind a gate that is open",
    "stages.send_back": "only at a gate in review that somebody else proposed; see tests/stages/test_gate_pages",
    "stages.sign": "the same",
    "stages.open_gate": "only at a gate that everybody signed; see tests/stages/test_gate_pages",
}
NOT_IN_PROJECTS = {
    "/attachments/": "the world's file stands beside a story, which no address outside its project shows",
    "/comments/<int": "the same with its comment",
    "/records/<kind>/new": "no kind outside projects is made by the shared pages",
    "/views/": "the world's view is of a project",
}
WATCHES_ALL_JOBS = ("jobs.show", "jobs.fragment")
"""An administrator reads the titles of all jobs, as the permission job.watch_all says."""
SEES = {
    "viewer": (OWN,), "member": (OWN,), "project_lead": (OWN, WATCHED), "stranger": (FOREIGN, WATCHED),
    "seller": (CRM,), "crm_admin": (CRM,),
}  # fmt: skip


@pytest.mark.sqlite_only("routes are the same on both")
def test_the_matrix_has_a_line_for_every_route_and_no_other(app: Flask) -> None:
    assert {cell.key: cell.permission for cell in cells_of(app)} == {
        key: line["permission"] for key, line in read_matrix().items()
    }, "run `python -m tests.security.matrix` and read what it changed"


@pytest.mark.sqlite_only("routes are the same on both")
def test_nobody_gets_more_than_the_declared_permission_says(app: Flask) -> None:
    matrix = read_matrix()
    faults = []
    for cell in walked(app):
        line = matrix[cell.key]
        for actor in ACTORS:
            if line[actor] in GRANTED and not may_by_declaration(actor, cell) and not _leads_to_sign_in(actor, cell):
                faults.append(f"{cell.key}: {actor} gets {line[actor]} without {cell.permission}")
            if line[actor] >= 500:
                faults.append(f"{cell.key}: {actor} gets {line[actor]}")
    assert faults == []


def _leads_to_sign_in(actor: str, cell: Cell) -> bool:
    return actor in ("anonymous", "deactivated") and cell.is_safe


@pytest.mark.sqlite_only("the file is one")
def test_every_route_is_granted_to_somebody_so_that_its_refusals_mean_something(app: Flask) -> None:
    matrix, faults = read_matrix(), []
    for cell in walked(app):
        excused = cell.endpoint in OTHERS_ARE_NEEDED or any(cell.rule.startswith(each) for each in NOT_IN_PROJECTS)
        granted = [actor for actor in ACTORS[1:-1] if matrix[cell.key][actor] in GRANTED]
        if not granted and not excused:
            faults.append(f"{cell.key}: {matrix[cell.key]}")
    assert faults == [], "the body or address in cells.py is not one that somebody entitled would send"


@pytest.mark.sqlite_only("the declared permissions are the same on both")
def test_every_permission_guards_a_route_or_is_asked_by_a_view(app: Flask) -> None:
    used = {line["permission"] for line in read_matrix().values()}
    asked = {sheet.may_edit.name for sheet in sheets.values()} | {sheet.may_view.name for sheet in sheets.values()}
    elsewhere = {
        "no_one": "the answer where nothing is declared",
        "job.watch_all": "widens job.watch: the line of `GET /jobs/<int:job_id>`, admin against viewer",
        "history.undo_of_others": "widens history.undo: the line of `POST /undo/<int:action_id>`, lead against member",
        "comment.moderate": "widens comment.add: the line of `POST .../comments/<int:comment_id>/archive`",
        "view.share": "asked by lists.save_view and lists.change_view, see test_shared_views below",
        "view.save": "held by everybody who is signed in",
        "import.run": "asked of import.use in a project: the lines of `/projects/<project_key>/imports`",
        "import.records": "asked of import.use outside projects: the lines of `/imports`, crm_admin against pmo",
        "import.see_all": "widens import.use outside projects, see tests/crm/test_import_sight",
        "duplicate.add_anyway": "asked by the form of a record that is here already, see tests/duplicates/test_entry",
        "training_result.edit": "asked by the scores of a session and by their import, see tests/training/test_scores",
        "saved_report.share": "asked by the form of a report and by its service, see tests/reports/test_pages",
        "order.approve": "asked by orders.note for approvals, see tests/crm/orders",
        "survey.sayings": "asked by the page of a survey, see tests/surveys",
        "story.review": "asked by stories.settle_part for tests and reviews, see test_reviews below",
        "stage.move": "stages are entered and left by their gates; nobody moves them by hand",
    }
    assert set(declared) - used - asked - set(elsewhere) == set()


# --- the cells -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.sqlite_only("PostgreSQL gets one request per route below")
@pytest.mark.parametrize("actor", ACTORS)
def test_each_cell_of_the_matrix_holds(actor: str, walker: Walker, put_back: Callable[[], None]) -> None:
    matrix, faults = read_matrix(), []
    walker.identity(actor)
    for cell in walked(walker.app):
        with watching() as writes:
            answer = walker.try_cell(actor, cell)
        if answer.status_code != matrix[cell.key][actor]:
            faults.append(f"{cell.key}: {answer.status_code}, not {matrix[cell.key][actor]}")
        if answer.status_code not in GRANTED and writes.beyond_ledger:
            faults.append(f"{cell.key}: refused with {answer.status_code}, yet wrote {writes.beyond_ledger[:2]}")
        faults += [f"{cell.key} {answer.status_code}: {each}" for each in header_faults(answer)]
        if cell.endpoint not in WATCHES_ALL_JOBS:
            faults += [f"{cell.key} shows {text!r}" for text in _leaks(actor, answer)]
        if writes.lasting:
            put_back()
    assert faults == []


def _leaks(actor: str, answer: TestResponse) -> list[str]:
    if actor == "pmo":
        return []
    text = text_of(answer)
    hidden = [canary(key) for key in (OWN, FOREIGN, WATCHED, CRM) if key not in SEES.get(actor, ())]
    return [text[max(text.find(each) - 60, 0) : text.find(each) + 40] for each in hidden if each in text]


@pytest.mark.slow
@pytest.mark.postgres_only("SQLite walks the whole matrix")
def test_every_page_is_drawn_on_postgresql_too(walker: Walker) -> None:
    matrix, faults = read_matrix(), []
    for cell in walked(walker.app):
        actor = next(
            (name for name in ("pmo", "project_lead", "admin", "crm_admin") if matrix[cell.key][name] == 200), None
        )
        if cell.is_safe and actor and walker.try_cell(actor, cell).status_code != 200:
            faults.append(cell.key)
    assert faults == []


# --- what the matrix shows with one kind, for every kind --------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.sqlite_only("the rule is in Python; one database shows it")
@pytest.mark.parametrize("actor", ["anonymous", "stranger", "viewer"])
def test_records_of_every_kind_are_closed_to_those_who_may_not_change_them(actor: str, walker: Walker) -> None:
    place, faults = walker.world.places[OWN], []
    for kind in sheets:
        own = f"/projects/{OWN}/records/{kind}/{record_of(place, kind)}"
        for url in (f"{own}/edit", f"{own}/archive", f"{own}/restore", f"/projects/{OWN}/lists/{kind}/bulk"):
            with watching() as writes:
                answer = walker.send(actor, "POST", url, {"ids": [record_of(place, kind)], "step": "apply"})
            if answer.status_code not in (401, 403, 404) or writes.beyond_ledger:
                faults.append(f"{url}: {answer.status_code} {writes.beyond_ledger[:1]}")
    assert faults == []


@pytest.mark.sqlite_only("the rule is in Python; one database shows it")
@pytest.mark.parametrize("actor", ["stranger", "removed", "viewer", "admin", "seller"])
def test_searches_exports_and_suggestions_show_only_what_one_may_see(actor: str, walker: Walker) -> None:
    exports = [f"/projects/{key}/lists/{kind}/export.csv" for key in (OWN, FOREIGN) for kind in sheets]
    asked = [
        "/", "/projects", "/projects/archived", "/lists/project/export.csv", "/lists/project/export.xlsx",
        f"/search?q={WORD}", f"/search?q={WORD}&order=newest", f"/search?q={WORD}&project={OWN}&kind=story",
        f"/palette?q={WORD}", f"/palette?q={WORD}&from=/projects/{OWN}/",
        f"/palette?q={WORD}&from=/projects/{FOREIGN}/",
        f"/search?q={OWN}-1", f"/palette?q={FOREIGN}-1", *exports,
    ]  # fmt: skip
    shown = {url: _leaks(actor, walker.send(actor, "GET", url)) for url in asked}
    assert {url: leaks for url, leaks in shown.items() if leaks} == {}


@pytest.mark.sqlite_only("the rule is in Python; one database shows it")
def test_shared_views_are_for_leads(walker: Walker) -> None:
    sent = {"name": "Shared", "address": "sort=title", "shared": "1"}
    answers = {
        name: walker.send(name, "POST", f"/projects/{OWN}/lists/story/views", sent).status_code
        for name in ("viewer", "member", "project_lead")
    }
    assert answers == {"viewer": 403, "member": 403, "project_lead": 303}


@pytest.mark.sqlite_only("the rule is in Python; one database shows it")
def test_reviews_are_not_for_viewers(walker: Walker) -> None:
    place = walker.world.places[OWN]
    url = f"/projects/{OWN}/stories/{place.story0_number}/parts/area_review/{place.area_review}"
    answers = {
        name: walker.send(name, "POST", url, {"deed": "decide", "verdict": "approved"}).status_code
        for name in ("viewer", "stranger")
    }
    assert answers == {"viewer": 403, "stranger": 404}
