"""Tables of the live configuration, and the one row that tells every process when to read it anew."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import uuid4

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from implementor.foundation.access import ACCESS_ROLES, Reach
from implementor.foundation.choices import TONES
from implementor.foundation.model import Archivable, Model, RankKey, Record, Scaled, table_args
from implementor.foundation.pipelines import FORECASTS, STAGE_KINDS
from implementor.foundation.shapes import Strength, Way
from implementor.foundation.words import Label

SHIPPED, BY_HAND = "shipped", "by_hand"
INDEX_STATES = ("none", "building", "ready")


def _one_of(column: str, values: Any) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(str(value)) for value in values)})", name=f"{column}_known")


class Configured:
    """A row of configuration: an identity that outlives copies of the database, and where its present form is from."""

    uid: Mapped[str] = mapped_column(default=lambda: str(uuid4()), unique=True)
    source: Mapped[str] = mapped_column(default=BY_HAND)
    """`shipped` while it is as the program brought it; then the program may still bring better words for it."""


class Worded:
    """A row that people read the name of, in each language of the program."""

    label_en: Mapped[str]
    label_es: Mapped[str]

    @property
    def label(self) -> Label:
        return Label({"en": self.label_en, "es": self.label_es})


class StoredPicklist(Configured, Worded, Record):
    """A list of words; which word a new record begins with is said here, so that it can only be one."""

    __tablename__ = "picklist"
    __record_kind__: ClassVar[str] = "picklist"
    __table_args__ = table_args(UniqueConstraint("key"))

    key: Mapped[str]
    default_key: Mapped[str | None]


class PicklistValue(Configured, Worded, Archivable, Record):
    """A word of a list; one that is archived is retired: shown on old records, offered to nobody."""

    __tablename__ = "picklist_value"
    __record_kind__: ClassVar[str] = "picklist_value"
    __table_args__ = table_args(UniqueConstraint("picklist_id", "key"), _one_of("tone", TONES))

    picklist_id: Mapped[int] = mapped_column(ForeignKey("picklist.id"))
    key: Mapped[str]
    rank: Mapped[str] = mapped_column(RankKey)
    tone: Mapped[str] = mapped_column(default="neutral")
    moves_to: Mapped[str | None] = mapped_column(info={"history": False})
    """The key of the word that takes its place, while a job moves the records that hold it."""
    come_back: Mapped[dict[str, Any] | None] = mapped_column(info={"history": False})
    """Of which operation of a release, and of which fields, records come back to it, while a job brings them."""


class StoredPipeline(Configured, Worded, Archivable, Record):
    """A way of selling; its currency, where it has one, is the one that its opportunities begin with."""

    __tablename__ = "pipeline"
    __record_kind__: ClassVar[str] = "pipeline"
    __table_args__ = table_args(UniqueConstraint("key"))

    key: Mapped[str]
    rank: Mapped[str] = mapped_column(RankKey)
    currency: Mapped[str | None]


class PipelineStage(Configured, Worded, Archivable, Record):
    """A stage of a pipeline: how likely a sale is here (0 to 100), and what must be known to get here."""

    __tablename__ = "pipeline_stage"
    __record_kind__: ClassVar[str] = "pipeline_stage"
    __table_args__ = table_args(
        UniqueConstraint("pipeline_id", "key"),
        _one_of("kind", STAGE_KINDS),
        _one_of("forecast", FORECASTS),
        CheckConstraint("probability BETWEEN 0 AND 100", name="probability_range"),
        CheckConstraint("kind <> 'won' OR (probability = 100 AND forecast = 'closed')", name="won_is_certain"),
        CheckConstraint("kind <> 'lost' OR (probability = 0 AND forecast = 'omitted')", name="lost_is_certain"),
        CheckConstraint("days_limit IS NULL OR days_limit > 0", name="days_limit_range"),
    )

    pipeline_id: Mapped[int] = mapped_column(ForeignKey("pipeline.id"))
    key: Mapped[str]
    rank: Mapped[str] = mapped_column(RankKey)
    kind: Mapped[str]
    probability: Mapped[int] = mapped_column(Integer)
    forecast: Mapped[str]
    days_limit: Mapped[int | None] = mapped_column(Integer)
    required_fields: Mapped[list[Any]] = mapped_column(default=list)
    way: Mapped[dict[str, Any] | None] = mapped_column(info={"history": False})
    """Where its open sales are on their way to, or come back from, while a job moves them; see `stage_ways`."""


class AccessProfile(Configured, Record):
    """What one role reaches of one kind of record, where administrators changed what the program ships."""

    __tablename__ = "access_profile"
    __record_kind__: ClassVar[str] = "access_profile"
    __table_args__ = table_args(
        UniqueConstraint("kind", "role"),
        _one_of("role", ACCESS_ROLES),
        _one_of("see", Reach),
        _one_of("edit", Reach),
    )

    kind: Mapped[str]
    role: Mapped[str]
    see: Mapped[str]
    edit: Mapped[str]
    hidden: Mapped[list[Any]] = mapped_column(default=list)
    read_only: Mapped[list[Any]] = mapped_column(default=list)


class KindShape(Configured, Record):
    """What was made of one kind of record, where that is not as the program ships it.

    `sections` are the headings of its form and page as `{label_en, label_es, fields}`; the names of a kind are empty
    where it goes by the program's own.
    """

    __tablename__ = "kind_shape"
    __record_kind__: ClassVar[str] = "kind_shape"
    __table_args__ = table_args(UniqueConstraint("kind"))

    kind: Mapped[str]
    singular_en: Mapped[str] = mapped_column(default="")
    singular_es: Mapped[str] = mapped_column(default="")
    plural_en: Mapped[str] = mapped_column(default="")
    plural_es: Mapped[str] = mapped_column(default="")
    sections: Mapped[list[Any]] = mapped_column(default=list)
    left_out: Mapped[list[Any]] = mapped_column(default=list)
    columns: Mapped[list[Any]] = mapped_column(default=list)
    sort: Mapped[str] = mapped_column(default="")
    switched_off_at: Mapped[datetime | None]
    switched_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class FieldLabel(Configured, Worded, Archivable, Record):
    """The company's own words for a field that the program declares; archived, it is called as the program calls it."""

    __tablename__ = "field_label"
    __record_kind__: ClassVar[str] = "field_label"
    __table_args__ = table_args(UniqueConstraint("kind", "field"))

    kind: Mapped[str]
    field: Mapped[str]


