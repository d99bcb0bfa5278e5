"""Words of following up."""

from __future__ import annotations

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.followup.rules import Face, FollowRefusal, Health, StopVia, Through, Voice, Who
from jiedui.followup.rules.clocks import Step
from jiedui.followup.rules.health import Sign

words.say(
    Voice,
    {
        Voice.child: _l("The child"),
        Voice.carer: _l("Who looks after the child"),
        Voice.helper: _l("The volunteer"),
    },
)
words.say(Face, {Face.glad: _l("Glad"), Face.so_so: _l("So-so"), Face.sad: _l("Not glad")})
words.say(
    Through,
    {
        Through.visit: _l("On a home visit"),
        Through.call: _l("On the telephone"),
        Through.elsewhere: _l("Met elsewhere"),
        Through.own_page: _l("On their own page"),
    },
)
words.say(
    Who,
    {
        Who.guardian: _l("A parent or other guardian"),
        Who.carer: _l("Whoever looks after the child"),
        Who.child: _l("The child"),
    },
)
words.say(StopVia, {StopVia.told: _l("Told us"), StopVia.link: _l("By the card or link")})
words.say(
    Health,
    {Health.red: _l("Act now"), Health.amber: _l("Look after it"), Health.green: _l("Goes well")},
)
words.say(
    Sign,
    {
        Sign.child_sad: _l("The child is not glad about it"),
        Sign.stopped: _l("The family has stopped it: ring them"),
        Sign.trouble: _l("There is trouble"),
        Sign.silent_long: _l("Nothing heard for long"),
        Sign.goodbye_overdue: _l("The day of the goodbye has passed"),
        Sign.silent: _l("Nothing heard for twice the agreed time"),
        Sign.seldom: _l("They see each other too seldom"),
        Sign.child_so_so: _l("The child finds it so-so"),
        Sign.paused_long: _l("Paused for more than four weeks"),
        Sign.not_met: _l("All agreed three weeks ago, and not met yet"),
        Sign.not_asked: _l("Nobody was asked in time how it goes"),
        Sign.runs_out: _l("A paper of the volunteer runs out soon"),
    },
)
words.say(
    Step,
    {
        Step.remind: _l("The volunteer was reminded of the card"),
        Step.unanswered: _l("The office was told that the card waits"),
        Step.not_met: _l("Township and office were told that the two have not met"),
        Step.helper: _l("The volunteer was asked"),
        Step.village: _l("The child director was told"),
        Step.office: _l("The office was told"),
        Step.closing: _l("An end with a goodbye was proposed"),
    },
)
words.say(
    FollowRefusal,
    {
        FollowRefusal.nothing_said: _l("Please say what at least one of them said"),
        FollowRefusal.in_future: _l("This day has not come yet"),
        FollowRefusal.before_it_began: _l("The two had not met yet on this day"),
        FollowRefusal.own_voice_only: _l(
            "Say how it goes for you; family and child are asked apart"
        ),
        FollowRefusal.key_unknown: _l("This card or link is not valid (any more)"),
        FollowRefusal.has_ended: _l("This pairing has ended already"),
    },
)
