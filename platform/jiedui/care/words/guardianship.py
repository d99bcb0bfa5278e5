"""Words for guardianships: states, grounds, talks with parents, and every refusal."""

from __future__ import annotations

from jiedui.care.rules.guardianship import (
    Ground,
    GuardRefusal,
    GuardState,
    Option,
    TalkHow,
)
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    GuardState,
    {
        GuardState.unknown: _l("Not recorded yet"),
        GuardState.parents: _l("Cared for by parents"),
        GuardState.entrusted: _l("Entrusted care"),
        GuardState.other_guardian: _l("Another guardian"),
        GuardState.temporary: _l("Temporary guardianship"),
        GuardState.long_term: _l("Long-term guardianship"),
        GuardState.nobody: _l("Nobody to care"),
        GuardState.ended: _l("Guardianship ended"),
    },
)
words.say(
    Ground,
    {
        Ground.parents_care: _l("Parents care for the child themselves (Civil Code, art. 27)"),
        Ground.parents_back: _l("A parent came back"),
        Ground.given_back: _l("Able again, given back (Civil Code, art. 38; Minors Law, art. 93)"),
        Ground.agreement: _l("Written agreement (Minors Law, art. 22)"),
        Ground.by_word: _l("Entrusted by word only, not in writing yet"),
        Ground.in_order: _l("Parents dead or unable, by order of kin (Civil Code, art. 27)"),
        Ground.by_will: _l("Named in a parent's will (Civil Code, art. 29)"),
        Ground.agreed: _l("Agreed among those entitled (Civil Code, art. 30)"),
        Ground.appointed: _l("Appointed by village, civil affairs or court (arts. 31, 36)"),
        Ground.adopted: _l("Adopted"),
        Ground.not_found: _l("Begging or of unknown origin, parents not found (art. 92, 1)"),
        Ground.missing: _l("Guardian's whereabouts unknown, nobody else can (art. 92, 2)"),
        Ground.prevented: _l("Guardian cannot: illness, custody, disaster (art. 92, 3)"),
        Ground.refuses: _l("Guardian refuses or neglects the child (art. 92, 4)"),
        Ground.abets: _l("Guardian incites the child to offences (art. 92, 5)"),
        Ground.harms: _l("Severe harm or danger from the guardian (art. 92, 6)"),
        Ground.never_found: _l("Parents or guardian cannot be found (art. 94, 1)"),
        Ground.dead: _l("Guardian dead, nobody else can (art. 94, 2)"),
        Ground.incapable: _l("Guardian has lost capacity, nobody else can (art. 94, 3)"),
        Ground.revoked: _l("Court revoked it and named civil affairs (art. 94, 4)"),
        Ground.by_law: _l("Other case laid down by law"),
        Ground.lives_alone: _l("The child lives alone"),
        Ground.nobody_able: _l("Who is there is not able"),
        Ground.carer_gone: _l("The carer has gone or cannot go on"),
        Ground.of_age: _l("Of age"),
        Ground.died: _l("Has died"),
    },
)
words.say(
    Option,
    {
        Option.takes_along: _l("Takes the child along"),
        Option.one_stays: _l("One parent stays"),
        Option.entrusts: _l("Entrusts the child to a carer"),
        Option.undecided: _l("Not decided yet"),
    },
)
words.say(
    TalkHow,
    {
        TalkHow.in_person: _l("In person"),
        TalkHow.telephone: _l("By telephone"),
        TalkHow.video: _l("By video call"),
    },
)
words.say(
    GuardRefusal,
    {
        GuardRefusal.does_not_follow: _l("This cannot follow what stands on file now"),
        GuardRefusal.ground_unfit: _l("This ground does not go with it; choose one that does"),
        GuardRefusal.by_agreement_only: _l("A signed agreement brings this: put it on file"),
        GuardRefusal.by_office_only: _l("The township or civil affairs records this"),
        GuardRefusal.before_last: _l("This day is before the last change"),
        GuardRefusal.not_of_age: _l("The child is not 18 yet on this day"),
        GuardRefusal.in_future: _l("This day has not come yet"),
        GuardRefusal.file_closed: _l("This file is closed"),
        GuardRefusal.not_of_house: _l("This is no guardian of this house"),
    },
)
