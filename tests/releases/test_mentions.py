"""Who refers to a setting that goes: found by each package that keeps such references, and told by the dry run."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from implementor.automation.models import AutomationRule, MessageTemplate
from implementor.calendars.services.policies import PolicyWanted, add_policy
from implementor.configuration.models import AssignmentRule, RequiredRule
from implementor.configuration.queries import stages
from implementor.exchange.models import RememberedMapping
from implementor.foundation.mentions import Subject, mentioned, readers
from implementor.foundation.permissions import SYSTEM
from implementor.lists.models import SavedView
from implementor.metrics.definitions import Query
from implementor.metrics.models import Metric
from implementor.releases.item_kinds import Operation, item_kinds
from implementor.releases.release_services import waive
from implementor.reports.models import SavedReport
from implementor.reports.plans import Plan, plan_json
from tests.auth.builders import reading, working
from tests.calendars.builders import make_calendar
from tests.configuration.builders import sales
from tests.crm.cases.desk import TARGETS
from tests.releases.release_builders import Shop, shop
from tests.waves.builders import START

ASKS = [{"field": "industry", "test": "one_of", "values": ["old", "new"]}]
QUERY = {"entity": "account", "aggregate": "count", "filters": {"industry": ["old"]}}
NAMED = {"label_en": "Rule", "label_es": "Regla", "rank": "a"}


def kept_view(made: Shop, address: str = "industry=old,none&sort=-name", **more: Any) -> SavedView:
    """A view that filters by a word."""
    owner = made.company.by("seller").user_id or 0
    return SavedView(entity_kind="account", owner_id=owner, name="My industry", address=address, **more)


def metric(made: Shop, query: Any = QUERY) -> Metric:
    """A metric that counts a word."""
    kept = {"schema": 1, "how": "query", "query": query}
    return Metric(project_id=made.here.project_id, name="Share", measured_by="query", definition=kept)


def need(_made: Shop, **more: Any) -> RequiredRule:
    """A need where the word is held."""
    return RequiredRule(**{"kind": "account", "field": "city", "strength": "warn", "conditions": ASKS, **NAMED, **more})


def owners(made: Shop, **more: Any) -> AssignmentRule:
    """A rule of owners for the word."""
    person = made.company.by("seller").user_id
    return AssignmentRule(kind="account", way="person", user_id=person, conditions=ASKS, **NAMED, **more)


def mapping(_made: Shop, **more: Any) -> RememberedMapping:
    """A mapping of imports that fills the field; it names no word."""
    return RememberedMapping(
        kind="account", project_id=0, signature="abc", mapping={"0": "name", "1": "industry"}, at=START, **more
    )


def automation(_made: Shop) -> AutomationRule:
    """A rule that sets the word."""
    steps = [{"do": "set", "field": "industry", "value": "old"}]
    return AutomationRule(kind="account", event="created", steps=steps, **NAMED)


def template(_made: Shop) -> MessageTemplate:
    """A text that speaks of the field; it names no word, and goes with its own kind."""
    named = {name: text for name, text in NAMED.items() if name != "rank"}
    return MessageTemplate(kind="account", purpose="email", body_en="You are in {{ industry }}.", **named)


def report(_made: Shop) -> SavedReport:
    """A report parted by the field and narrowed to the word."""
    plan = plan_json(Plan(Query("account", filters={"industry": ("old",)}), by=("industry",)))
    named = {name: text for name, text in NAMED.items() if name != "rank"}
    return SavedReport(kind="account", plan=plan, shared="all", **named)


REFERENCES: dict[str, tuple[Callable[[Shop], Any], bool, bool]] = {
    "lists": (kept_view, True, False), "metrics": (metric, True, True), "needs": (need, True, True),
    "owners": (owners, True, True), "imports": (mapping, False, False), "automation": (automation, True, True),
    "templates": (template, False, False), "reports": (report, True, True),
}  # fmt: skip


@pytest.mark.sqlite_only("references are read whole and compared in Python")
@pytest.mark.parametrize("who", REFERENCES)
def test_everything_that_names_a_field_or_a_word_is_found(app: Flask, who: str) -> None:
    made, _stories = shop(app, started=False)
    build, by_word, blocks = REFERENCES[who]
    with working(app) as session:
        session.add(build(made))
    with reading(app) as session:
        assert [one.blocks for one in asked(session)] == [blocks]
        assert len(asked(session, "old")) == by_word
        assert len(mentioned(session, [Subject("account")])) == (who != "templates")
        for other in (Subject("account", "industry", "other"), Subject("account", "type"), Subject("contact")):
            assert not mentioned(session, [other])


@pytest.mark.sqlite_only("references are read whole and compared in Python")
def test_service_levels_that_hold_for_a_word_are_found(app: Flask) -> None:
    with working(app) as session:
        hours = make_calendar(session).id
        wanted = PolicyWanted("Faults", hours, targets=TARGETS, conditions={"category": ["fault"]})
        add_policy(session, "case", wanted, by=SYSTEM, at=START)
    with reading(app) as session:
        found = [mentioned(session, [Subject("case", "category", word)]) for word in ("fault", "wish")]
        assert [[str(one.name) for one in each] for each in found] == [["Faults"], []]


def asked(session: Session, word: str | None = None) -> list[Any]:
    return mentioned(session, [Subject("account", "industry", word)])


@pytest.mark.parametrize(("address", "names"), [
    ("columns=name,industry", True), ("sort=-industry", True), ("group=industry", True), ("industry=a..b;old", True),
    ("q=industry", False), ("columns=name", False), ("", False),
])  # fmt: skip
def test_a_view_names_what_it_filters_shows_and_is_ordered_by(address: str, names: bool) -> None:
    from implementor.lists.mentions import named_in

    assert ("industry" in {name for name, _words in named_in(address)}) == names


@pytest.mark.sqlite_only("the pages of a dry run")
def test_a_dry_run_names_what_relies_on_a_word_and_lets_it_go_for_a_reason(app: Flask) -> None:
    made, (story,) = shop(app)
    word = made.words()[0]
    item = made.retired(story, word)
    with working(app) as session:
        session.add_all([
            kept_view(made, f"industry={word}", shared_at=START), kept_view(made, f"industry={word}"),
            metric(made, {**QUERY, "filters": {"industry": [word]}}),
        ])  # fmt: skip
    verdict = made.try_out()
    (step,) = verdict.blocking
    page = made.here.browser().get(made.here.url(f"/waves/1/release/{item}"))
    assert "1 rule or metric relies on it." in page.text
    assert page.text.count("My industry") == 1
    assert "1 more that is not shown to you" in page.text
    assert "Share" in page.follow("Share").text
    relied_on = next(one for one in verdict.of(step) if one.finding.blocks)
    with made.here.working() as session:
        waive(session, step, relied_on, reason="It is made anew.", by=made.here.actor(), at=START)
    assert made.verdict().may_go_live
    made.close()
    assert word not in made.words()


@pytest.mark.sqlite_only("what goes with which setting is read, not written")
def test_stages_pipelines_and_kinds_that_go_are_asked_about_too(app: Flask) -> None:
    made, _stories = shop(app, started=False)
    pipeline = sales(app)
    with working(app) as session:
        stage = session.scalars(stages(pipeline.id)).first()
        assert stage is not None
        counted = {"entity": "opportunity", "aggregate": "count", "filters": {"stage": [str(stage.id)]}}
        session.add_all([metric(made, counted), metric(made, {"entity": "campaign", "aggregate": "count"})])
    with reading(app) as session:
        for kind, uid, after, count in (
            ("pipeline_stage", stage.uid, None, 1), ("pipeline", pipeline.uid, None, 1),
            ("module_switch", "module:campaign", {"kind": "campaign", "is_used": False}, 1),
            ("module_switch", "module:lead", {"kind": "lead", "is_used": False}, 0),
        ):  # fmt: skip
            before = item_kinds[kind].live(session, uid)
            operation = Operation(kind, "retire" if after is None else "change", uid, before, after)
            assert len(mentioned(session, item_kinds[kind].subjects(session, operation))) == count, kind


def test_each_package_that_keeps_references_says_how_they_are_found(app: Flask) -> None:
    assert {"automation", "calendars", "configuration", "exchange", "lists", "metrics"} <= readers.keys()
