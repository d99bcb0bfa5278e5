"""The ten lessons in words: what there is to read, and the statement that asks whether it was
understood. Of our own making; the rules behind them are the code of conduct, 未成年人保护法
(art. 11 reporting, art. 63 privacy) and 志愿服务条例 (art. 21)."""

from __future__ import annotations

from jiedui.core.i18n import lazy_gettext as _l
from jiedui.helpers.rules.reading import Lesson

TEXTS = {
    Lesson.never_alone: (
        _l(
            "Meet where others can see you: at the Children's Home, at school, at home while the"
            " carer is there. Not in a closed room, not in your car, not at your home."
        ),
        _l("When it rains I may take the child home to my place for an hour."),
    ),
    Lesson.no_secrets: (
        _l(
            "You and the child have no secrets from the carer and the child director. If the child"
            " wants to tell you something in secret, say first that you will get help if somebody"
            " is in danger."
        ),
        _l("I must not promise a child to keep a secret about being hurt."),
    ),
    Lesson.no_pictures: (
        _l(
            "No pictures of the child on WeChat Moments, Douyin or anywhere, no name, no village,"
            " not even with a covered face. Pictures for the family stay with the family."
        ),
        _l("A picture of us may go online if the child's eyes are covered."),
    ),
    Lesson.no_money: (
        _l(
            "No money and no presents in private, to nobody. What somebody wishes to give goes"
            " through the portal, so that it is fair and others know of it."
        ),
        _l("A little pocket money now and then does no harm if nobody knows."),
    ),
    Lesson.report: (
        _l(
            "Bruises that nobody explains, fear of going home, hunger, talk of dying, a child alone"
            " at night: report it the same day. In danger call 110 at once. You need no proof, and"
            " you ask the child nothing again and again."
        ),
        _l("I report what worries me even when I am not sure."),
    ),
    Lesson.listening: (
        _l(
            "Listening helps more than teaching. Let the child choose what you do. A child who does"
            " not want to talk may be silent with you."
        ),
        _l("It is all right if the child only wants to play and not to talk."),
    ),
    Lesson.promises: (
        _l(
            "Promise only what you will surely keep. Whoever waits in vain has lost something"
            " again. If you cannot come, call it off in time, so that the family knows."
        ),
        _l("If I cannot come I just stay away: the child will understand."),
    ),
    Lesson.family: (
        _l(
            "You do not take the parents' place. Speak well of those who are far away, do not ask"
            " about divorce, prison or money, and do not judge how the family lives."
        ),
        _l("I should ask the child why its parents left and say what I think of it."),
    ),
    Lesson.data: (
        _l(
            "What you learn about the child stays between you, the carer and those on duty: no"
            " lists on your phone, no word to neighbours, colleagues or your own children."
        ),
        _l("I tell nobody the child's name, not even at home."),
    ),
    Lesson.goodbye: (
        _l(
            "An end is prepared: tell the office early, say goodbye in person, explain it in simple"
            " words. It is nobody's fault."
        ),
        _l("When I have to stop, the child hears it from me and in good time."),
    ),
}
