"""The configuration that is live: lists of words, pipelines and access, as the present piece of work reads them.

Whoever begins work (a request, a job, a command) puts it here once, so that reading it costs no statement; elsewhere it
is what the program ships.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from implementor.foundation.access import Access
from implementor.foundation.choices import Picklist, WayBack, shipped_picklists
from implementor.foundation.permissions import shut_by
from implementor.foundation.pipelines import Pipeline, Stage, StageWay
from implementor.foundation.shapes import PLAIN, Shape, shaped

if TYPE_CHECKING:
    from implementor.foundation.fields import Field


@dataclass(frozen=True)
class LiveConfiguration:
    """One state of the configuration. `number` counts the changes; two states never have one `stamp`.

    `custom` are the fields of one's own of all kinds by their key, withdrawn ones too: records keep their values.
    """

    stamp: str = ""
    number: int = 0
    picklists: Mapping[str, Picklist] = field(default_factory=dict)
    pipelines: tuple[Pipeline, ...] = ()
    access: Access = field(default_factory=Access)
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    custom: Mapping[str, Field] = field(default_factory=dict)
    _fields: dict[str, dict[str, Field]] = field(default_factory=dict, compare=False, repr=False)

    def fields_of(self, kind: str, declared: dict[str, Field]) -> dict[str, Field]:
        """The fields of a kind as they are live, of those that are declared; made once for each state."""
        if kind not in self.shapes and not self.moving and not self.ways and not self.returning:
            return declared
        found = self._fields.get(kind)
        if found is None:
            found = shaped(declared, self.shape(kind))
            for read in readings if self.moving else ():
                found = {name: read(one, self.moving) for name, one in found.items()}
            for read_back in readings_of_returns if self.returning else ():
                found = {name: read_back(one, self.returning.get((kind, name), ())) for name, one in found.items()}
            for read_on_way in readings_of_stages if self.ways else ():
                found = {name: read_on_way(one, self.ways) for name, one in found.items()}
            self._fields[kind] = found
        return found

    @cached_property
    def moving(self) -> Mapping[str, Mapping[str, str]]:
        """List of words -> those of its words that records still hold, and the word that they read as."""
        return {key: one.moving for key, one in self.picklists.items() if one.moving}

    @cached_property
    def ways(self) -> tuple[StageWay, ...]:
        """The open sales that a job moves from stage to stage."""
        return tuple(one.way for pipeline in self.pipelines for one in pipeline.stages if one.way is not None)

    @cached_property
    def returning(self) -> Mapping[tuple[str, str], tuple[WayBack, ...]]:
        """(kind, field) -> the words of which a job brings records back, the latest first as they go back."""
        words = [word for one in self.picklists.values() for word in one.values if word.come_back]
        ways = sorted((way for word in words for way in word.come_back), key=lambda way: -way.operation_id)
        found: dict[tuple[str, str], tuple[WayBack, ...]] = {}
        for way in ways:
            found[way.kind, way.field] = (*found.get((way.kind, way.field), ()), way)
        return found

    @cached_property
    def returning_by_model(self) -> dict[type[Any], Mapping[str, tuple[WayBack, ...]]]:
        """The same by the attributes of records, as far as it was asked for."""
        return {}

    @cached_property
    def moving_by_model(self) -> dict[type[Any], Mapping[str, Mapping[str, str]]]:
        """The same by the attributes of records, as far as it was asked for."""
        return {}

    def shape(self, kind: str) -> Shape:
        """What was made of a kind; a plain shape where nobody did anything."""
        return self.shapes.get(kind, PLAIN)

    @cached_property
    def off(self) -> frozenset[str]:
        """The kinds of record that are switched off: their data stay, and nobody meets them."""
        return frozenset(kind for kind, shape in self.shapes.items() if shape.is_off)

    def is_off(self, kind: str) -> bool:
        """Whether a kind of record is switched off."""
        return kind in self.off

    def picklist(self, key: str) -> Picklist:
        """A list of words as it is stored, else as it is shipped. Raises KeyError for one that nobody declared."""
        return self.picklists.get(key) or shipped_picklists[key]

    @cached_property
    def _pipelines(self) -> Mapping[int | str | None, Pipeline]:
        return {name: one for one in self.pipelines for name in (one.id, one.key)}

    @cached_property
    def _stages(self) -> Mapping[int | None, Stage]:
        return {stage.id: stage for one in self.pipelines for stage in one.stages}

    def pipeline(self, which: int | str | None) -> Pipeline | None:
        """The stored pipeline of that id or key, retired ones too."""
        return self._pipelines.get(which)

    def stage(self, stage_id: int | None) -> Stage | None:
        """The stored stage of that id, retired ones too."""
        return self._stages.get(stage_id)

    @property
    def offered_pipelines(self) -> tuple[Pipeline, ...]:
        """The pipelines that a new sale may go through."""
        return tuple(one for one in self.pipelines if one.is_active)


readings: list[Callable[[Field, Mapping[str, Mapping[str, str]]], Field]] = []
"""How a field reads while words of lists are on their way; `moving.py` fills it in."""
readings_of_returns: list[Callable[[Field, tuple[WayBack, ...]], Field]] = []
"""The same while records are on their way back to words of it; `returning.py` fills it in."""
readings_of_stages: list[Callable[[Field, tuple[StageWay, ...]], Field]] = []
"""The same while open sales are on their way from one stage to another."""
SHIPPED = LiveConfiguration()
_present: ContextVar[LiveConfiguration] = ContextVar("configuration")
shut_by.append(lambda permission: permission.noun in present().off)


def present() -> LiveConfiguration:
    """The configuration for the work at hand; what the program ships where nobody put one."""
    return _present.get(SHIPPED)


def put(configuration: LiveConfiguration) -> None:
    """Work with this configuration from here on, in the present thread or task."""
    _present.set(configuration)


def forget() -> None:
    """Work with what is shipped again: what this thread does next may be for another database."""
    _present.set(SHIPPED)


@contextmanager
def living(configuration: LiveConfiguration) -> Iterator[None]:
    """Work with a configuration for a block."""
    token = _present.set(configuration)
    try:
        yield
    finally:
        _present.reset(token)
