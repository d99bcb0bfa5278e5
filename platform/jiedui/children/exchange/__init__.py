"""Children in and out of Excel: the national system's sheet and ours."""

from __future__ import annotations

from jiedui.children.exchange.facts import PARENTS, Facts, GrownUp, family_problems, read_facts
from jiedui.children.exchange.files import line_of, seats
from jiedui.children.exchange.layout import NATIONAL
from jiedui.children.exchange.leaving import Mark, export_file
from jiedui.children.exchange.lines import (
    DERIVED,
    Line,
    Merged,
    ReadRow,
    canonical,
    merged,
    read_values,
)
from jiedui.children.exchange.returning import (
    Difference,
    difference,
    differences,
    national_file,
    shown,
)

__all__ = [
    "Difference",
    "Mark",
    "difference",
    "differences",
    "export_file",
    "national_file",
    "shown",
    "DERIVED",
    "NATIONAL",
    "PARENTS",
    "Facts",
    "GrownUp",
    "Line",
    "Merged",
    "ReadRow",
    "canonical",
    "family_problems",
    "line_of",
    "merged",
    "read_facts",
    "read_values",
    "seats",
]
