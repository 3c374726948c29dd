"""Words of fields of one's own move like others: with a save, in the job, and back."""

from typing import Any

from flask import Flask
from sqlalchemy import func, select

from implementor.configuration.first_use import speeches
from implementor.configuration.models import PicklistValue, StoredPicklist
from implementor.configuration.services.field_wishes import WordWish
from implementor.crm.accounts.models import Account
from implementor.foundation.fields import entities
from implementor.releases.move_models import ReleaseMove
from implementor.releases.release_services import release_wave
from implementor.releases.row_moving import next_batch
from tests.auth.builders import reading, working
from tests.crm.own_fields import add_own_field
from tests.releases.release_builders import Shop, shop
from tests.waves.builders import START, wave_in

WORDS = [WordWish("Low", "Bajo"), WordWish("High", "Alto"), WordWish("Top", "Tope")]


def held(made: Shop, key: str) -> list[str]:
    """What accounts hold in a field of one's own, whatever it reads as."""
    with reading(made.app) as session:
        ext = select(Account.__table__.c.ext).order_by(Account.__table__.c.id)
        return [one.get(key, "") for one in session.scalars(ext)]


def answered(made: Shop, key: str) -> list[Any]:
    """How many accounts a filter of each word finds, and what loaded ones say."""
    with reading(made.app) as session:
        column = entities["account"].fields[key].column
        counted = select(func.count()).select_from(Account)
        found = [session.scalar(counted.where(column == word)) for word in ("low", "high", "top")]
        return [*found, [getattr(one, key) for one in session.scalars(select(Account).order_by(Account.id))]]


def go_on(made: Shop, limit: int = 2) -> bool:
    """A step of the job; whether there was one."""
    with working(made.app, made.here.actor()) as session:
        move_id = session.scalars(select(ReleaseMove.id)).one()
        return next_batch(session, move_id, by=made.here.actor(), at=START, limit=limit) is not None


def test_words_of_ones_own_move_with_a_save_in_the_job_and_back(app: Flask) -> None:
    made, (story,) = shop(app)
    key = add_own_field(made.company, "account", "choice", words=WORDS)
    values: list[Any] = [{"name": f"A{at}", key: ("low", "high")[at % 2]} for at in range(8)]
    ids = [made.company.add("account", **one) for one in values]
    with reading(app) as session:
        found = select(PicklistValue.key, PicklistValue.uid).join(
            StoredPicklist, StoredPicklist.id == PicklistValue.picklist_id
        )
        uids = dict(session.execute(found.where(StoredPicklist.key == f"field.{key}")).all())
    made.item(story, uids["low"], None, answers={"held": uids["top"]})
    with made.here.working() as session:
        release_wave(session, wave_in(session, made.here), speeches=speeches(), by=made.here.actor(), at=START, most=2)
    made.company.change("account", ids[6], city="Vigo")
    assert held(made, key) == ["low", "high"] * 3 + ["top", "high"]
    assert answered(made, key) == [0, 4, 4, ["top", "high"] * 4]
    while go_on(made):
        pass
    assert held(made, key) == ["top", "high"] * 4
    made.roll_back()
    while True:
        assert answered(made, key) == [4, 4, 0, ["low", "high"] * 4]
        if not go_on(made):
            break
    assert held(made, key) == ["low", "high"] * 4
