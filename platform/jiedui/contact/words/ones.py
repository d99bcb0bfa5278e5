"""Words for the six yearly marks of a caring pair."""

from jiedui.contact.rules.ones import One
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    One,
    {
        One.call: _l("A call each month"),
        One.letter: _l("A letter"),
        One.wish: _l("A small wish fulfilled"),
        One.birthday: _l("Birthday"),
        One.childrens_day: _l("Children's Day"),
        One.term: _l("Start of term"),
    },
)
