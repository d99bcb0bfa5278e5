"""How a command says that it could not do what was asked."""

from __future__ import annotations


class Trouble(Exception):
    """A command cannot do what was asked; the message says why and what to do."""
