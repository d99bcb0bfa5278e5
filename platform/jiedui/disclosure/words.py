"""Words for what stands in place of a small number."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.disclosure.rules import Hidden

words.say(Hidden, {Hidden.few: _l("few")})
