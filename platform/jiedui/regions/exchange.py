"""Lists of divisions come in as CSV files in the columns of the demo county's file."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from jiedui.regions.rules import Level, Row, faults


class BadRegions(Exception):
    """The file is not a list of divisions; the message names line or code."""


def read_csv(path: Path) -> list[Row]:
    """Rows of a file with the columns code, name, level, parent_code, latitude, longitude,
    coordinate_source; raise BadRegions."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(_rows(csv.DictReader(file)))
    wrong = faults(rows)
    if wrong:
        code, what = wrong[0]
        raise BadRegions(f"{code}: {what}")
    return rows


def _rows(lines: Iterable[dict[str, str]]) -> Iterable[Row]:
    for number, line in enumerate(lines, start=2):
        try:
            yield Row(
                code=line["code"].strip(),
                name=line["name"].strip(),
                level=Level(line["level"].strip()),
                parent_code=line["parent_code"].strip(),
                latitude=float(line["latitude"]) if line["latitude"] else None,
                longitude=float(line["longitude"]) if line["longitude"] else None,
                coordinate_source=line.get("coordinate_source") or "",
            )
        except (KeyError, ValueError) as error:
            raise BadRegions(f"line {number}: {error}") from error
