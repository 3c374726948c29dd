"""Commenting, naming people and attaching, as people of a project, strangers and passers-by do it."""

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from implementor.comments.events import Mentioned
from implementor.comments.models import Attachment, Comment, Mention
from implementor.comments.services import Origin, attach_files
from implementor.comments.sweeping import file_store
from implementor.foundation.errors import InvalidInput
from implementor.foundation.events import listens_to
from implementor.foundation.permissions import Role
from implementor.foundation.records import RecordRef
from tests.auth.builders import add_person, reading, working
from tests.comments.builders import NOW, PNG, add_story, comment_on, upload
from tests.machinery.pages import Browser
from tests.machinery.statements import counting
from tests.projects.builders import add_project, browser_of

told: list[Mentioned] = []


@listens_to(Mentioned)
def _keep(_session: Session, event: Mentioned) -> None:
    told.append(event)


class World:
    """A project with Ana who leads, Ben who works in it and Vera who watches; Sam is of another project."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.ana, self.ben = add_person(app, "Ana Ruiz"), add_person(app, "Ben Ito")
        self.vera, self.sam = add_person(app, "Vera Low"), add_person(app, "Sam Odd")
        people = [(Role.PROJECT_LEAD, self.ana), (Role.MEMBER, self.ben), (Role.VIEWER, self.vera)]
        self.project_id = add_project(app, "VEN", people=people)
        add_project(app, "OTH", people=[(Role.PROJECT_LEAD, self.sam)])
        self.story = add_story(app, self.project_id)
        self.page = f"/projects/VEN/stories/{self.story.number}"
        self.talk = f"/projects/VEN/comments/about/story/{self.story.id}"
        self.files = f"/projects/VEN/attachments/about/story/{self.story.id}"

    def at(self, person: Any, url: str | None = None) -> Browser:
        """A browser of this person, at the story's page or elsewhere."""
        browser = browser_of(self.app, person)
        browser.get(url or self.talk)
        return browser

    def count(self, model: type[Any]) -> int:
        """Rows of a table."""
        with reading(self.app) as session:
            return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def world(app: Flask) -> World:
    told.clear()
    return World(app)


def test_a_comment_is_written_on_the_storys_page_and_names_its_people(world: World) -> None:
    browser = world.at(world.ben, world.page)
    assert browser.page is not None
    page = browser.page.form(world.talk).submit(body="Ask @Ana Ruiz and @Sam Odd about **this**.")
    assert page.url == world.page
    assert page.texts("#comments .timeline-body strong") == ["@Ana Ruiz", "this"]
    assert "Your comment is on Approve quotes." in page.text
    assert [(event.user_id, event.about) for event in told] == [(world.ana.id, RecordRef("story", world.story.id))]


def test_hostile_text_stays_text(world: World) -> None:
    browser = world.at(world.ben)
    text = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=y>"
    page = browser.post(world.talk, {"body": text})
    assert "<script>alert" not in page.html
    assert "javascript:" not in page.html
    assert "onerror" not in page.html


def test_an_empty_or_endless_comment_is_shown_again(world: World) -> None:
    browser = world.at(world.ben)
    assert browser.page is not None
    page = browser.page.form(world.talk).submit(body="  ", status=422)
    assert page.form(world.talk).errors == {
        "body": "Markdown works. Name people of the project with @ to tell them. Write something first."
    }
    page = page.form(world.talk).submit(body="x" * 20_001, status=422)
    assert page.form(world.talk).value("body") == "x" * 20_001
    assert world.count(Comment) == 0


def test_pressing_twice_says_it_once(world: World) -> None:
    browser = world.at(world.ben)
    assert browser.page is not None
    form = browser.page.form(world.talk)
    form.submit(body="Once.")
    form.submit(body="Once.")
    assert world.count(Comment) == 1


def test_the_author_changes_a_comment_and_new_names_are_told(world: World) -> None:
    comment_id = comment_on(world.app, world.story, "Hello @Ana Ruiz", world.ben)
    told.clear()
    page = world.at(world.ben).get(f"/projects/VEN/comments/{comment_id}/edit")
    page = page.form("main form").submit(body="Hello @Ana Ruiz and @Vera Low")
    assert "and @Vera Low" in page.text
    assert "changed" in page.text
    assert [event.user_id for event in told] == [world.vera.id]
    assert world.count(Mention) == 2


