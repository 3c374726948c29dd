"""What an import notices of its rows besides their outcomes, counted while it reads and told when it is through."""

from __future__ import annotations

from dataclasses import dataclass

from implementor.foundation.words import Phrase, say_n


@dataclass
class Noticed:
    """Counts of rows, links and cells.

    `loops` are links that would have closed a circle, `put_away` rows that mean archived records, `resembling` new rows
    that look like somebody, `called_otherwise` new rows with somebody else's mail address, `unlinked` links that lead
    to nothing, `emptied` cells that could not be read and were left out, `doubled` rows with a number that another
    record bears.
    """

    loops: int = 0
    put_away: int = 0
    resembling: int = 0
    called_otherwise: int = 0
    unlinked: int = 0
    emptied: int = 0
    doubled: int = 0

    def phrases(self) -> list[Phrase]:
        """What is worth telling, in one order."""
        return [phrase for count, phrase in (*self._of_records(), *self._of_cells()) if count]

    def _of_records(self) -> list[tuple[int, Phrase]]:
        return [
            (self.doubled, say_n(
                "%(count)s row has a number that another record bears, and was taken all the same.",
                "%(count)s rows have numbers that other records bear, and were taken all the same.", self.doubled,
            )),
            (self.put_away, say_n(
                "%(count)s row means an archived record and was left alone.",
                "%(count)s rows mean archived records and were left alone.", self.put_away,
            )),
            (self.resembling, say_n(
                "%(count)s new row looks like a record that is here already. Look under Duplicates afterwards.",
                "%(count)s new rows look like records that are here already. Look under Duplicates afterwards.",
                self.resembling,
            )),
            (self.called_otherwise, say_n(
                "%(count)s new row has the mail address of somebody with another name and becomes a record of its own.",
                "%(count)s new rows have mail addresses of people with other names and become records of their own.",
                self.called_otherwise,
            )),
        ]  # fmt: skip

    def _of_cells(self) -> list[tuple[int, Phrase]]:
        return [
            (self.loops, say_n(
                "%(count)s link would have made a circle and was left out.",
                "%(count)s links would have made a circle and were left out.", self.loops,
            )),
            (self.unlinked, say_n(
                "%(count)s link leads to nothing here and was left out.",
                "%(count)s links lead to nothing here and were left out.", self.unlinked,
            )),
            (self.emptied, say_n(
                "%(count)s cell could not be read and was left empty.",
                "%(count)s cells could not be read and were left empty.", self.emptied,
            )),
        ]  # fmt: skip
