"""What the garbage collector of a long-running process need not look at."""

from __future__ import annotations

import gc


def settle() -> None:
    """Set aside what a process has loaded when it begins its work: modules, mappings, compiled
    functions stay until it ends. Each full collection would walk through all of it; reading a
    county's files took twice the processor time."""
    gc.collect()
    gc.freeze()


def make_much() -> None:
    """The same for a process that makes hundreds of thousands of things in a row and lets go of
    most of them at once, without a circle among them: it looks for circles more seldom."""
    settle()
    gc.set_threshold(50_000, 20, 100)
