"""Words for the facts about families, and for why a child is in a category."""

from jiedui.children.rules import Basis, Disability, Income, Known, Unable, Why
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.core.uploads import UploadFault

words.say(
    Unable,
    {
        Unable.dead: _l("Dead"),
        Unable.missing: _l("Missing, declared by a court"),
        Unable.severe_disability: _l("Severely disabled"),
        Unable.serious_illness: _l("Seriously ill"),
        Unable.in_custody: _l("Serving a sentence or in custody"),
        Unable.compulsory_treatment: _l("In compulsory drug treatment"),
        Unable.restrained: _l("Otherwise deprived of liberty"),
        Unable.out_of_contact: _l("Out of contact"),
    },
)
words.say(
    Disability,
    {
        Disability.sight: _l("Sight"),
        Disability.hearing: _l("Hearing"),
        Disability.speech: _l("Speech"),
        Disability.limbs: _l("Limbs"),
        Disability.intellect: _l("Intellect"),
        Disability.mind: _l("Mind"),
        Disability.several: _l("Several"),
    },
)
words.say(
    Income,
    {
        Income.work_away: _l("Work elsewhere"),
        Income.farming: _l("Farming"),
        Income.relief: _l("Government relief"),
        Income.relatives: _l("Relatives and friends"),
        Income.other: _l("Something else"),
    },
)
words.say(Known, {Known.yes: _l("yes"), Known.no: _l("no"), Known.unknown: _l("Not known")})
words.say(Basis, {Basis.said: _l("As reported"), Basis.facts: _l("From the facts on file")})
words.say(
    Why,
    {
        Why.both_away: _l("Both parents have been away for six months or longer"),
        Why.one_away: _l("One parent has been away for six months or longer"),
        Why.one_away_other_unable: _l("One parent is away and the other cannot care for the child"),
        Why.nobody_away: _l("No parent is away"),
        Why.not_long: _l("The parent has been away, or cannot be there, for less than six months"),
        Why.not_beyond_county: _l("The parent works within the county"),
        Why.other_at_home: _l("One parent is at home and able to care"),
        Why.too_old: _l("The child is too old for this"),
        Why.not_rural: _l("The household is not registered as rural"),
        Why.parent_unknown: _l("Nothing is on file about one of the parents"),
        Why.since_unknown: _l("The day since when is missing"),
        Why.where_unknown: _l("Whether the parent works outside the county is missing"),
        Why.rural_unknown: _l("Whether the household is registered as rural is missing"),
        Why.both_gone: _l("Both parents are dead or declared missing"),
        Why.both_unable: _l("Neither parent is able to care for the child"),
        Why.one_cares: _l("At least one parent is able to care"),
        Why.certificate: _l("A disability with its grade is on file"),
        Why.not_recorded: _l("No disability is on file"),
    },
)
words.say(
    UploadFault,
    {
        UploadFault.missing: _l("No file is chosen"),
        UploadFault.too_large: _l("The file is larger than 5 MB: photograph it smaller"),
        UploadFault.unknown_kind: _l("Only a photo (JPEG, PNG) or a PDF, whole and undamaged"),
    },
)
