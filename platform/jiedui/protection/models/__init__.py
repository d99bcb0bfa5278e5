"""Tables of protection: what was said, what is done about it, who is on duty; and opinions."""

from jiedui.protection.models.cases import CaseLook, CaseStep, ProtectionCase
from jiedui.protection.models.concerned import CaseChild
from jiedui.protection.models.duty import DutyCall, DutyTurn
from jiedui.protection.models.files import ReportFile
from jiedui.protection.models.reports import Feedback, Report, ReportTry

__all__ = [
    "CaseChild",
    "CaseLook",
    "CaseStep",
    "DutyCall",
    "DutyTurn",
    "Feedback",
    "ProtectionCase",
    "Report",
    "ReportFile",
    "ReportTry",
]
