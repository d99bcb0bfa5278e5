"""The mapping files of children's sheets."""

from __future__ import annotations

from pathlib import Path

from jiedui.intake.exchange.layout import load

DATA = Path(__file__).resolve().parents[1] / "data"

NATIONAL = load(DATA / "national.toml")
REPLY = load(DATA / "national-reply.toml")
BUREAU = load(DATA / "bureau.toml")
