"""Words for children: categories, school, levels, consent, and every refusal."""

from jiedui.children.rules import (
    Answer,
    AskedHow,
    Category,
    ChildRefusal,
    ChildState,
    CloseReason,
    ConsentWay,
    Masked,
    Means,
    Purpose,
    Relation,
    RevealReason,
    RiskLevel,
    SchoolStage,
    ViewSaid,
)
from jiedui.core import words
from jiedui.core.i18n import lazy_gettext as _l

words.say(
    Category,
    {
        Category.left_behind: _l("Left-behind child"),
        Category.orphan: _l("Orphan"),
        Category.de_facto_unattended: _l("Child de facto without support"),
        Category.disabled: _l("Child with a disability"),
        Category.minimum_allowance: _l("Minimum-allowance household"),
        Category.destitution_support: _l("Destitution support"),
        Category.seriously_ill: _l("Seriously ill child"),
        Category.other_hardship: _l("Other hardship"),
    },
)
words.say(
    SchoolStage,
    {
        SchoolStage.not_yet: _l("Not at school yet"),
        SchoolStage.kindergarten: _l("Kindergarten"),
        SchoolStage.primary_1: _l("Primary, year 1"),
        SchoolStage.primary_2: _l("Primary, year 2"),
        SchoolStage.primary_3: _l("Primary, year 3"),
        SchoolStage.primary_4: _l("Primary, year 4"),
        SchoolStage.primary_5: _l("Primary, year 5"),
        SchoolStage.primary_6: _l("Primary, year 6"),
        SchoolStage.junior_1: _l("Junior secondary, year 1"),
        SchoolStage.junior_2: _l("Junior secondary, year 2"),
        SchoolStage.junior_3: _l("Junior secondary, year 3"),
        SchoolStage.senior: _l("Senior secondary"),
        SchoolStage.vocational: _l("Vocational school"),
        SchoolStage.out_of_school: _l("Not attending school"),
    },
)
words.say(
    RiskLevel,
    {
        RiskLevel.red: _l("Red: high risk"),
        RiskLevel.yellow: _l("Yellow: raised risk"),
        RiskLevel.blue: _l("Blue: some risk"),
        RiskLevel.green: _l("Green: low risk"),
    },
)
words.say(ChildState, {ChildState.open: _l("On file"), ChildState.closed: _l("No longer on file")})
words.say(
    CloseReason,
    {
        CloseReason.turned_18: _l("Turned 18"),
        CloseReason.parent_returned: _l("A parent has come back"),
        CloseReason.moved_with_parents: _l("Moved to the parents"),
        CloseReason.family_improved: _l("The family's situation has improved"),
        CloseReason.adopted: _l("Adopted"),
        CloseReason.died: _l("Died"),
        CloseReason.doubled_file: _l("A second file of the same child"),
        CloseReason.entered_wrongly: _l("Entered by mistake"),
        CloseReason.moved_away: _l("Moved out of the county"),
    },
)
words.say(
    Relation,
    {
        Relation.father: _l("Father"),
        Relation.mother: _l("Mother"),
        Relation.grandfather: _l("Grandfather"),
        Relation.grandmother: _l("Grandmother"),
        Relation.uncle_or_aunt: _l("Uncle or aunt"),
        Relation.sibling: _l("Brother or sister"),
        Relation.other_relative: _l("Another relative"),
        Relation.neighbour: _l("Neighbour"),
        Relation.other: _l("Somebody else"),
    },
)
words.say(
    Purpose,
    {
        Purpose.matching: _l("To look for somebody suitable"),
        Purpose.pairing: _l("This one person"),
        Purpose.activity: _l("This one class"),
    },
)
words.say(
    Means,
    {
        Means.paper: _l("Signed on paper"),
        Means.telephone: _l("By telephone"),
        Means.link: _l("By link"),
        Means.spoken: _l("Face to face"),
    },
)
words.say(Answer, {Answer.yes: _l("Yes"), Answer.no: _l("No")})
words.say(
    ConsentWay,
    {
        ConsentWay.paper: _l("Signed on paper"),
        ConsentWay.telephone: _l("By telephone"),
        ConsentWay.link: _l("Send a link"),
        ConsentWay.not_yet: _l("Not asked yet"),
        ConsentWay.refused: _l("The guardian says no"),
    },
)
words.say(
    ViewSaid,
    {
        ViewSaid.yes: _l("The child says yes"),
        ViewSaid.no: _l("The child says no"),
        ViewSaid.not_yet: _l("Not asked yet"),
    },
)
words.say(
    AskedHow,
    {
        AskedHow.alone: _l("Alone"),
        AskedHow.same_sex_worker: _l("By a worker of the same sex"),
    },
)
words.say(Masked, {Masked.id_number: _l("ID number"), Masked.name: _l("Name")})
words.say(
    RevealReason,
    {
        RevealReason.duty_visit: _l("A visit on duty"),
        RevealReason.medical: _l("Medical care"),
        RevealReason.school: _l("School matters"),
        RevealReason.entitlement: _l("Allowances and subsidies"),
        RevealReason.protection: _l("Protection of the child"),
    },
)
words.say(
    ChildRefusal,
    {
        ChildRefusal.over_18: _l("This person is 18 or older: the file is for minors"),
        ChildRefusal.in_future: _l("This birth date lies in the future"),
        ChildRefusal.birth_date_differs: _l("The ID number says another birth date"),
        ChildRefusal.sex_differs: _l("The ID number says the other sex"),
        ChildRefusal.village_outside: _l("This village is outside your area"),
        ChildRefusal.known_already: _l("There is a file with this ID number already"),
        ChildRefusal.maybe_known: _l(
            "There is a child of the same name and birth date: please look whether it is this one"
        ),
        ChildRefusal.guardian_missing: _l("Please say who the guardian is"),
        ChildRefusal.carer_missing: _l(
            "The guardian is away: please say who looks after the child day by day"
        ),
        ChildRefusal.school_missing: _l("Your school is not in the list of places yet"),
        ChildRefusal.grade_missing: _l(
            "Please choose the kind of disability and its grade, or neither"
        ),
        ChildRefusal.supervisor_lowers: _l(
            "Only the township's supervisor lowers a level; propose it at a visit"
        ),
        ChildRefusal.visit_missing: _l(
            "A level is lowered after a visit that has seen the child since it was set"
        ),
        ChildRefusal.file_closed: _l("This file is closed"),
        ChildRefusal.checked_by_self: _l(
            "Who entered a file, or brought it in a sheet, does not check it"
        ),
        ChildRefusal.checked_already: _l("This file has been checked already"),
        ChildRefusal.consent_closed: _l("This consent has been taken back already"),
        ChildRefusal.not_a_guardian: _l("Only a guardian can consent"),
        ChildRefusal.given_in_future: _l("This time has not come yet"),
        ChildRefusal.link_gone: _l(
            "This link no longer works: it has been used, it is older than 72 hours, "
            "or the code was wrong too often"
        ),
        ChildRefusal.code_wrong: _l(
            "The code is not right: please ask the person who called you. %(left)d tries left"
        ),
        ChildRefusal.second_person_missing: _l("Please say who listened as the second person"),
        ChildRefusal.second_person_is_self: _l("The second person is somebody other than you"),
        ChildRefusal.holder_missing: _l("Please say who holds the paper, and where"),
        ChildRefusal.number_missing: _l("Please say which number was called"),
        ChildRefusal.yes_needs_proof: _l("A yes is kept on paper, by telephone or by link"),
        ChildRefusal.nothing_ticked: _l("No file is ticked yet"),
        ChildRefusal.nothing_to_show: _l("This was never filled in"),
        ChildRefusal.identity_cleared: _l(
            "This file no longer says whose it is: its identity was cleared"
        ),
        ChildRefusal.still_open: _l("This file is open"),
        ChildRefusal.held_back: _l("The file is held back"),
        ChildRefusal.held_already: _l("The file is held back already"),
        ChildRefusal.not_held: _l("The file is not held back"),
    },
)
