"""How names sound: pinyin without tones, for searching and for finding doubles."""

from __future__ import annotations

import importlib
from typing import cast


def syllables(text: str) -> list[str]:
    """The syllables of a text, one for each sign."""
    # The phrases by which signs are read take fifty megabytes: only who asks for a sound has them.
    return cast("list[str]", importlib.import_module("pypinyin").lazy_pinyin(text))
