"""Words of the share register."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.oversight.rules.shares import ShareKind

words.say(
    ShareKind,
    {
        ShareKind.export: _l("File with names, downloaded"),
        ShareKind.national: _l("Return to the national system"),
        ShareKind.copy: _l("Copy for a guardian"),
        ShareKind.record_check: _l("List of volunteers for the police"),
        ShareKind.comparison: _l("List of another office, compared by number: nothing given"),
    },
)
