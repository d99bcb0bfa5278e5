"""A process that is killed: writes one act after another, and says each once it is committed."""

from __future__ import annotations

import sys
from pathlib import Path

from jiedui.core import db
from jiedui.core.actors import SYSTEM
from jiedui.factory import create_app
from jiedui.regions.actions import set_for_county
from jiedui.regions.rules import Setting
from tests import people
from tests.conftest import settings_at


def main(folder: str, url: str, start: int) -> None:
    """Count upwards in a county's setting, each step an act on record."""
    create_app(settings_at(Path(folder), url), queue=False)
    number = start
    while True:
        with db.write():
            county = people.region(people.COUNTY)
            set_for_county(county, Setting.duty_phone, number, by=SYSTEM)
        print(number, flush=True)
        number += 1


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
