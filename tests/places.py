"""Two small counties for the tests; their names are invented."""

from __future__ import annotations

from jiedui.regions.rules import Level, Row


def _county(code: str, name: str, latitude: float, longitude: float) -> list[Row]:
    rows = [Row(f"{code}000000", name, Level.county, "", latitude, longitude, "invented")]
    for t, township in enumerate(("东山镇", "西河乡"), start=1):
        mine = f"{code}{t:03d}000"
        rows.append(
            Row(
                mine, f"{name[0]}{township}", Level.township, rows[0].code,
                latitude, longitude + 0.1 * t, "invented",
            )
        )  # fmt: skip
        for v, village in enumerate(("上村", "下村", "长岭村"), start=1):
            rows.append(
                Row(
                    f"{code}{t:03d}{v:03d}", village, Level.village, mine,
                    latitude + 0.02 * v, longitude + 0.1 * t, "invented",
                )
            )  # fmt: skip
    return rows


NORTH = _county("990001", "北试县", 25.5, 115.7)
SOUTH = _county("990002", "南试县", 24.5, 114.7)
