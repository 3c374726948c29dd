"""The databases that are measured: made, migrated and filled through the application, removed afterwards."""

import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from bench.committee import add_committee
from bench.looking_back import add_table
from bench.money import add_money
from bench.own_fields import add_points, build_index
from bench.portfolio import FIRST, add_portfolio
from bench.programs import ROOT, settings_for
from bench.use import add_use
from implementor.auth.services import areas, people
from implementor.committees.models import Committee
from implementor.configuration.first_use import bring_in_shipped
from implementor.configuration.snapshots import now_live
from implementor.crm.accounts.models import Account
from implementor.crm.contacts.models import Contact
from implementor.demo.bulk import add_bulk_project
from implementor.demo.bulk_crm import Amounts, add_bulk_customers
from implementor.demo.bulk_crm_rows import Stamps
from implementor.factory import create_app
from implementor.foundation.live import living
from implementor.foundation.permissions import SYSTEM, Actor, Role
from implementor.history.services import noting
from implementor.metrics.models import Measurement
from implementor.projects.models import Project
from implementor.settings import load_settings
from implementor.stories.models import Story
from implementor.waves.models import Wave, WaveStory
from implementor.web.database import db, writing_session
from implementor.web.migrate import upgrade_database
from tests.machinery import postgres

KEY = "BEN"
EMAIL, PASSWORD = "lead@bench.example", "velvet anchor mosaic thirty"  # nobody's secret
DIFFERENT = 150
"""Records asked in turn, so that no answer can be a memory of the one before."""
SIZES = {"small": 1_000, "large": 100_000}
CUSTOMERS = {"small": Amounts(1_000, 1_000, 1_000, 1_000, 1_000), "large": Amounts.around(1_000_000)}
CONTACTS_OF_ONE = 5_000
"""One seller for so many contacts, so that a day's work is as long on the large data."""
KINDS = ("sqlite", "postgresql")
AS_INSTALLED = {
    "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "wal_level": "replica", "autovacuum": "on",
    "shared_buffers": "256MB",
}  # fmt: skip
"""Tests give durability away for speed; what is measured must keep what it confirmed."""


@dataclass(frozen=True)
class Stock:
    """A filled database and what the cases need to know of it."""

    kind: str
    size: str
    url: str
    folder: Path
    app: Flask
    cards: tuple[int, ...]
    """Ids of the stories on the board of wave 1."""
    stories: int
    stories_per_second: float
    accounts: Sequence[int] = ()
    contacts: Sequence[int] = ()
    """Ids of some of them; none where the CRM was left out."""
    key: str = KEY
    email: str = EMAIL
    password: str = PASSWORD
    committee: str = ""
    """The address of a committee."""
    metric: str = ""
    """The address of the metric that was measured most often."""
    team: int = 0
    """The id of a team with facts of use."""
    roadmap: str = "/portfolio/roadmap"
    """The roadmap of the programme with the first of the projects beside the measured one, or of everything."""
    table: str = ""
    """The address at which the browsers of a retrospective ask for news, and find none."""


@contextmanager
def filled(kind: str, size: str, *, with_crm: bool = False, with_use: bool = False) -> Iterator[Stock]:
    """A database of this kind with a project of so many stories, while the block lasts.

    With customers, and with people whose use is known, if asked.
    """
    (ROOT / "var").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "var"))
    try:
        if kind == "sqlite":
            yield fill(kind, size, f"sqlite:///{(folder / 'bench.sqlite3').as_posix()}", folder, with_crm, with_use)
            return
        postgres.SERVER_OPTIONS.update(AS_INSTALLED)
        server = postgres.TemporaryPostgres()
        try:
            yield fill(kind, size, server.url, folder, with_crm, with_use)
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def fill(kind: str, size: str, url: str, folder: Path, with_crm: bool, with_use: bool = False) -> Stock:
    """Migrate and fill an empty database."""
    logging.getLogger("implementor").setLevel(logging.WARNING)
    upgrade_database(url, "head")
    app = create_app(load_settings(settings_for(url, folder)))
    logging.getLogger("implementor").setLevel(logging.WARNING)
    began = datetime.now(UTC)
    with writing_session(app) as session, noting(session, by=SYSTEM, at=began):
        actors = {name: _add_person(session, name, began) for name in ("lead", *(f"member{n}" for n in range(6)))}
        names = [areas.add_area(session, name=f"Area {n}", by=SYSTEM, at=began).id for n in range(6)]
        add_bulk_project(session, KEY, SIZES[size], actors=actors, area_ids=names, at=began)
        took = (datetime.now(UTC) - began).total_seconds()
        add_committee(session, KEY, actors, began)
        add_portfolio(session, KEY, actors, began)
        add_money(session, KEY, actors, began)
        table = add_table(session, app, KEY, actors, began)
        if with_crm:
            _add_customers(session, CUSTOMERS[size], actors, names, began)
        team = add_use(session, actors["lead"].user_id, began) if with_use else 0
        session.commit()
        stock = _stock_of(session, kind, size, url, folder, app)
    build_index(app)
    if kind == "postgresql":
        # what autovacuum does on a server that was not filled a second ago
        with app.app_context(), db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    with app.app_context():
        db.engine.dispose()
    return replace(stock, stories_per_second=SIZES[size] / took, team=team, table=table)


