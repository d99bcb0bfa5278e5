"""Words for acts on reports and cases, and for these things themselves."""

from __future__ import annotations

from typing import Any

from jiedui.core.acts import Act
from jiedui.core.i18n import lazy_gettext as _l

CASE_ACTS: dict[Act, Any] = {
    Act.risk_answered: _l("Signs of risk answered"),
    Act.risk_looked_at: _l("Signs of risk looked at again"),
    Act.report_file_read: _l("Photo or voice message of a report opened"),
    Act.report_received: _l("Report received"),
    Act.report_read: _l("Report read"),
    Act.report_handled: _l("Report dealt with"),
    Act.report_helper_named: _l("Helper named in a report"),
    Act.report_seconded: _l("End of a report looked at again"),
    Act.case_opened: _l("Case opened"),
    Act.case_read: _l("Case read"),
    Act.case_moved: _l("Step of a case"),
    Act.case_end_proposed: _l("End of a case proposed"),
    Act.case_closed: _l("Case closed"),
    Act.case_sent_back: _l("Case not closed yet"),
    Act.case_unsealed: _l("Seal of a case broken"),
    Act.case_figures_taken: _l("Figures of cases taken as a file"),
    Act.case_shared: _l("Township asked to help with a case"),
    Act.case_file_named: _l("File named in a case"),
    Act.case_file_off: _l("File taken off a case"),
    Act.duty_turn_set: _l("Duty entered"),
    Act.duty_turn_ended: _l("Duty ended"),
    Act.clock_ran_out: _l("Somebody called: a time ran out"),
}
CASE_OBJECTS: dict[str, Any] = {
    "duty_turn": _l("Duty"),
    "protection_case": _l("Case"),
    "report": _l("Report"),
}
