"""Real people and companies with the truth about who is the same, and how near a finder comes to it."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

from implementor.duplicates.blocking import blocks_of, pairs_of_block
from implementor.duplicates.portraits import Portrait, portrait_of
from implementor.duplicates.scoring import groups_of, score_of
from implementor.duplicates.weights import POSSIBLE
from tests.exchange.real_data import real

Pairs = set[tuple[int, int]]


def rows_of(name: str) -> list[dict[str, str]]:
    """Rows of a real file, by the names of its columns."""
    with real(name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, skipinitialspace=True))


def people_of_febrl(name: str) -> tuple[list[Portrait], Pairs]:
    """Portraits of a file of febrl, and which places of the list are one person."""
    rows = rows_of(f"febrl/{name}")
    portraits = [
        portrait_of(
            [
                ("name", f"{row['given_name']} {row['surname']}"),
                ("born", row["date_of_birth"]),
                ("tax_id", row["soc_sec_id"]),
                ("postcode", row["postcode"]),
                ("street", f"{row['street_number']} {row['address_1']}"),
                ("city", row["suburb"]),
            ]
        )
        for row in rows
    ]
    return portraits, same_group([row["rec_id"].split("-")[1] for row in rows])


def people_of_fake_1000() -> tuple[list[Portrait], Pairs]:
    """The thousand invented people of splink, with the clusters they were made from."""
    rows = rows_of("people-dedupe/fake_1000.csv")
    portraits = [
        portrait_of(
            [
                ("name", f"{row['first_name']} {row['surname']}"),
                ("born", row["dob"]),
                ("city", row["city"]),
                ("email", row["email"]),
            ]
        )
        for row in rows
    ]
    return portraits, same_group([row["cluster"] for row in rows])


def restaurants() -> tuple[list[Portrait], Pairs, int]:
    """Two guides to restaurants, one list after the other, the pairs between them, and how long the first is."""
    guides = {name: rows_of(f"org-dedupe/{name}.csv") for name in ("fodors", "zagats")}
    places = {(name, row["id"]): 0 for name, rows in guides.items() for row in rows}
    places = {key: place for place, key in enumerate(places)}
    portraits = [
        portrait_of([("company", row["name"]), ("street", row["addr"]), ("city", row["city"]), ("phone", row["phone"])])
        for rows in guides.values()
        for row in rows
    ]
    matches = rows_of("org-dedupe/matches_fodors_zagats.csv")
    truth = {(places["fodors", row["fodors_id"]], places["zagats", row["zagats_id"]]) for row in matches}
    return portraits, truth, len(guides["fodors"])


def same_group(labels: Iterable[str]) -> Pairs:
    """All pairs of places that carry one label."""
    members: Mapping[str, list[int]] = defaultdict(list)
    for place, label in enumerate(labels):
        members[label].append(place)
    return pairs_within(members.values())


def pairs_within(groups: Iterable[list[int]]) -> Pairs:
    return {pair for group in groups for pair in combinations(group, 2)}


def found_in(portraits: list[Portrait]) -> Pairs:
    """The pairs that blocks and score make candidates, as in a base of a few thousand records."""
    blocks: Mapping[str, list[int]] = defaultdict(list)
    for place, portrait in enumerate(portraits):
        for block in set(blocks_of(portrait, is_small_base=True)):
            blocks[block].append(place)
    met = {pair for members in blocks.values() for pair in pairs_of_block(members)}
    scores = {(one, other): score_of(portraits[one], portraits[other], is_small_base=True) for one, other in met}
    return {pair for pair, score in scores.items() if score.total >= POSSIBLE}


def grouped(pairs: Pairs) -> Pairs:
    """All pairs within the groups that a chain of candidates makes, as merging one after the other would."""
    return pairs_within(groups_of(pairs))


def measured(found: Pairs, truth: Pairs) -> tuple[float, float]:
    """Precision and recall, each 0 to 1."""
    right = len(found & truth)
    return right / len(found), right / len(truth)