def opened(data: str, email: str, password: str, *, with_own_field: bool = False) -> Stock:
    """What `seed --size large` filled, a folder with a SQLite database or the address of a PostgreSQL one.

    It is measured as this person; the changes measured stay in it, and so does the field of one's own where asked for.
    """
    kind = "postgresql" if data.startswith("postgresql") else "sqlite"
    folder = Path(data) if kind == "sqlite" else ROOT / "var"
    url = data if kind == "postgresql" else f"sqlite:///{(folder / 'implementor.sqlite3').as_posix()}"
    app = create_app(load_settings(settings_for(url, folder)))
    logging.getLogger("implementor").setLevel(logging.WARNING)
    if with_own_field:
        _add_own_field(app)
    with app.app_context(), Session(db.engine) as session:
        stock = _stock_of(session, kind, "large", url, folder, app)
    with app.app_context():
        db.engine.dispose()
    return replace(stock, email=email, password=password)


def _add_own_field(app: Flask) -> None:
    at = datetime.now(UTC)
    with writing_session(app) as session, noting(session, by=SYSTEM, at=at):
        with living(now_live(session)):
            add_points(session, at)
        session.commit()
    build_index(app)


def _stock_of(session: Session, kind: str, size: str, url: str, folder: Path, app: Flask) -> Stock:
    """What the cases need to know of the largest project and the youngest customers."""
    largest = session.execute(
        select(Project.id, Project.key, func.count().label("stories")).join(Story, Story.project_id == Project.id)
        .group_by(Project.id, Project.key).order_by(func.count().desc()).limit(1)
    ).one()  # fmt: skip
    cards = session.scalars(
        select(Story.id).join(WaveStory, WaveStory.story_id == Story.id).join(Wave, Wave.id == WaveStory.wave_id)
        .where(Wave.number == 1, Story.project_id == largest.id).order_by(Story.rank)
    ).all()  # fmt: skip
    committee = session.execute(
        select(Committee.id, Project.key).join(Project, Project.id == Committee.project_id).order_by(Committee.id)
    ).first()
    metric = session.execute(
        select(Measurement.metric_id, Project.key)
        .join(Project, Project.id == Measurement.project_id)
        .group_by(Measurement.metric_id, Project.key)
        .order_by(func.count().desc(), Measurement.metric_id)
        .limit(1)
    ).first()
    programme = session.scalar(select(Project.programme_id).where(Project.key == FIRST))
    return Stock(
        kind, size, url, folder, app, tuple(cards), largest.stories, 0,
        session.scalars(select(Account.id).order_by(Account.id.desc()).limit(DIFFERENT)).all(),
        session.scalars(select(Contact.id).order_by(Contact.id.desc()).limit(DIFFERENT)).all(), largest.key,
        committee=f"/projects/{committee.key}/committees/{committee.id}" if committee is not None else "",
        metric=f"/projects/{metric.key}/metrics/{metric.metric_id}" if metric is not None else "",
        roadmap=f"/portfolio/roadmap?programme={programme}" if programme is not None else "/portfolio/roadmap",
    )  # fmt: skip


def _add_customers(
    session: Session, amounts: Amounts, actors: Mapping[str, Actor], area_ids: Sequence[int], at: datetime
) -> None:
    """The CRM, shared out among the people of the project and as many more as it takes."""
    owners = [actor.user_id or 0 for actor in actors.values()]
    for number in range(amounts.contacts // CONTACTS_OF_ONE):
        person = people.add_user(
            session, name=f"Seller {number}", email=f"seller{number}@bench.example", by=SYSTEM, at=at
        )  # fmt: skip
        owners.append(person.id)
    bring_in_shipped(session, at=at)
    with living(now_live(session)):
        add_bulk_customers(session, amounts, Stamps(at, owners, area_ids))
        add_points(session, at)


def _add_person(session: object, name: str, at: datetime) -> Actor:
    user = people.add_user(
        session,  # type: ignore[arg-type]  # the writing session
        name=f"{name.title()} Bench", email=f"{name}@bench.example", password=PASSWORD, by=SYSTEM, at=at,
        roles=(Role.CRM_ADMIN,),
    )  # fmt: skip
    return Actor(user.id, user.name, user.email, frozenset({Role.ANYONE, Role.SIGNED_IN}))