def test_others_may_not_change_it_and_only_the_lead_may_remove_it(world: World) -> None:
    comment_id = comment_on(world.app, world.story, "Mine.", world.ben)
    lead = world.at(world.ana)
    lead.get(f"/projects/VEN/comments/{comment_id}/edit", status=403)
    lead.post(f"/projects/VEN/comments/{comment_id}", {"body": "Yours."}, status=403)
    world.at(world.vera).post(f"/projects/VEN/comments/{comment_id}/archive", status=403)
    page = lead.post(f"/projects/VEN/comments/{comment_id}/archive")
    assert "Mine." not in page.text
    page = page.form(".toast form").submit()
    assert "Mine." in lead.get(world.talk).text


def test_the_projects_history_names_the_story_of_a_comment(world: World) -> None:
    comment_on(world.app, world.story, "Mine.", world.ben)
    page = world.at(world.vera).get("/projects/VEN/history?kind=comment")
    assert world.story.title in page.find(".timeline").text_content()
    assert f"/projects/VEN/stories/{world.story.number}" in [link.get("href") for link in page.all(".timeline a")]


def test_a_viewer_reads_and_has_no_form(world: World) -> None:
    comment_on(world.app, world.story, "Read me.", world.ben)
    browser = world.at(world.vera)
    assert browser.page is not None
    assert "Read me." in browser.page.text
    assert browser.page.all("main form[method=post]") == []
    browser.post(world.talk, {"body": "No."}, status=403)


def test_strangers_find_nothing_by_any_address(world: World) -> None:
    comment_id = comment_on(world.app, world.story, "canary", world.ben)
    ben = world.at(world.ben)
    ben.open("POST", world.files, 200, None, {}, data={"csrf_token": ben.token(), "files": upload("plan.png")})
    with reading(world.app) as session:
        file_id = session.scalar(select(Attachment.id))
    sam = world.at(world.sam, "/projects/OTH/")
    story = f"story/{world.story.id}"
    for place in ("", "/projects/VEN", "/projects/OTH"):
        for url in (f"comments/about/{story}", f"comments/{comment_id}/edit", f"attachments/{file_id}"):
            page = sam.get(f"{place}/{url}", status=None)
            assert page.status in (403, 404)
            assert "canary" not in page.text
        for url in (
            f"comments/about/{story}",
            f"attachments/about/{story}",
            f"comments/{comment_id}/archive",
            f"attachments/{file_id}/archive",
        ):
            assert sam.post(f"{place}/{url}", {"body": "x"}, status=None).status in (403, 404)
    assert (world.count(Comment), world.count(Attachment)) == (1, 1)


@pytest.mark.parametrize("kind", ["nothing", "user", "story' OR 1=1 --"])
def test_a_kind_that_is_none_is_not_found(world: World, kind: str) -> None:
    world.at(world.ben).get(f"/projects/VEN/comments/about/{kind}/1", status=404)


def test_a_number_beyond_all_keys_is_not_found(world: World) -> None:
    browser = world.at(world.ben)
    browser.get("/projects/VEN/comments/about/story/100000000000000000000", status=404)
    browser.get("/projects/VEN/attachments/100000000000000000000", status=404)


def test_files_are_attached_downloaded_and_removed(world: World) -> None:
    browser = world.at(world.ben, world.page)
    files = [upload("año 2026.png"), upload("list.csv", b"a;b")]
    page = browser.post(world.files, {"files": files})
    assert page.url == world.page
    assert page.texts(".attachment a") == ["año 2026.png", "list.csv"]
    assert "2 files are attached to Approve quotes." in page.text
    answer = browser.client.get(page.links["año 2026.png"])
    assert answer.data == PNG
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "filename*=UTF-8''a%C3%B1o%202026.png" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    answer.close()
    assert answer.headers["Cache-Control"] == "private, no-cache"
    page = page.form("Remove list.csv").submit()
    assert page.texts(".attachment a") == ["año 2026.png"]
    page = page.form(".toast form").submit()
    assert len(browser.get(world.talk).all(".attachment")) == 2


