"""Every giving of personal data to somebody outside the office that holds it.

Regulations on Network Data Security (网络数据安全管理条例) art. 12: what was given to another
handler of data is on record for three years at least.
"""

from __future__ import annotations

from enum import StrEnum


class ShareKind(StrEnum):
    """By which way data went, or came to be compared."""

    export = "export"
    national = "national"
    copy = "copy"
    record_check = "record check"
    comparison = "comparison"


# Only looked up in what another office brought: nothing was given.
NOTHING_GIVEN = frozenset({ShareKind.comparison})
