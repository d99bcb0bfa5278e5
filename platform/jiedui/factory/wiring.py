"""Which rooms have pages, and who listens to which happening: two lists to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint

from jiedui.access import words as access_words
from jiedui.access.views import bp as access
from jiedui.activities import jobs as activities_jobs
from jiedui.activities import words as activities_words
from jiedui.activities.actions import following as activities_following
from jiedui.activities.views import bp as activities
from jiedui.care import jobs as care_jobs
from jiedui.care import words as care_words
from jiedui.care.actions import after_signing as care_papers
from jiedui.care.actions import support as care_support
from jiedui.care.views import bp as care
from jiedui.children import jobs as children_jobs
from jiedui.children import words as children_words
from jiedui.children.views import bp as children
from jiedui.contact import jobs as contact_jobs
from jiedui.contact import words as contact_words
from jiedui.contact.actions import following as contact_following
from jiedui.contact.views import bp as contact
from jiedui.core.happenings import (
    AnswerGiven,
    ChildClosed,
    ChildDeclined,
    ConsentWithdrawn,
    FileChanged,
    FilesJoined,
    FilesParted,
    Happening,
    HelperCapacityLowered,
    HelperCleared,
    HelperLostClearance,
    HelperReported,
    Listener,
    MeetingCalledOff,
    MeetingConfirmed,
    NeedClosed,
    SheetTaken,
)
from jiedui.counselling import jobs as counselling_jobs
from jiedui.counselling import words as counselling_words
from jiedui.counselling.actions import listening as counselling_listening
from jiedui.counselling.views import bp as counselling
from jiedui.desk import words as desk_words
from jiedui.desk.views import bp as desk
from jiedui.disclosure import words as disclosure_words
from jiedui.disclosure.views import bp as disclosure
from jiedui.donations import jobs as donations_jobs
from jiedui.donations import words as donations_words
from jiedui.donations.actions import following as donations_following
from jiedui.donations.views import bp as donations
from jiedui.files import actions as files_actions
from jiedui.files import jobs as files_jobs
from jiedui.files import words as files_words
from jiedui.files.views import bp as files
from jiedui.followup import jobs as followup_jobs
from jiedui.followup import words as followup_words
from jiedui.followup.actions import stopping as followup_stopping
from jiedui.followup.views import bp as followup
from jiedui.helpers import jobs as helpers_jobs
from jiedui.helpers import words as helpers_words
from jiedui.helpers.views import bp as helpers
from jiedui.hours import jobs as hours_jobs
from jiedui.hours import words as hours_words
from jiedui.hours.actions import classes as hours_classes
from jiedui.hours.views import bp as hours
from jiedui.intake import jobs as intake_jobs
from jiedui.intake import words as intake_words
from jiedui.intake.views import bp as intake
from jiedui.letters import actions as letters_actions
from jiedui.letters import jobs as letters_jobs
from jiedui.letters import words as letters_words
from jiedui.letters.views import bp as letters
from jiedui.needs import actions as needs_actions
from jiedui.needs import words as needs_words
from jiedui.needs.views import bp as needs
from jiedui.oversight import jobs as oversight_jobs
from jiedui.oversight import words as oversight_words
from jiedui.oversight.views import bp as oversight
from jiedui.pairings import jobs as pairings_jobs
from jiedui.pairings import words as pairings_words
from jiedui.pairings.actions import listeners as pairings_listeners
from jiedui.pairings.views import bp as pairings
from jiedui.partners import words as partners_words
from jiedui.partners.views import bp as partners
from jiedui.protection import jobs as protection_jobs
from jiedui.protection import words as protection_words
from jiedui.protection.views import bp as protection
from jiedui.regions import words as regions_words

# Importing a room's words gives its enumerations their labels.
WORDS = (
    access_words,
    activities_words,
    care_words,
    children_words,
    contact_words,
    counselling_words,
    desk_words,
    disclosure_words,
    donations_words,
    files_words,
    followup_words,
    helpers_words,
    hours_words,
    intake_words,
    letters_words,
    needs_words,
    oversight_words,
    pairings_words,
    partners_words,
    protection_words,
    regions_words,
)
BLUEPRINTS: Sequence[Blueprint] = (
    access,
    activities,
    care,
    contact,
    counselling,
    desk,
    disclosure,
    donations,
    followup,
    helpers,
    hours,
    intake,
    letters,
    oversight,
    pairings,
    partners,
    protection,
    children,
    files,
    needs,
)

# Importing a room's jobs names the functions that do them.
JOBS = (
    activities_jobs,
    care_jobs,
    children_jobs,
    contact_jobs,
    counselling_jobs,
    donations_jobs,
    files_jobs,
    followup_jobs,
    helpers_jobs,
    hours_jobs,
    intake_jobs,
    letters_jobs,
    oversight_jobs,
    pairings_jobs,
    protection_jobs,
)

LISTENERS: Mapping[type[Happening], Sequence[Listener]] = {
    AnswerGiven: (
        needs_actions.on_answer,
        activities_following.on_answer,
        pairings_listeners.on_answer,
    ),
    ChildDeclined: (followup_stopping.on_child_declined,),
    ConsentWithdrawn: (
        needs_actions.on_withdrawn,
        activities_following.on_withdrawn,
        pairings_listeners.on_consent_withdrawn,
    ),
    FileChanged: (care_support.on_file_changed,),
    SheetTaken: (care_support.on_sheet_taken,),
    ChildClosed: (
        needs_actions.on_child_closed,
        activities_following.on_child_closed,
        pairings_listeners.on_child_closed,
        donations_following.on_child_closed,
        care_papers.on_child_closed,
        files_actions.on_child_closed,
    ),
    FilesJoined: (
        pairings_listeners.on_files_joined,
        needs_actions.on_files_joined,
        activities_following.on_files_joined,
        donations_following.on_files_joined,
        files_actions.on_files_joined,
    ),
    FilesParted: (needs_actions.on_files_parted,),
    NeedClosed: (pairings_listeners.on_need_closed,),
    HelperLostClearance: (
        activities_following.on_lost_clearance,
        pairings_listeners.on_lost_clearance,
        contact_following.on_lost_clearance,
        counselling_listening.on_lost_clearance,
    ),
    HelperCleared: (pairings_listeners.on_cleared,),
    HelperCapacityLowered: (pairings_listeners.on_capacity_lowered,),
    HelperReported: (
        activities_following.on_reported,
        pairings_listeners.on_reported,
        contact_following.on_reported,
    ),
    MeetingConfirmed: (hours_classes.on_meeting_confirmed,),
    MeetingCalledOff: (hours_classes.on_meeting_called_off,),
}

# Who hears of every letter that is posted.
LETTER_LISTENERS = (letters_actions.on_posted,)
