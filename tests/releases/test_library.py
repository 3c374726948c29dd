"""The library of starting stories: whole, in both languages, taken once, and working on a fresh installation."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from implementor.configuration.first_use import bring_in_shipped
from implementor.configuration.snapshots import load
from implementor.foundation.live import living
from implementor.foundation.permissions import SYSTEM, Role
from implementor.history.models import Action
from implementor.history.services import undo_action
from implementor.metrics.standard import standard_metrics
from implementor.projects.models import Project
from implementor.releases.item_kinds import item_kinds
from implementor.releases.item_models import ConfigItem
from implementor.releases.library_data import processes
from implementor.stories.models import Criterion, Story, Task
from tests.auth.builders import reading, working
from tests.calendars.builders import make_calendar
from tests.projects.builders import NOW, browser_of, pmo
from tests.stories.builders import Backlog, backlog


@pytest.fixture
def here(app: Flask) -> Backlog:
    """A fresh installation with a project that has no stories."""
    with working(app) as session:
        bring_in_shipped(session, at=NOW)
        make_calendar(session)
    return backlog(app)


def test_nothing_of_the_library_hangs_in_the_air(app: Flask) -> None:
    for process in processes():
        stories = {story.key: story for story in process.stories}
        asked = [key for _requirement, keys in process.requirements for key in keys]
        assert all(keys for _requirement, keys in process.requirements), "a requirement without story"
        assert set(asked) == set(stories), "a story that no requirement asks for, or the other way round"
        for story in stories.values():
            assert story.metric in standard_metrics, f"{story.key} is judged by nothing"
            assert story.items, f"{story.key} carries no setting"
            assert story.criteria
            assert story.topics
            assert all(item.kind in item_kinds for item in story.items)
            for label in (story.title, story.as_a, story.i_want, story.so_that, *story.criteria, *story.topics):
                assert all(label.texts.get(language) for language in ("en", "es"))


def test_all_of_it_is_taken_once_and_each_setting_applies(here: Backlog) -> None:
    browser, every = here.browser(), [process.key for process in processes()]
    for _time in range(2):
        browser.get(here.url("/starting-stories"))
        browser.post(here.url("/starting-stories"), {"processes": every})
    stories = [story for process in processes() for story in process.stories]
    with reading(here.app) as session:
        assert len(session.scalars(select(Story.id)).all()) == len(stories)
        assert len(session.scalars(select(ConfigItem.id)).all()) == sum(len(story.items) for story in stories)
        assert len(session.scalars(select(Task.id)).all()) == sum(len(story.topics) for story in stories)
        bound = session.scalars(select(Criterion.metric_id).where(Criterion.phase == "value")).all()
        assert len(bound) == len(stories)
        assert all(bound)
    with working(here.app) as session:
        for item in session.scalars(select(ConfigItem).order_by(ConfigItem.id)).all():
            with living(load(session)):
                item_kinds[item.kind].apply(session, item.operation, by=SYSTEM, at=NOW)
            assert item_kinds[item.kind].live(session, item.target) == item.after


def test_viewers_only_look_and_choosing_nothing_says_so(here: Backlog) -> None:
    page = here.browser().get(here.url("/starting-stories"))
    assert "Choose at least one process." in page.form("#library").submit(status=422).text
    viewer = here.browser(Role.VIEWER)
    assert not viewer.get(here.url("/starting-stories")).all("input[type=checkbox]")
    viewer.post(here.url("/starting-stories"), {"processes": ["lead_to_opportunity"]}, status=403)


def test_a_new_project_begins_with_what_was_ticked_and_is_taken_back_with_it(here: Backlog) -> None:
    first, second = processes()[:2]
    boss = pmo(here.app)
    office = browser_of(here.app, boss)
    about = {"name": "Norte", "key": "NOR", "programme_name": "CRM 2027"}
    page = office.get("/projects/new").form("wizard").submit(about)
    page = page.form("wizard").submit(starts_on="2027-01-11", ends_on="2027-12-17", country="VE")
    page = page.form("wizard").submit(button="Next: First stories")
    page = page.form("wizard").submit(stories=[first.key, second.key])
    page = page.form("wizard").submit(button="Back")
    page = page.form("wizard").submit(stories=[first.key])
    assert str(first.name) in page.text
    assert str(second.name) not in page.text
    page.form("wizard").submit(button="Create project")
    with reading(here.app) as session:
        project = session.scalars(select(Project).where(Project.key == "NOR")).one()
        keys = set(session.scalars(select(Story.external_key).where(Story.project_id == project.id)))
        assert keys == {f"{first.key}/{story.key}" for story in first.stories}
        items = select(func.count()).select_from(ConfigItem).where(ConfigItem.project_id == project.id)
        assert session.scalar(items) == sum(len(story.items) for story in first.stories)
        action = session.scalars(select(Action).order_by(Action.id.desc()).limit(1)).one()
        assert action.verb == "project.create"
    with working(here.app) as session:
        undo_action(session, session.get_one(Action, action.id), by=boss.actor.with_roles([Role.PMO]), at=NOW)
    with reading(here.app) as session:
        left = (
            select(func.count()).select_from(Story).where(Story.project_id == project.id, Story.archived_at.is_(None))
        )
        assert session.scalar(left) == 0
