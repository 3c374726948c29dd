"""One example address for every page of the product; a new route without one fails the walk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from tests.journeys import adoption_addresses as adoption
from tests.journeys import audience_addresses as audiences
from tests.journeys import crm_addresses as crm
from tests.journeys import looking_back_addresses as looking_back
from tests.journeys import meeting_addresses as meetings
from tests.journeys import money_addresses as money
from tests.journeys import release_addresses as releases
from tests.journeys import training_addresses as training
from tests.journeys import wave_addresses as waves
from tests.journeys.direction_addresses import DIRECTION, NO_PAGE_ALONE
from tests.journeys.world import KEY, World

EXAMPLES: dict[str, dict[str, Any]] = {
    **DIRECTION,
    **audiences.EXAMPLES,
    **adoption.EXAMPLES,
    **crm.EXAMPLES,
    **looking_back.EXAMPLES,
    **meetings.EXAMPLES,
    **money.EXAMPLES,
    **releases.EXAMPLES,
    **training.EXAMPLES,
    **waves.EXAMPLES,
    "auth.account": {},
    "auth.edit_area": {"area_id": "area"},
    "auth.list_areas": {},
    "auth.list_people": {},
    "auth.list_teams": {},
    "auth.new_person": {},
    "auth.settings_index": {},
    "auth.show_person": {"user_id": "user"},
    "auth.show_team": {"team_id": "team"},
    "calendars.edit_calendar": {"calendar_id": "calendar"},
    "calendars.list_calendars": {},
    "calendars.list_policies": {},
    "calendars.list_rates": {},
    "calendars.edit_policy": {"policy_id": "policy"},
    "calendars.new_calendar": {},
    "calendars.new_policy": {"record_kind": "=case"},
    "calendars.show_currency": {"currency": "=VES"},
    "comments.edit": {"comment_id": "comment"},
    "comments.index": {"kind": "=story", "record_id": "story"},
    "configuration.ask_where_to": {"pipeline_id": "pipeline", "stage_id": "pipeline_stage"},
    "configuration.edit_list": {"picklist_id": "picklist"},
    "configuration.edit_own_field": {"record_kind": "=account", "field_id": "own_field"},
    "configuration.list_own_fields": {"record_kind": "=account"},
    "configuration.new_own_field": {"record_kind": "=account"},
    "configuration.edit_stage": {"pipeline_id": "pipeline", "stage_id": "pipeline_stage"},
    "configuration.edit_word": {"picklist_id": "picklist", "value_id": "picklist_value"},
    "configuration.edit_assignment": {"record_kind": "=lead", "rule_id": "assignment_rule"},
    "configuration.edit_field_name": {"record_kind": "=account", "field_name": "=industry"},
    "configuration.edit_need": {"record_kind": "=opportunity", "rule_id": "required_rule"},
    "configuration.list_field_names": {"record_kind": "=account"},
    "configuration.list_kinds": {},
    "configuration.new_assignment": {"record_kind": "=lead"},
    "configuration.new_need": {"record_kind": "=account"},
    "configuration.show_columns": {"record_kind": "=account"},
    "configuration.show_kind": {"record_kind": "=opportunity"},
    "configuration.show_layout": {"record_kind": "=account"},
    "configuration.list_pipelines": {},
    "configuration.list_words": {},
    "configuration.new_stage": {"pipeline_id": "pipeline"},
    "configuration.show_access": {},
    "configuration.show_fields": {"record_kind": "=account"},
    "configuration.show_pipeline": {"pipeline_id": "pipeline"},
    "configuration.show_words": {"picklist_id": "picklist"},
    "duplicates.index": {},
    "duplicates.show_weighing": {},
    "duplicates.show": {"pair_id": "pair"},
    "duplicates.show_merge": {"merge_id": "merge"},
    "exchange.check": {"run_id": "run"},
    "exchange.columns": {"run_id": "run"},
    "exchange.index": {},
    "exchange.new": {},
    "exchange.reading": {"run_id": "run"},
    "exchange.show": {"run_id": "run"},
    "governance.action": {"number": "action"},
    "governance.actions": {},
    "governance.change": {"number": "change"},
    "governance.changes": {},
    "governance.convert_page": {"kind": "=risk", "number": "risk", "to_kind": "=obstacle"},
    "governance.decision": {"number": "decision"},
    "governance.decisions": {},
    "governance.matrix": {},
    "governance.new_action": {},
    "governance.new_change": {},
    "governance.new_decision": {},
    "governance.new_obstacle": {},
    "governance.new_risk": {},
    "governance.risk": {"number": "risk"},
    "governance.risk_map": {},
    "governance.risks": {},
    "governance.roles": {},
    "governance.causes": {},
    "governance.chase": {},
    "governance.silent": {},
    "governance.term": {"membership_id": "membership"},
    "succession.show": {"user_id": "user"},
    "governance.obstacle": {"number": "obstacle"},
    "governance.obstacles": {},
    "help.index": {},
    "help.show": {"page": "=stories"},
    "history.of_project": {},
    "home.show": {},
    "items.edit": {"item_id": "config_item"},
    "items.index": {},
    "items.new": {"number": "busy_story"},
    "items.show": {"item_id": "config_item"},
    "library.index": {},
    "jobs.show": {"job_id": "job"},
    "lists.edit": {"kind": "=story", "record_id": "story"},
    "lists.edit_field": {"kind": "=story", "record_id": "story", "field": "=title"},
    "lists.field": {"kind": "=story", "record_id": "story", "field": "=title"},
    "lists.new": {"kind": "=story"},
    "names.index": {"kind": "=account", "record_id": "account"},
    "notices.choices": {},
    "notices.index": {},
    "notifications.index": {},
    "notifications.show": {"message_id": "message"},
    "projects.archived": {},
    "projects.index": {},
    "projects.new": {},
    "projects.people": {},
    "projects.settings": {},
    "projects.show": {},
    "releases.control_page": {"migration_id": "migration"},
    "releases.edit_figure": {"migration_id": "migration", "figure_id": "migration_figure"},
    "releases.index": {},
    "releases.new_figure": {"migration_id": "migration"},
    "releases.show": {"migration_id": "migration"},
    "search.index": {"q": "=cliente"},
    "stories.index": {},
    "stories.history": {"number": "busy_story"},
    "stories.milestones": {},
    "stories.new": {},
    "stories.new_part": {"number": "busy_story", "kind": "=task"},
    "stories.of_part": {"story_id": "part"},
    "stories.place": {"number": "card"},
    "stories.rules": {},
    "stories.sizes": {},
    "stories.show": {"number": "busy_story"},
    "stories.split_page": {"number": "busy_story"},
    "styleguide.show": {},
}
"""Endpoint -> values of its address: a name of `World.ids`, or `=` and the text itself."""

SIGNED_OUT: dict[str, dict[str, Any]] = {
    "auth.sign_in": {},
    "auth.forgotten": {},
    "auth.link_is_on_its_way": {},
}
"""Pages for people who are not signed in."""

NO_PAGES = {
    "appointments.invitation": "a file",
    "auth.open_link": "leads on to auth.choose_password",
    "auth.choose_password": "opens only after a link; seen in test_first_day",
    "comments.download": "a file",
    "comments.people_options": "options for the field that mentions people",
    "exchange.progress": "a piece of exchange.show",
    "exchange.refused": "a file",
    "jobs.fragment": "a piece of jobs.show",
    "lists.export": "a file",
    "governance.export_matrix": "a file",
    "governance.export_chase": "a file",
    "lists.lookup": "options for a field that finds records; seen in lists/test_lookup_by_hand",
    "automation.export_runs": "a file",
    "config_releases.bygone_file": "a file",
    "config_releases.export_all": "a file",
    "discovery.new_agreement": "leads on to the form of lists.new",
    "discovery.new_objective": "the same",
    "discovery.new_report": "the same",
    "metrics.export": "a file",
    "metrics.new": "leads on to the form of lists.new",
    "planning.sheet": "a file",
    "planning.breaks": "words for a script that moves a story",
    "observability.live": "for machines",
    "observability.metrics": "for machines",
    "observability.ready": "for machines",
    "quotes.paper": "a file",
    "search.palette": "a piece of every page; seen in test_first_day",
    "static": "files",
    **NO_PAGE_ALONE,
    **adoption.NO_PAGES,
    **looking_back.NO_PAGES,
    **meetings.NO_PAGES,
    **money.NO_PAGES,
    **releases.NO_PAGES,
    **training.NO_PAGES,
}
"""Endpoints that answer no page of their own, each with the reason."""


FURTHER = {"stories.index": [{"unfold": ["filters", "columns"]}]}
"""Endpoint -> what further addresses of its page ask: pages that look different then."""


def page_rules(app: Flask) -> Iterator[Rule]:
    """Routes that answer GET with a page; of twins inside and outside a project the one inside."""
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES and not _has_twin(app, rule):
            yield rule


def _has_twin(app: Flask, rule: Rule) -> bool:
    twins = app.url_map.iter_rules(rule.endpoint)
    return "project_key" not in rule.arguments and any("project_key" in twin.arguments for twin in twins)


def addresses(app: Flask, world: World, examples: dict[str, dict[str, Any]]) -> list[str]:
    """The example addresses of these endpoints."""
    wanted = [rule for rule in page_rules(app) if rule.endpoint in examples]
    bound = app.url_map.bind("localhost")
    return sorted(
        bound.build(rule.endpoint, {**_values(rule, world, examples[rule.endpoint]), **asked})
        for rule in wanted
        for asked in ({}, *FURTHER.get(rule.endpoint, ()))
    )


def _values(rule: Rule, world: World, example: dict[str, Any]) -> dict[str, Any]:
    given = {"project_key": KEY} if "project_key" in rule.arguments else {}
    return given | {name: value[1:] if value.startswith("=") else world.ids[value] for name, value in example.items()}
