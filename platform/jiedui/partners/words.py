"""Words for units and places."""

from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l
from jiedui.partners.rules import (
    ApplicationState,
    NotTaken,
    PartnerRefusal,
    PlaceKind,
    PlacePart,
    PlaceUse,
    UnitKind,
)

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
        PlaceKind.shelter: _l("Shelter for minors"),
        PlaceKind.welfare_institution: _l("Children's welfare institution"),
    },
)
words.say(
    PlaceUse,
    {
        PlaceUse.companionship: _l("Companionship"),
        PlaceUse.reading: _l("Reading"),
        PlaceUse.tutoring: _l("Tutoring"),
        PlaceUse.sport: _l("Sport and play"),
        PlaceUse.culture: _l("Arts, crafts and science"),
        PlaceUse.counselling: _l("Counselling"),
        PlaceUse.parents: _l("Classes for parents and carers"),
        PlaceUse.safety: _l("Safety lessons"),
        PlaceUse.meals: _l("Meals"),
        PlaceUse.shelter: _l("A place to stay for a while"),
    },
)
words.say(
    PlacePart,
    {
        PlacePart.registered: _l("Registered"),
        PlacePart.position: _l("Name, kind or position"),
        PlacePart.uses: _l("What it is for"),
        PlacePart.slots: _l("Opening hours"),
        PlacePart.capacity: _l("Children it holds"),
        PlacePart.things: _l("What is there"),
        PlacePart.keeper: _l("Person in charge"),
        PlacePart.picture: _l("A picture more"),
        PlacePart.picture_gone: _l("A picture less"),
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
        PartnerRefusal.unit_closed: _l("This unit does not take part at present"),
        PartnerRefusal.no_member: _l("This is no member of your unit"),
        PartnerRefusal.keeper_twice: _l("Choose from the list or write a name, not both"),
        PartnerRefusal.keeper_half: _l("Please give the name and the telephone number"),
        PartnerRefusal.keeper_outside: _l("This person belongs to another place by now"),
        PartnerRefusal.thing_unread: _l(
            "Line %(line)s cannot be read: write what it is, then how many, as: Books 200"
        ),
        PartnerRefusal.children_not_ruled_out: _l(
            "Only pictures without children are kept: look at it, then tick this"
        ),
        PartnerRefusal.pictures_enough: _l("There are six pictures already: take one away first"),
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
