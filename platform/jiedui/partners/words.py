"""Words for units and places."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.partners.rules import ApplicationState, NotTaken, PartnerRefusal, PlaceKind, UnitKind

words.say(
    UnitKind,
    {
        UnitKind.department: _l("Department"),
        UnitKind.school: _l("School"),
        UnitKind.agency: _l("Social work agency"),
        UnitKind.company: _l("Company"),
        UnitKind.charity: _l("Charity"),
        UnitKind.social_organisation: _l("Social organisation"),
        UnitKind.volunteer_team: _l("Volunteer team"),
        UnitKind.village_committee: _l("Village committee"),
        UnitKind.hospital: _l("Hospital"),
    },
)
words.say(
    PlaceKind,
    {
        PlaceKind.childrens_home: _l("Children's Home"),
        PlaceKind.school: _l("School"),
        PlaceKind.youth_palace: _l("Youth palace"),
        PlaceKind.practice_centre: _l("Practice centre"),
    },
)
words.say(
    PartnerRefusal,
    {
        PartnerRefusal.credit_code_wrong: _l("This code does not add up: please check it"),
        PartnerRefusal.credit_code_taken: _l("There is a unit with this code already"),
        PartnerRefusal.place_outside: _l("This place is outside your area"),
        PartnerRefusal.name_taken: _l("There is a place of this name here already"),
        PartnerRefusal.unit_outside: _l("This unit belongs to another county"),
        PartnerRefusal.point_half: _l("Please give both degrees, or none"),
        PartnerRefusal.credit_code_needed: _l("Units of this kind have a code: please give it"),
        PartnerRefusal.applied_already: _l(
            "This unit is registered already and waits for the office, which will ring"
        ),
        PartnerRefusal.decided_already: _l("Somebody has decided on this meanwhile"),
        PartnerRefusal.paper_not_seen: _l("Please look at the unit's paper first"),
        PartnerRefusal.point_outside: _l("This coordinate lies far from the village: please check"),
    },
)
words.say(
    ApplicationState,
    {
        ApplicationState.waiting: _l("Waits for the office"),
        ApplicationState.accepted: _l("Taken in"),
        ApplicationState.refused: _l("Not taken in"),
    },
)
words.say(
    NotTaken,
    {
        NotTaken.paper_does_not_hold: _l("The paper does not agree with what was said"),
        NotTaken.not_reached: _l("Nobody could be reached at the number"),
        NotTaken.not_of_this_county: _l("Works in another county"),
        NotTaken.twice: _l("Is here already"),
        NotTaken.does_not_fit: _l("Does not fit work with children"),
    },
)
