"""Words of a leak."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.oversight.rules.breach import BreachRefusal, LeakKind

words.say(
    LeakKind,
    {
        LeakKind.identity: _l("Name, identity number, birth date"),
        LeakKind.contact: _l("Telephone number, address"),
        LeakKind.family: _l("Guardians and other family, where they work"),
        LeakKind.health: _l("Health and disability"),
        LeakKind.situation: _l("Situation of the family, allowances, guardianship"),
        LeakKind.school: _l("School and class"),
        LeakKind.care: _l("Visits, wishes, pairings and help received"),
        LeakKind.helpers: _l("Data of volunteers and social workers"),
    },
)
words.say(
    BreachRefusal,
    {
        BreachRefusal.in_future: _l("This day has not come yet"),
        BreachRefusal.noticed_before: _l("It cannot have been noticed before it happened"),
        BreachRefusal.names_somebody: _l(
            "An identity number or a mobile number stands here: these letters name nobody"
        ),
    },
)
