"""Words for ways, paces, how far a letter has come and why it did not; and the texts that leave the
house. These name a kind of thing and an address to sign in at, and nobody: whoever reads along on a
telephone that lies on a table learns of no child, no guardian and no place."""

from __future__ import annotations

from jiedui.core import words
from jiedui.core.carriers.ways import Way, Why
from jiedui.core.i18n import gettext
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.letters.rules import DeliveryState, LetterRefusal, Pace

words.say(
    Way,
    {
        Way.portal: _l("On the platform only"),
        Way.email: _l("By e-mail"),
        Way.sms: _l("By text message"),
        Way.wecom: _l("By WeCom"),
    },
)
words.say(Pace, {Pace.at_once: _l("At once"), Pace.daily: _l("Once a day, together")})
words.say(
    DeliveryState,
    {
        DeliveryState.waiting: _l("Waits to be sent"),
        DeliveryState.going: _l("Being sent"),
        DeliveryState.failed: _l("Tried again soon"),
        DeliveryState.sent: _l("Has been sent"),
        DeliveryState.given_up: _l("Given up"),
        DeliveryState.needless: _l("Not needed any more"),
    },
)
words.say(
    Why,
    {
        Why.unreachable: _l("The server did not answer"),
        Why.busy: _l("The server said: later"),
        Why.sign_in: _l("The server did not let the platform in"),
        Why.refused: _l("The server refuses this address or number"),
        Why.redirected: _l("The server sent us elsewhere"),
        Why.answer: _l("The server's answer says that it failed"),
        Why.no_address: _l("There is no address"),
        Why.not_configured: _l("This way is not set up"),
        Why.cut_off: _l("It was cut off on the way"),
    },
)
words.say(
    LetterRefusal,
    {
        LetterRefusal.way_not_there: _l("This way is not set up here; choose another"),
        LetterRefusal.no_address: _l("Confirm an e-mail address first"),
        LetterRefusal.bad_address: _l("This is no e-mail address, such as name@example.org"),
        LetterRefusal.too_many_codes: _l("Five codes were sent today: try again tomorrow"),
        LetterRefusal.wrong_code: _l("This is not the code; you can try %(left)d more times"),
        LetterRefusal.code_gone: _l("The code works no more: have a new one sent"),
        LetterRefusal.not_given_up: _l("It is not given up: nothing was done"),
    },
)

SUBJECT = _l("Jiedui: %(what)s")
LOOK = _l("Please sign in and look: %(link)s")
SEVERAL = _l("%(n)d letters wait for you")
CODE = _l(
    "Your code is %(code)s. Type it on the platform within a day, "
    "if it was you who gave this address."
)
ASIDE = _l("If you do not know of it, do nothing.")


def paste_text(link: str) -> str:
    """What to paste into WeChat for somebody for whom a thing waits at an address: names nobody."""
    return gettext(
        "Hello, something on the Jiedui platform waits for you. Please sign in and look: %(link)s",
        link=link,
    )


def call_back_text(link: str) -> str:
    """The same for somebody who did not take a call and has no account; the address says who we
    are."""
    return gettext(
        "Hello, we tried to reach you by telephone. Please call back when it suits you. "
        "About us: %(link)s",
        link=link,
    )