def test_a_refused_file_keeps_neither_rows_nor_bytes(world: World) -> None:
    browser = world.at(world.ben)
    with world.app.app_context():
        folder = file_store().folder
    before = sorted(folder.rglob("*")) if folder.exists() else []
    page = browser.post(world.files, {"files": [upload("a.png"), upload("b.svg", b"<svg/>")]}, status=422)
    assert "b.svg is of a kind that is not taken" in page.text
    page = browser.post(world.files, {"files": (io.BytesIO(b""), "")}, status=422)
    assert "Choose from 1 to 20 files." in page.text
    assert world.count(Attachment) == 0
    assert [path for path in sorted(folder.rglob("*")) if path.is_file() and path not in before] == []


def test_a_full_project_takes_no_more(world: World) -> None:
    with world.app.app_context():
        stored = [file_store().put("a.png", io.BytesIO(PNG))]
    with working(world.app, world.ben.actor) as session, pytest.raises(InvalidInput, match="no room"):
        attach_files(
            session,
            about=RecordRef("story", world.story.id),
            project_id=world.project_id,
            files=stored,
            by=world.ben.actor,
            at=NOW,
            quota=len(PNG) - 1,
        )
    assert world.count(Attachment) == 0


def test_a_file_that_vanished_from_the_disk_is_explained(world: World) -> None:
    browser = world.at(world.ben)
    page = browser.post(world.files, {"files": upload("plan.png")})
    with reading(world.app) as session, world.app.app_context():
        file_store().remove(session.scalar(select(Attachment.storage_key)) or "")
    assert "plan.png is not in the store" in browser.get(page.links["plan.png"], status=409).text


def test_an_imported_comment_keeps_its_author_and_moment(world: World) -> None:
    origin = Origin("jira", "10042", NOW.replace(year=2024), author_text="Carla of Jira")
    comment_on(world.app, world.story, "From elsewhere, @Ana Ruiz", world.ben, origin)
    page = world.at(world.vera).get(world.talk)
    assert "Carla of Jira" in page.text
    assert "2024" in page.text
    assert told == []


def test_long_talks_come_in_pages(world: World) -> None:
    for number in range(52):
        comment_on(world.app, world.story, f"word{number:02}", world.ben)
    page = world.at(world.vera).get(world.talk)
    assert "word51" in page.text
    assert "word01" not in page.text
    earlier = page.follow("Earlier comments")
    assert [text for text in ("word01", "word02") if text in earlier.text] == ["word01"]


def test_a_page_costs_the_same_for_one_comment_and_forty(world: World) -> None:
    def statements() -> int:
        browser = world.at(world.ben)
        with counting() as seen:
            browser.get(world.talk)
        return len(seen)

    comment_on(world.app, world.story, "@Ana Ruiz", world.ben)
    few = statements()
    for _ in range(39):
        comment_on(world.app, world.story, "@Ana Ruiz and @Vera Low", world.ben)
    assert statements() == few


def test_people_are_offered_by_the_beginning_of_a_name(world: World) -> None:
    browser = world.at(world.vera)
    answer = browser.client.get("/projects/VEN/people/options?q=RU")
    assert answer.json == {"people": [{"id": world.ana.id, "name": "Ana Ruiz"}]}
    everybody = browser.client.get("/projects/VEN/people/options").json or {}
    assert len(everybody["people"]) == 3
    assert browser.client.get("/projects/VEN/people/options?q=%25").json == {"people": []}
    assert world.at(world.sam, "/projects/OTH/").client.get("/projects/VEN/people/options?q=a").status_code == 404


def test_the_preview_shows_what_will_be_stored(world: World) -> None:
    browser = world.at(world.ben)
    page = browser.post("/markdown/preview", {"text": "**bold** <script>x</script>"})
    assert page.html.strip() == "<p><strong>bold</strong> </p>"


def test_the_timeline_tells_of_comments_and_files(world: World) -> None:
    comment_on(world.app, world.story, "Said so.", world.ben)
    browser = world.at(world.ben)
    page = browser.post(world.files, {"files": upload("plan.png")}).follow("Show the history")
    assert "Ben Ito commented." in page.texts("#timeline")[0]
    assert "Ben Ito attached plan.png." in page.texts("#timeline")[0]
