"""The facts that support follows from, and an expression over them in three values: yes, no, not
known."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Fact(StrEnum):
    """What a rule may ask of a child."""

    age = "age"
    grade = "grade"
    compulsory = "compulsory"
    upper_school = "upper_school"
    boarding = "boarding"
    rural = "rural"
    left_behind = "left_behind"
    orphan = "orphan"
    unattended = "unattended"
    no_able_parent = "no_able_parent"
    minimum_allowance = "minimum_allowance"
    destitute = "destitute"
    hardship = "hardship"
    seriously_ill = "seriously_ill"
    disabled = "disabled"


NUMBERS = frozenset({Fact.age, Fact.grade})
Value = bool | int | None
Facts = Mapping[Fact, Value]


@dataclass(frozen=True)
class Atom:
    """One piece of a reason: a fact that holds or does not, or a number below (at most) a bound.
    `holds` None: the fact is not known."""

    fact: Fact
    holds: bool | None
    below: int | None = None


@dataclass(frozen=True)
class Found:
    """What an expression comes to, and the facts that make it so."""

    holds: bool | None
    atoms: tuple[Atom, ...]


class BadRule(Exception):
    """A rule asks for something that is not a fact, or in a way that is not known."""


def read(text: str) -> ast.expr:
    """An expression of facts joined by and, or, not, with `age < 16` or `grade <= 2`; raise
    BadRule for anything else."""
    try:
        found = ast.parse(text, mode="eval").body
    except SyntaxError:
        raise BadRule(text) from None
    _check(found, text)
    return found


def _check(node: ast.expr, text: str) -> None:
    if isinstance(node, ast.BoolOp):
        for part in node.values:
            _check(part, text)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        _check(node.operand, text)
    elif isinstance(node, ast.Compare):
        _bound(node, text)
    elif not isinstance(node, ast.Name) or _fact(node, text) in NUMBERS:
        raise BadRule(text)


def _fact(node: ast.expr, text: str) -> Fact:
    if not isinstance(node, ast.Name) or node.id not in set(Fact):
        raise BadRule(text)
    return Fact(node.id)


def _bound(node: ast.Compare, text: str = "") -> tuple[Fact, int]:
    """The number and the bound that it must be below."""
    fact, limit = _fact(node.left, text), node.comparators[0]
    if fact not in NUMBERS or len(node.ops) > 1 or not isinstance(limit, ast.Constant):
        raise BadRule(text)
    if not isinstance(limit.value, int) or not isinstance(node.ops[0], ast.Lt | ast.LtE):
        raise BadRule(text)
    return fact, limit.value + isinstance(node.ops[0], ast.LtE)


def find(node: ast.expr, facts: Facts) -> Found:
    """What an expression that has been read comes to. A fact more never turns a yes or a no into
    something else."""
    if isinstance(node, ast.BoolOp):
        parts = [find(part, facts) for part in node.values]
        return _joined(parts, decides=isinstance(node.op, ast.Or))
    if isinstance(node, ast.UnaryOp):
        inner = find(node.operand, facts)
        return Found(None if inner.holds is None else not inner.holds, inner.atoms)
    if isinstance(node, ast.Compare):
        fact, below = _bound(node)
        number = facts.get(fact)
        holds = None if number is None else int(number) < below
        return Found(holds, (Atom(fact, holds, below),))
    fact = _fact(node, "")
    known = facts.get(fact)
    holds = None if known is None else bool(known)
    return Found(holds, (Atom(fact, holds),))


def _joined(parts: list[Found], *, decides: bool) -> Found:
    """`or` is decided by the first yes, `and` by the first no; else by what is not known."""
    for part in parts:
        if part.holds is decides:
            return part
    unknown = [part for part in parts if part.holds is None]
    if unknown:
        return Found(None, _together(unknown, lambda atom: atom.holds is None))
    return Found(not decides, _together(parts, lambda atom: True))


def _together(parts: list[Found], wanted: Callable[[Atom], bool]) -> tuple[Atom, ...]:
    atoms = [atom for part in parts for atom in part.atoms if wanted(atom)]
    return tuple(dict.fromkeys(atoms))
