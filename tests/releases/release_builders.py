"""A wave whose stories carry settings of the CRM, accounts that hold its words, and the release of that wave."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from implementor.configuration.first_use import speeches
from implementor.configuration.models import PicklistValue, StoredPicklist
from implementor.configuration.services.checking import Identity
from implementor.configuration.services.custom_fields import add_field
from implementor.configuration.services.field_wishes import FieldWish
from implementor.configuration.services.words import retire_word
from implementor.crm.accounts.models import Account
from implementor.releases.item_kinds import item_kinds
from implementor.releases.item_models import ConfigItem
from implementor.releases.release_models import ConfigRelease
from implementor.releases.release_planning import plan_of, verdict_of
from implementor.releases.release_return import roll_back
from implementor.releases.release_services import release_wave
from implementor.releases.release_trial import try_out
from implementor.waves.services import close_wave, start_wave
from tests.auth.builders import reading
from tests.crm.builders import Company, company
from tests.waves.builders import START, Rollout, add_story, add_wave, rollout, stories_of, wave_in

INDUSTRY = "account.industry"


@dataclass
class Shop:
    """A rollout beside the company whose CRM it shapes."""

    here: Rollout
    company: Company
    rank: int = 0

    @property
    def app(self) -> Flask:
        return self.here.app

    def word(self, key: str, session: Session | None = None) -> PicklistValue:
        """A stored word of the list of industries."""
        found = select(PicklistValue).join(StoredPicklist, StoredPicklist.id == PicklistValue.picklist_id)
        found = found.where(StoredPicklist.key == INDUSTRY, PicklistValue.key == key)
        if session is not None:
            return session.scalars(found).one()
        with reading(self.app) as own:
            return own.scalars(found).one()

    def words(self) -> list[str]:
        """The keys of the industries in use."""
        with reading(self.app) as session:
            found = select(PicklistValue.key).join(StoredPicklist, StoredPicklist.id == PicklistValue.picklist_id)
            found = found.where(StoredPicklist.key == INDUSTRY, PicklistValue.archived_at.is_(None))
            return list(session.scalars(found.order_by(PicklistValue.rank)))

    def item(self, story_id: int, target: str, after: Mapping[str, Any] | None, **values: Any) -> int:
        """An item of a story about a choice value (or another `kind`); `before` is what is live."""
        kind = values.pop("kind", "choice_value")
        self.rank += 1
        with self.here.working() as session:
            before = item_kinds[kind].live(session, target)
            verb = "add" if before is None else "retire" if after is None else "change"
            item = ConfigItem(
                project_id=self.here.project_id, story_id=story_id, kind=kind, verb=verb, target=target,
                label_en=f"Setting {self.rank}", label_es=f"Ajuste {self.rank}", before=before, after=after,
                rank=f"a{self.rank:04}", **values,
            )  # fmt: skip
            session.add(item)
            session.flush()
            return item.id

    def new_word(self, story_id: int, english: str, spanish: str = "", **values: Any) -> int:
        """An item that adds an industry."""
        return self.item(story_id, str(uuid4()), image(english, spanish), **values)

    def renamed(self, story_id: int, key: str, english: str, spanish: str = "", **values: Any) -> int:
        """An item that renames an industry."""
        with reading(self.app) as session:
            word = self.word(key, session)
            before = item_kinds["choice_value"].live(session, word.uid) or {}
            label = {"en": english, "es": spanish or english}
            target = word.uid
        return self.item(story_id, target, {**before, "label": label}, **values)

    def retired(self, story_id: int, key: str, **values: Any) -> int:
        """An item that retires an industry."""
        return self.item(story_id, self.word(key).uid, None, **values)

    def account(self, name: str, industry: str | None) -> int:
        """An account of that industry."""
        return self.company.add("account", name=name, industry=industry)

    def industry_of(self, account_id: int) -> str | None:
        """What an account holds."""
        account: Account = self.company.stored(Account, account_id)
        return account.industry

    def try_out(self) -> Any:
        """The verdict after a dry run, with everything said to it."""
        with self.here.working() as session:
            wave = wave_in(session, self.here)
            try_out(session, wave, plan_of(session, wave), by=self.here.actor(), at=START)
        return self.verdict()

    def verdict(self) -> Any:
        """How the release stands."""
        with reading(self.app) as session:
            return verdict_of(session, wave_in(session, self.here))

    def start(self) -> None:
        """The wave begins to be built."""
        with self.here.working() as session:
            start_wave(session, wave_in(session, self.here), by=self.here.actor(), at=START)

    def close(self) -> None:
        """The wave goes live, and with it its settings."""
        with self.here.working() as session:
            close_wave(session, wave_in(session, self.here), {}, by=self.here.actor(), at=START)

    def apply(self) -> ConfigRelease | None:
        """Apply without the wave."""
        with self.here.working() as session:
            wave = wave_in(session, self.here)
            return release_wave(session, wave, speeches=speeches(), by=self.here.actor(), at=START)

    def roll_back(self, number: int = 1, **values: Any) -> None:
        """Take a release back."""
        how = {"reason": "Sellers cannot work.", "signed": False, "overwriting": False, **values}
        with self.here.working() as session:
            release = session.scalars(select(ConfigRelease).where(ConfigRelease.number == number)).one()
            roll_back(session, release, wave_in(session, self.here), **how, by=self.here.actor(), at=START)

    def release(self, number: int = 1) -> ConfigRelease:
        """The stored release."""
        with reading(self.app) as session:
            return session.scalars(select(ConfigRelease).where(ConfigRelease.number == number)).one()

    def rename_by_hand(self, key: str, english: str, at: datetime = START + timedelta(hours=1)) -> None:
        """What an administrator changes outside of any wave."""
        with self.company.working("crm_admin", at) as session:
            self.word(key, session).label_en = english

    def field_by_hand(self, key: str) -> None:
        """A field of accounts that an administrator adds outside of any wave."""
        wish = FieldWish("line", label_en="By hand", label_es="A mano")
        with self.company.working("crm_admin") as session:
            add_field(
                session, "account", wish, speeches=speeches(), by=self.company.by("crm_admin"), at=START,
                identity=Identity(key, key),
            )  # fmt: skip

    def retire_by_hand(self, key: str) -> None:
        """What an administrator retires outside of any wave."""
        with self.company.working("crm_admin") as session:
            word = self.word(key, session)
            retire_word(
                session, session.get_one(StoredPicklist, word.picklist_id), word, by=self.company.by("crm_admin"),
                at=START,
            )  # fmt: skip


def image(english: str, spanish: str = "", **values: Any) -> dict[str, Any]:
    """What a new industry shall be."""
    label = {"en": english, "es": spanish or english}
    return {"list": INDUSTRY, "key": "", "label": label, "tone": "neutral", "default": False, "rank": "zz", **values}


def own_field(key: str, english: str, *words: tuple[str, str]) -> dict[str, Any]:
    """What a new field of accounts shall be: a line, or a choice of these words."""
    return {
        "kind": "account", "key": key, "field_kind": "choice" if words else "line", "target": None, "currency": None,
        "words": [list(pair) for pair in words], "rank": "zz", "label": {"en": english, "es": english},
        "hint": {"en": "", "es": ""}, "minimum": None, "maximum": None, "longest": None, "is_filterable": True,
    }  # fmt: skip


def shop(app: Flask, *titles: str, started: bool = True) -> tuple[Shop, list[int]]:
    """A started wave of validated stories with these titles; the ids of the stories."""
    here = rollout(app)
    stories = [
        add_story(here, title, status="validated", so_that="nobody types it twice") for title in titles or ("Sell",)
    ]
    add_wave(here, "Sales core", stories)
    made = Shop(here, company(app))
    if started:
        made.start()
        with here.working() as session:
            for story in stories_of(session, stories):
                story.status = "validated"
    return made, stories
