"""What a child may have: facts in, for each support yes, no or not known, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jiedui.care.rules.support.facts import Atom, Fact, Facts, Found, find
from jiedui.care.rules.support.table import RULES, Rule, Support
from jiedui.children.rules import (
    Category,
    Circumstances,
    Income,
    Known,
    SchoolStage,
    findings,
)
from jiedui.core.resident_id import age_on

COMPULSORY = frozenset(
    {
        SchoolStage.primary_1,
        SchoolStage.primary_2,
        SchoolStage.primary_3,
        SchoolStage.primary_4,
        SchoolStage.primary_5,
        SchoolStage.primary_6,
        SchoolStage.junior_1,
        SchoolStage.junior_2,
        SchoolStage.junior_3,
    }
)
UPPER = frozenset({SchoolStage.senior, SchoolStage.vocational})
POOR = frozenset(
    {Category.minimum_allowance, Category.destitution_support, Category.other_hardship}
)


@dataclass(frozen=True)
class Situation:
    """A child's file as far as support asks for it. `income` and `grade` None: not known; `ill`
    says whether an illness is on file."""

    circumstances: Circumstances
    categories: frozenset[Category]
    stage: SchoolStage
    boarding: bool
    grade: int | None = None
    income: Income | None = None
    ill: bool = False


@dataclass(frozen=True)
class Verdict:
    """The answer for one support. `why` names the facts that decide; when the answer is unknown,
    the facts that are missing."""

    rule: Rule
    answer: Known
    why: tuple[Atom, ...]

    @property
    def code(self) -> Support:
        """Which support it is about."""
        return self.rule.code


def facts_of(child: Situation, today: date) -> Facts:
    """A file as facts. Relief that a household gets is a category: without it the household is
    taken to get none; hardship is not known while nobody has said what the household lives on."""
    said, found = child.categories, findings(child.circumstances, today)
    orphan = _known(Category.orphan in said, found[Category.orphan].answer)
    unattended = _known(
        Category.de_facto_unattended in said, found[Category.de_facto_unattended].answer
    )
    if unattended and orphan is None:
        orphan = False
    return {
        Fact.age: age_on(child.circumstances.birth_date, today),
        Fact.grade: child.grade,
        Fact.compulsory: child.stage in COMPULSORY,
        Fact.upper_school: child.stage in UPPER,
        Fact.boarding: child.boarding,
        Fact.rural: child.circumstances.rural,
        Fact.left_behind: Category.left_behind in said,
        Fact.orphan: orphan,
        Fact.unattended: unattended,
        Fact.no_able_parent: True if orphan or unattended else _no_able_parent(child.circumstances),
        Fact.minimum_allowance: Category.minimum_allowance in said,
        Fact.destitute: Category.destitution_support in said,
        Fact.hardship: _hardship(child),
        Fact.seriously_ill: Category.seriously_ill in said or child.ill or None,
        Fact.disabled: Category.disabled in said or None,
    }


def _known(said: bool, answer: Known) -> bool | None:
    if said or answer is Known.yes:
        return True
    return False if answer is Known.no else None


def _no_able_parent(facts: Circumstances) -> bool | None:
    known = [parent for parent in facts.parents if parent is not None]
    if any(parent.unable is None for parent in known):
        return False
    return True if len(known) == 2 else None


def _hardship(child: Situation) -> bool | None:
    if child.categories & POOR or child.income is Income.relief:
        return True
    return None if child.income is None else False


def judge(rule: Rule, facts: Facts, *, granted: bool = False) -> Verdict:
    """The answer of one rule. `granted` asks whether a child may keep what it has."""
    who = rule.keeps if granted and rule.keeps is not None else rule.who
    found = find(who, facts)
    if rule.unless is not None:
        found = _but_not(found, find(rule.unless, facts))
    answer = {True: Known.yes, False: Known.no, None: Known.unknown}[found.holds]
    return Verdict(rule, answer, found.atoms)


def _but_not(found: Found, barred: Found) -> Found:
    if found.holds is False or barred.holds is False:
        return found
    if barred.holds is True:
        return Found(False, barred.atoms)
    return Found(None, barred.atoms if found.holds else (*found.atoms, *barred.atoms))


def judged(facts: Facts, today: date, rules: Iterable[Rule] = RULES) -> list[Verdict]:
    """The answer for every support whose rule is in force today."""
    return [judge(rule, facts) for rule in rules if rule.holds_on(today)]
