"""docs/asvs.md speaks of every requirement once, names tests and files that exist, and adds up.

Seen to fail: a row taken out, a row twice, a test named otherwise, a file that is not there, a met
requirement without a test, a sum off by one, a limit that was changed in the code.
"""

from __future__ import annotations

import re
from collections import Counter

from tests.house import papers

PAPER = papers.paper("asvs.md")
NUMBER = re.compile(r"\d+\.\d+\.\d+")
# OWASP ASVS 5.0.0, levels 1 and 2: in each section they are numbered from 1 up to this.
LAST = """
1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1
4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2
7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2
10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5
14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
"""
ANSWERS = ("test", "read", "set", "n/a", "not met")


def required() -> list[str]:
    """Every number of level 1 or 2, in the standard's order."""
    found = []
    for part in LAST.split():
        section, last = part.split(":")
        found += [f"{section}.{n}" for n in range(1, int(last) + 1)]
    return found


def answered() -> list[list[str]]:
    """The rows of the paper: number, words, answer, where, shown by."""
    return [row for row in papers.rows(PAPER) if NUMBER.fullmatch(row[0])]


def test_every_requirement_stands_there_once() -> None:
    """In the standard's order, so that a gap is seen."""
    assert len(required()) == 253
    assert [row[0] for row in answered()] == required()


def test_every_answer_has_what_it_needs() -> None:
    """A test for what a test shows; a place or a reason for all else."""
    for number, words, answer, where, shown in answered():
        assert answer in ANSWERS, number
        assert words, number
        assert papers.TEST.search(shown) or answer != "test", f"{number} names no test"
        assert where or answer == "test", f"{number} says neither where nor why"
        assert not shown or papers.TEST.search(shown), number


def test_what_the_paper_names_is_there() -> None:
    """Tests by name, read from their files; files from the root, the package or docs/."""
    assert papers.missing_tests(PAPER) == []
    assert papers.missing_files(PAPER) == []


def test_the_sums_are_right() -> None:
    """The lines at the top are what the rows add up to."""
    assert sums() in PAPER, f"the sums are:\n{sums()}"


def sums() -> str:
    """The table at the top."""
    times = Counter(row[2] for row in answered())
    met = times["test"] + times["read"] + times["set"]
    applicable = met + times["not met"]
    lines = ["| answer | requirements |", "| --- | --- |"]
    lines += [f"| {answer} | {times[answer]} |" for answer in ANSWERS]
    share = f"{met} of {applicable} that apply are met ({100 * met // applicable} %), "
    share += f"{times['test']} of them shown by a test ({100 * times['test'] // applicable} %)."
    return "\n".join([*lines, "", share])


def test_the_limits_are_those_of_the_code() -> None:
    """Each name holds the value that the paper says."""
    limits = papers.rows(papers.section(PAPER, "What the standard wants written down"))
    named = [(row[0].strip("`"), row[1]) for row in limits if re.fullmatch(r"`\w+\..+`", row[0])]
    assert len(named) > 20
    assert [(name, str(papers.value(name))) for name, _said in named] == named
