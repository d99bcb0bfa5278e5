"""Words for school safety: what is looked at, how grave a fault is, patrols, equipment."""

from __future__ import annotations

from jiedui.activities.rules.safety import (
    Area,
    FindingState,
    Gear,
    Item,
    Mark,
    PatrolKind,
    PatrolRemark,
    SafetyRefusal,
)
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    Area,
    {
        Area.fire: _l("Fire safety"),
        Area.building: _l("Buildings and grounds"),
        Area.dormitory: _l("Dormitory"),
        Area.canteen: _l("Canteen and water"),
        Area.gate: _l("Gate and guards"),
        Area.traffic: _l("Traffic and school bus"),
        Area.surroundings: _l("Surroundings"),
        Area.rules: _l("Daily rules"),
    },
)
words.say(
    Item,
    {
        Item.exits: _l("Ways out are free and not locked"),
        Item.extinguishers: _l("Extinguishers and hydrants are there and in date"),
        Item.fire_drill: _l("A drill was held this term"),
        Item.wiring: _l("Wiring and sockets are sound"),
        Item.walls: _l("Walls, roofs and stairs are sound"),
        Item.railings: _l("Railings and windows hold"),
        Item.playground: _l("Playground and sports equipment are sound"),
        Item.night_keeper: _l("Somebody keeps watch in the dormitory at night"),
        Item.dormitory_exits: _l("Doors and windows of the dormitory open from inside"),
        Item.dormitory_power: _l("No heaters or loading cables over night"),
        Item.food_licence: _l("Licence and health certificates are valid"),
        Item.food_samples: _l("Food samples are kept for 48 hours"),
        Item.drinking_water: _l("Drinking water is tested"),
        Item.guards: _l("Guards are there with their kit"),
        Item.visitors: _l("Visitors are written down and led"),
        Item.alarm: _l("The alarm button reaches the police"),
        Item.cameras: _l("Cameras work and keep 30 days"),
        Item.crossing: _l("Crossing and signs in front of the gate"),
        Item.school_bus: _l("School bus, driver and attendant have their papers"),
        Item.pick_up: _l("Who picks a child up is known"),
        Item.shops: _l("No tobacco, alcohol or unsafe snacks are sold near by"),
        Item.net_cafes: _l("No internet café or bar within 200 metres"),
        Item.water_hazards: _l("Ponds and rivers near by have signs and fences"),
        Item.lonely_ways: _l("Lonely ways are patrolled at dismissal"),
        Item.bullying: _l("There is a group against bullying, and children know whom to tell"),
        Item.absences: _l("Who is absent is looked for the same morning"),
    },
)
words.say(
    Mark,
    {
        Mark.fine: _l("In order"),
        Mark.minor: _l("Minor: within 30 days"),
        Mark.serious: _l("Serious: within 7 days"),
        Mark.grave: _l("Grave: at once, by tomorrow"),
    },
)
words.say(
    FindingState,
    {
        FindingState.open: _l("To be put right"),
        FindingState.fixed: _l("To be looked at again"),
        FindingState.closed: _l("Settled"),
    },
)
words.say(
    PatrolKind,
    {
        PatrolKind.morning: _l("When school begins"),
        PatrolKind.dismissal: _l("When school is over"),
        PatrolKind.night: _l("Dormitory at night"),
        PatrolKind.surroundings: _l("Round the school"),
        PatrolKind.with_police: _l("Together with the police"),
    },
)
words.say(
    PatrolRemark,
    {
        PatrolRemark.nothing: _l("Nothing out of the way"),
        PatrolRemark.stranger: _l("Strangers at the gate"),
        PatrolRemark.vehicles: _l("Vehicles in the way"),
        PatrolRemark.quarrel: _l("A quarrel, settled"),
        PatrolRemark.left_school: _l("Pupils outside without leave"),
        PatrolRemark.facility: _l("Something is broken"),
        PatrolRemark.other: _l("Something else: told to the head"),
    },
)
words.say(
    Gear,
    {
        Gear.extinguisher: _l("Fire extinguishers"),
        Gear.hydrant: _l("Hydrants"),
        Gear.emergency_light: _l("Emergency lights"),
        Gear.alarm_button: _l("Alarm buttons"),
        Gear.camera: _l("Cameras"),
        Gear.guard_kit: _l("Guards' kits"),
        Gear.first_aid: _l("First-aid boxes"),
    },
)
words.say(
    SafetyRefusal,
    {
        SafetyRefusal.nothing_looked_at: _l("Please mark at least one point"),
        SafetyRefusal.words_missing: _l("Please say what is wrong"),
        SafetyRefusal.in_future: _l("This is still to come"),
        SafetyRefusal.too_long_ago: _l("This is too long ago to be entered"),
        SafetyRefusal.not_now: _l("This was done meanwhile: please look at it anew"),
        SafetyRefusal.own_work: _l("You put it right yourself: somebody else looks again"),
        SafetyRefusal.an_offices: _l("An office found this, and an office looks again"),
        SafetyRefusal.before_found: _l("This is before the fault was found"),
        SafetyRefusal.children_not_ruled_out: _l(
            "Only pictures without children are kept: look at it, then tick this"
        ),
        SafetyRefusal.pictures_enough: _l("There are three pictures already"),
    },
)
