"""Words for injuries and water hazards."""

from __future__ import annotations

from jiedui.activities.rules.hazards import HazardRefusal, Water
from jiedui.activities.rules.injuries import Cause, InjuryRefusal, Outcome, Season, Spot
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    Cause,
    {
        Cause.traffic: _l("Traffic"),
        Cause.drowning: _l("Drowning"),
        Cause.burn: _l("Fire or burn"),
        Cause.fall: _l("Fall"),
        Cause.food: _l("Food or poison"),
        Cause.animal: _l("Animal"),
        Cause.other: _l("Something else"),
    },
)
words.say(
    Spot,
    {
        Spot.road: _l("On a road"),
        Spot.water: _l("At the water"),
        Spot.home: _l("At home"),
        Spot.school: _l("At school"),
        Spot.field: _l("In fields or woods"),
        Spot.elsewhere: _l("Elsewhere"),
    },
)
words.say(
    Outcome,
    {
        Outcome.treated: _l("Treated, went home"),
        Outcome.hospital: _l("Stayed in hospital"),
        Outcome.permanent: _l("Will not heal wholly"),
        Outcome.died: _l("Died of it"),
    },
)
words.say(
    Season,
    {
        Season.spring: _l("Spring"),
        Season.summer: _l("Summer"),
        Season.autumn: _l("Autumn"),
        Season.winter: _l("Winter"),
    },
)
words.say(
    InjuryRefusal,
    {
        InjuryRefusal.long_ago: _l("This day is too long ago to be counted"),
        InjuryRefusal.to_come: _l("This day has not come yet"),
        InjuryRefusal.elsewhere: _l("This village is outside your area"),
        InjuryRefusal.there_already: _l(
            "One of this day, village, cause and age is recorded already: is it another child?"
        ),
        InjuryRefusal.struck_already: _l("It was struck out already."),
    },
)
words.say(
    Water,
    {
        Water.pond: _l("Pond"),
        Water.river: _l("River or canal"),
        Water.reservoir: _l("Reservoir"),
        Water.well: _l("Well or tank"),
        Water.pit: _l("Pit or building site"),
    },
)
words.say(
    HazardRefusal,
    {
        HazardRefusal.elsewhere: _l("This village is outside your area"),
        HazardRefusal.point_half: _l("A point needs latitude and longitude"),
        HazardRefusal.point_outside: _l("This point lies too far from the village"),
        HazardRefusal.no_keeper: _l("They are not responsible for this village: choose another"),
        HazardRefusal.gone_already: _l("It is off the list already."),
    },
)
