"""Tables of the ledger, and of what guardians and children say."""

from __future__ import annotations

from jiedui.children.models.consents import (
    ChildView,
    Consent,
    ConsentLink,
)
from jiedui.children.models.doubles import (
    FileMerge,
    NotDouble,
)
from jiedui.children.models.exports import (
    ChildExport,
)
from jiedui.children.models.holds import (
    FileHold,
)
from jiedui.children.models.ledger import (
    Child,
    ChildCategory,
    ChildDetail,
    FilePast,
    Guardian,
    Household,
)
from jiedui.children.models.national import (
    NationalCopy,
)
from jiedui.children.models.papers import (
    CategoryPaper,
)
from jiedui.children.models.returns import (
    NationalReturn,
    NationalReturnRow,
)
from jiedui.children.models.risk import (
    RiskMove,
)

__all__ = [
    "CategoryPaper",
    "Child",
    "ChildCategory",
    "ChildDetail",
    "ChildExport",
    "ChildView",
    "Consent",
    "ConsentLink",
    "FileHold",
    "FileMerge",
    "FilePast",
    "Guardian",
    "Household",
    "NationalCopy",
    "NationalReturn",
    "NationalReturnRow",
    "NotDouble",
    "RiskMove",
]
