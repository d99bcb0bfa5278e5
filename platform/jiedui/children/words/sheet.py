"""Words for rows of children's sheets, for what goes back to the national system, and for files of
identified data."""

from jiedui.children.rules import Bureau, CellFault, ExportRefusal, ExportState, ReturnState
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    CellFault,
    {
        CellFault.birth_missing: _l("birth date or ID number is needed"),
        CellFault.sex_missing: _l("sex or ID number is needed"),
        CellFault.over_18: _l("18 or older: the file is for minors"),
        CellFault.grade_missing: _l("kind and grade of a disability go together"),
        CellFault.guardian_missing: _l("neither parent is named, and no carer"),
        CellFault.carer_missing: _l("nobody is there to look after the child: name the carer"),
        CellFault.name_differs: _l("there is a file with this ID number under another name"),
        CellFault.nothing_sent: _l("nothing was given back for this number"),
        CellFault.known_elsewhere: _l("this child is on file in another township"),
    },
)
words.say(
    Bureau,
    {
        Bureau.allowance: _l("List of minimum-allowance households"),
        Bureau.disability: _l("List of the Disabled Persons' Federation"),
        Bureau.school: _l("School register"),
        Bureau.insurance: _l("List of the medical insurance"),
    },
)
words.say(
    ReturnState,
    {
        ReturnState.sent: _l("Answer awaited"),
        ReturnState.accepted: _l("Accepted"),
        ReturnState.refused: _l("Refused"),
    },
)
words.say(
    ExportState,
    {
        ExportState.asked: _l("Waits for a second person"),
        ExportState.making: _l("Being made"),
        ExportState.ready: _l("Can be downloaded"),
        ExportState.fetched: _l("Downloaded"),
        ExportState.rejected: _l("Not agreed to"),
        ExportState.expired: _l("Ran out"),
    },
)
words.say(
    ExportRefusal,
    {
        ExportRefusal.own_request: _l("Who asked does not agree to it: somebody else does"),
        ExportRefusal.lower_office: _l("This is for the same office or a higher one to decide"),
        ExportRefusal.nothing_there: _l("Nobody in your area fits this"),
        ExportRefusal.gone: _l("This file is no longer there, or was decided on already"),
        ExportRefusal.not_yours: _l("Only who asked for the file can download it"),
        ExportRefusal.not_agreed: _l("Somebody else has to agree first"),
        ExportRefusal.nothing_to_send: _l("Nothing has changed that would have to go back"),
    },
)