class RequiredRule(Configured, Worded, Archivable, Record):
    """A field that must be filled in where conditions hold; archived ones ask nothing."""

    __tablename__ = "required_rule"
    __record_kind__: ClassVar[str] = "required_rule"
    __table_args__ = table_args(_one_of("strength", Strength))

    kind: Mapped[str]
    field: Mapped[str]
    conditions: Mapped[list[Any]] = mapped_column(default=list)
    strength: Mapped[str]
    in_imports: Mapped[bool] = mapped_column(Boolean, default=False)
    rank: Mapped[str] = mapped_column(RankKey)


class AssignmentRule(Configured, Worded, Archivable, Record):
    """Who gets records without an owner where conditions hold; the first rule in order that finds somebody counts."""

    __tablename__ = "assignment_rule"
    __record_kind__: ClassVar[str] = "assignment_rule"
    __table_args__ = table_args(
        _one_of("way", Way),
        CheckConstraint("(way = 'person') = (user_id IS NOT NULL)", name="person_named"),
        CheckConstraint("(way <> 'person') = (team_id IS NOT NULL)", name="team_named"),
    )

    kind: Mapped[str]
    conditions: Mapped[list[Any]] = mapped_column(default=list)
    way: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    rank: Mapped[str] = mapped_column(RankKey)


class AssignmentTurn(Model):
    """Whose turn it was last by a rule that goes round a team; its row is locked by whoever takes the next."""

    __tablename__ = "assignment_turn"

    rule_id: Mapped[int] = mapped_column(ForeignKey("assignment_rule.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime]


class CustomField(Configured, Worded, Archivable, Record):
    """A field of one's own of a kind of record; its values stand in `ext` of the records under `key`.

    One that is archived is withdrawn: nobody meets it, and records keep its values. `target` is the kind of record that
    a link points at, `currency` the one that all amounts are in. `index_state` says how far the index of a filterable
    field is; without it answers are the same, only later.
    """

    __tablename__ = "custom_field"
    __record_kind__: ClassVar[str] = "custom_field"
    __table_args__ = table_args(
        UniqueConstraint("key"),
        _one_of("index_state", INDEX_STATES),
        CheckConstraint("(field_kind = 'money') = (currency IS NOT NULL)", name="money_has_currency"),
        CheckConstraint("(field_kind = 'reference') = (target IS NOT NULL)", name="link_has_target"),
    )

    kind: Mapped[str]
    key: Mapped[str]
    field_kind: Mapped[str]
    hint_en: Mapped[str] = mapped_column(default="")
    hint_es: Mapped[str] = mapped_column(default="")
    picklist_id: Mapped[int | None] = mapped_column(ForeignKey("picklist.id"))
    target: Mapped[str | None]
    currency: Mapped[str | None]
    minimum: Mapped[Decimal | None] = mapped_column(Scaled(4))
    maximum: Mapped[Decimal | None] = mapped_column(Scaled(4))
    longest: Mapped[int | None] = mapped_column(Integer)
    is_filterable: Mapped[bool] = mapped_column(Boolean, default=True)
    index_state: Mapped[str] = mapped_column(default="none", info={"history": False})
    rank: Mapped[str] = mapped_column(RankKey)

    @property
    def hint(self) -> Label | None:
        """What helps to fill it in, if anything."""
        return Label({"en": self.hint_en, "es": self.hint_es}) if self.hint_en or self.hint_es else None


class ConfigurationVersion(Model):
    """The one row (id 1) that every change of configuration writes anew; requests bring `stamp` along when they begin.

    `stamp` is by chance, not the number: a restored backup must not be taken for what was there before.
    """

    __tablename__ = "configuration_version"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    stamp: Mapped[str]
    shipped: Mapped[str]
    """Digest of what the program shipped when its words and pipelines were last brought in; empty before."""
    at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action.id"))
    """The action that made it so, which says why; None for what the program brought in."""
