"""What is done with children's files: register, check, change, close, show; consents and views."""

from __future__ import annotations

from jiedui.children.actions.consents import (
    ConsentSaid,
    ViewSaid,
    answer_link,
    make_consent_link,
    record_consent,
    record_view,
    withdraw_consent,
)
from jiedui.children.actions.deidentify import (
    deidentify,
)
from jiedui.children.actions.details import (
    DetailSaid,
    change_detail,
    keep_paper,
    note_evidence,
)
from jiedui.children.actions.doubles import (
    join_files,
    note_moved,
    part_files,
    say_two,
)
from jiedui.children.actions.exports import (
    ExportAsked,
    approve_export,
    ask_export,
    expire_exports,
    export_made,
    fetch_export,
    reject_export,
)
from jiedui.children.actions.holds import (
    lift_hold,
    set_hold,
)
from jiedui.children.actions.ledger import (
    ChildChange,
    change_child,
    check_child,
    check_children,
    close_child,
    reopen_child,
    reveal,
)
from jiedui.children.actions.past import (
    settle_day,
)
from jiedui.children.actions.registering import (
    GuardianSaid,
    NewChild,
    add_guardian,
    change_guardian,
    register_child,
)
from jiedui.children.actions.risk import (
    move_risk,
)

__all__ = [
    "ChildChange",
    "ConsentSaid",
    "DetailSaid",
    "ExportAsked",
    "GuardianSaid",
    "NewChild",
    "ViewSaid",
    "add_guardian",
    "answer_link",
    "approve_export",
    "ask_export",
    "change_child",
    "change_detail",
    "change_guardian",
    "check_child",
    "check_children",
    "close_child",
    "deidentify",
    "expire_exports",
    "export_made",
    "fetch_export",
    "join_files",
    "lift_hold",
    "make_consent_link",
    "move_risk",
    "keep_paper",
    "note_evidence",
    "note_moved",
    "part_files",
    "record_consent",
    "record_view",
    "register_child",
    "reject_export",
    "reopen_child",
    "reveal",
    "say_two",
    "set_hold",
    "settle_day",
    "withdraw_consent",
]
