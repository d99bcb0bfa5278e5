"""Words for units and places."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.partners.rules import PartnerRefusal, PlaceKind, UnitKind

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
        PartnerRefusal.point_outside: _l("This coordinate lies far from the village: please check"),
    },
)
