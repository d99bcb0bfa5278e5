"""The columns and words of a sheet, read from its mapping file: data beside the importer."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jiedui.core.sheets import BadFile, FileFault

LIKELY = 2  # so many known heads make a row the row of heads


def tidy(text: str) -> str:
    """A head or a word as it is compared: without blanks, brackets of one kind, small letters."""
    bare = "".join(text.split()).strip("*＊:：").casefold()
    return bare.translate({ord("（"): "(", ord("）"): ")"})


@dataclass(frozen=True)
class Column:
    """One column of the mapping file; see there."""

    field: str
    heads: tuple[str, ...]
    read: str
    needed: bool = False
    keep: bool = False
    several: bool = False

    @property
    def head(self) -> str:
        """What it is called when it is written."""
        return self.heads[0]


@dataclass(frozen=True)
class Layout:
    """A whole mapping."""

    columns: tuple[Column, ...]
    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    village_endings: tuple[str, ...] = ()
    residents_endings: tuple[str, ...] = ()
    separators: str = ","
    joiner: str = ", "

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """The columns by what they are here."""
        return {column.field: column for column in self.columns}

    @cached_property
    def spoken(self) -> dict[str, dict[str, str]]:
        """Of each list, our value for every word."""
        return {
            name: {tidy(w): value for value, known in words.items() for w in known}
            for name, words in self.words.items()
        }

    def word(self, name: str, value: str) -> str:
        """The word of a list for a value of ours; "" where it has none."""
        known = self.words.get(name, {}).get(value, ())
        return known[0] if known else ""

    def offered(self, column: Column) -> tuple[str, ...]:
        """The words that may stand in a column; nothing when any text may."""
        return () if column.several else self.firsts(column)

    def firsts(self, column: Column) -> tuple[str, ...]:
        """The words of a column's list, each as it is written."""
        return tuple(known[0] for known in self.words.get(column.read, {}).values())

    def find(self, heads: Sequence[str]) -> dict[str, int] | None:
        """At which place each field stands; None when this is no row of heads. Raises BadFile with
        the heads that are missing when it is one in part."""
        here: dict[str, int] = {}
        for n, head in enumerate(heads):
            here.setdefault(tidy(head), n)
        found = {}
        for column in self.columns:
            at = next((here[tidy(h)] for h in column.heads if tidy(h) in here), None)
            if at is not None:
                found[column.field] = at
        missing = [c.head for c in self.columns if c.needed and c.field not in found]
        if not missing:
            return found
        if len(found) >= LIKELY:
            raise BadFile(FileFault.columns_missing, ", ".join(missing))
        return None


def load(path: Path) -> Layout:
    """Read a mapping file."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = tuple(
        Column(**{**c, "heads": tuple(c["heads"])})
        for c in raw["column"]  # fmt: skip
    )
    words = {n: {v: tuple(w) for v, w in known.items()} for n, known in raw["words"].items()}
    village, residents = raw["village_endings"], raw.get("residents_endings", [])
    return Layout(
        columns, words, tuple(village), tuple(residents), raw["separators"], raw["joiner"]
    )
