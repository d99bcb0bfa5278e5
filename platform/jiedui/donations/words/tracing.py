"""Words for the steps of a gift, as whoever gave it reads them."""

from __future__ import annotations

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.donations.rules.tracing import Stage

words.say(
    Stage,
    {
        Stage.offered: _l("Offered"),
        Stage.refused: _l("Not taken"),
        Stage.accepted: _l("Accepted"),
        Stage.received: _l("Has been received"),
        Stage.allocated: _l("Allocated"),
        Stage.sent: _l("Sent off"),
        Stage.came: _l("Has come"),
        Stage.thanked: _l("Thanks"),
        Stage.taken_back: _l("Taken back"),
        Stage.returned: _l("Sent back to the giver"),
        Stage.written_off: _l("Spoiled, written off"),
        Stage.put_right: _l("A mistake in the books, put right"),
    },
)
