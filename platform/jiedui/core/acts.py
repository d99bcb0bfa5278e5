"""The closed vocabulary of the record: what can be done here, and what each entry must say.

The value is what stands in the record for good; it is data and is never translated there. The
set after it names the details an entry must carry: field names, codes and ids, never values.
"""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """Every act that is recorded."""

    # access
    account_invited = "account.invited"
    account_activated = "account.activated"
    account_changed = "account.changed"
    account_disabled = "account.disabled"
    account_enabled = "account.enabled"
    account_linked = "account.new link"
    account_role_given = "account.role given"
    account_role_ended = "account.role ended"
    account_work_handed_over = "account.work handed over"
    account_unit_joined = "account.unit joined"
    deputy_named = "deputy.named"
    deputy_ended = "deputy.ended"
    letters_chosen = "letters.chosen"
    letter_address_asked = "letters.address asked"
    letter_address_confirmed = "letters.address confirmed"
    letter_address_forgotten = "letters.address forgotten"
    letter_tried_again = "letters.tried again"
    signed_in = "signed in"
    signed_out = "signed out"
    sign_in_refused = "sign-in refused"
    act_refused = "act refused"
    password_changed = "password changed"  # noqa: S105
    second_factor_set = "second factor set"
    second_factor_cleared = "second factor cleared"
    code_card_made = "code card.made"
    code_card_used = "code card.used"
    phone_remembered = "phone.remembered"
    phone_opened = "phone.opened"
    phone_forgotten = "phone.forgotten"
    signed_out_everywhere = "signed out everywhere"
    password_confirmed = "password confirmed"  # noqa: S105
    county_started = "county.started"
    county_setting_changed = "county.setting changed"
    # partners
    unit_registered = "unit.registered"
    unit_changed = "unit.changed"
    place_registered = "place.registered"
    place_changed = "place.changed"
    # protection
    report_received = "report.received"
    report_read = "report.read"
    report_handled = "report.handled"
    report_helper_named = "report.helper named"
    feedback_received = "feedback.received"
    feedback_answered = "feedback.answered"
    feedback_read = "feedback.read"
    # children
    child_registered = "child.registered"
    child_changed = "child.changed"
    child_checked = "child.checked"
    child_closed = "child.closed"
    child_read = "child.read"
    child_revealed = "child.revealed"
    files_joined = "child.files joined"
    files_parted = "child.files parted"
    files_two = "child.files two"
    consent_recorded = "consent.recorded"
    consent_withdrawn = "consent.withdrawn"
    consent_link_made = "consent.link made"
    child_view_recorded = "child.view recorded"
    child_risk_moved = "child.risk moved"
    # care
    visit_made = "visit.made"
    visit_corrected = "visit.corrected"
    visit_level_settled = "visit.level settled"
    house_read = "household.read"
    screening_marked = "screening.marked"
    screening_counted = "screening.counted"
    walk_arranged = "walk.arranged"
    guardianship_moved = "guardianship.moved"
    talk_recorded = "departure talk.recorded"
    entrustment_drafted = "entrustment.drafted"
    entrustment_changed = "entrustment.changed"
    entrustment_moved = "entrustment.moved"
    entrustment_told = "entrustment.told"
    entrustment_read = "entrustment.read"
    national_returned = "national.returned"
    national_return_agreed = "national.return agreed"
    national_return_fetched = "national.return fetched"
    national_answered = "national.answered"
    hours_told = "hours.told"
    hours_told_agreed = "hours.told agreed"
    hours_told_fetched = "hours.told fetched"
    hours_told_answered = "hours.told answered"
    export_asked = "export.asked"
    export_approved = "export.approved"
    export_rejected = "export.rejected"
    export_fetched = "export.fetched"
    export_expired = "export.expired"
    # sheets that come in
    sheet_uploaded = "sheet.uploaded"
    sheet_checked = "sheet.checked"
    sheet_row_changed = "sheet.row changed"
    sheet_taken = "sheet.taken"
    sheet_dropped = "sheet.dropped"
    sheet_read = "sheet.read"
    # helpers
    helper_registered = "helper.registered"
    helper_changed = "helper.changed"
    helper_vetted = "helper.vetted"
    helper_withdrawn = "helper.withdrawn"
    helper_suspended = "helper.suspended"
    helper_restored = "helper.restored"
    helper_read = "helper.read"
    record_checks_sent = "record checks.sent"
    record_checks_printed = "record checks.printed"
    record_checks_replied = "record checks.replied"
    record_checks_missed = "record checks.missed"
    # needs
    need_raised = "need.raised"
    need_read = "need.read"
    need_changed = "need.changed"
    need_urgency_confirmed = "need.urgency confirmed"
    need_closed = "need.closed"
    # pairings
    round_started = "round.started"
    round_solved = "round.solved"
    round_failed = "round.failed"
    round_published = "round.published"
    round_dropped = "round.dropped"
    scoring_asked = "scoring.asked"
    scoring_learned = "scoring.learned"
    scoring_failed = "scoring.failed"
    scoring_switched = "scoring.switched"
    suggestion_changed = "suggestion.changed"
    pair_nominated = "pair.nominated"
    willing_marked = "willing.marked"
    ranking_asked = "ranking.asked"
    pairing_moved = "pairing.moved"
    pairing_read = "pairing.read"
    call_made = "call.made"
    # following up
    follow_up_recorded = "follow-up.recorded"
    clock_told = "clock.told"
    stop_key_made = "stop key.made"
    family_stopped = "family.stopped"
    # contact
    agreement_drafted = "agreement.drafted"
    agreement_agreed = "agreement.agreed"
    agreement_moved = "agreement.moved"
    agreement_link_made = "agreement.link made"
    agreement_read = "agreement.read"
    plan_made = "plan.made"
    plan_moved = "plan.moved"
    plan_cancelled = "plan.cancelled"
    plan_settled = "plan.settled"
    plan_told = "plan.told"
    plan_read = "plan.read"
    substitute_asked = "substitute.asked"
    substitute_answered = "substitute.answered"
    substitute_ended = "substitute.ended"
    school_dates_set = "school dates.set"
    school_dates_ended = "school dates.ended"
    calendar_feed_made = "calendar feed.made"
    calendar_feed_ended = "calendar feed.ended"
    badge_issued = "badge.issued"
    badge_ended = "badge.ended"
    # activities
    season_opened = "season.opened"
    season_changed = "season.changed"
    season_joined = "season.joined"
    season_settled = "season.settled"
    season_online_answered = "season.online answered"
    class_planned = "class.planned"
    class_helpers_put = "class.helpers put"
    class_helper_left = "class.helper left"
    class_seat_given = "class.seat given"
    class_seat_left = "class.seat left"
    class_list_read = "class.list read"
    class_list_told = "class.list told"
    class_list_confirmed = "class.list confirmed"
    # hours
    session_logged = "session.logged"
    session_corrected = "session.corrected"
    session_verified = "session.verified"
    session_disputed = "session.disputed"
    session_withdrawn = "session.withdrawn"
    session_released = "session.released"
    session_held = "session.held"
    session_objected = "session.objected"
    session_answered = "session.answered"
    session_code_wrong = "session.code wrong"
    strip_printed = "code strip.printed"
    place_arrived = "place.arrived"
    place_left = "place.left"
    place_stay_dropped = "place.stay dropped"
    hours_imported = "hours.imported"
    certificate_issued = "certificate.issued"
    counselling_noted = "counselling.noted"
    counselling_read = "counselling.read"
    counsellor_named = "counsellor.named"
    counsellor_ended = "counsellor.ended"
    referral_sent = "referral.sent"
    referral_moved = "referral.moved"
    referral_read = "referral.read"
    referral_printed = "referral.printed"
    referral_overdue = "referral.overdue"
    crisis_flagged = "crisis.flagged"
    pupils_screened = "pupils.screened"
    pupil_screening_read = "pupil_screening.read"
    psychology_teacher_entered = "psychology_teacher.entered"
    psychology_teacher_left = "psychology_teacher.left"
    expert_visit_entered = "expert_visit.entered"
    school_roll_said = "school_roll.said"
    star_applied = "star.applied"
    star_published = "star.published"
    star_refused = "star.refused"
    star_granted = "star.granted"
    certificate_replaced = "certificate.replaced"
    certificate_revoked = "certificate.revoked"
    # care
    review_opened = "review.opened"
    review_confirmed = "review.confirmed"
    review_signed = "review.signed"
    review_corrected = "review.corrected"
    # care: support
    support_moved = "support.moved"
    support_standard_set = "support.standard set"
    absence_reported = "absence.reported"
    absence_ended = "absence.ended"
    # files
    upload_kept = "upload.kept"
    upload_read = "upload.read"
    request_taken = "request.taken"
    request_read = "request.read"
    request_answered = "request.answered"
    request_copied = "request.copied"
    file_access_asked = "file access.asked"
    file_access_opened = "file access.opened"
    file_access_refused = "file access.refused"
    file_access_ended = "file access.ended"
    # how long things are kept
    hold_set = "child.hold set"
    hold_lifted = "child.hold lifted"
    child_deidentified = "child.identity cleared"
    helper_deidentified = "helper.identity cleared"
    account_deidentified = "account.identity cleared"
    retention_begun = "retention.begun"
    retention_term_set = "retention.term set"
    retention_run = "retention.run"
    # what the law asks of the whole house
    breach_letters_made = "breach.letters made"


DETAILS: dict[Act, frozenset[str]] = {
    Act.account_changed: frozenset({"fields"}),
    Act.agreement_agreed: frozenset({"party", "means"}),
    Act.agreement_moved: frozenset({"old", "new"}),
    Act.plan_made: frozenset({"planned", "left_out"}),
    Act.plan_cancelled: frozenset({"reason"}),
    Act.substitute_answered: frozenset({"answer"}),
    Act.school_dates_set: frozenset({"kind"}),
    Act.season_joined: frozenset({"count"}),
    Act.season_online_answered: frozenset({"yes"}),
    Act.class_helpers_put: frozenset({"count"}),
    Act.account_role_given: frozenset({"role"}),
    Act.account_role_ended: frozenset({"role"}),
    Act.account_work_handed_over: frozenset({"to_account"}),
    Act.sign_in_refused: frozenset({"why"}),
    Act.act_refused: frozenset({"permission"}),
    Act.code_card_used: frozenset({"left"}),
    Act.letters_chosen: frozenset({"way", "pace"}),
    Act.letter_tried_again: frozenset({"way"}),
    Act.phone_forgotten: frozenset({"why"}),
    Act.child_changed: frozenset({"fields"}),
    Act.child_closed: frozenset({"reason"}),
    Act.child_revealed: frozenset({"field", "reason"}),
    Act.files_joined: frozenset({"double"}),
    Act.files_parted: frozenset({"double"}),
    Act.files_two: frozenset({"other"}),
    Act.consent_recorded: frozenset({"purpose", "means", "answer"}),
    Act.consent_withdrawn: frozenset({"purpose", "means"}),
    Act.child_view_recorded: frozenset({"purpose", "answer"}),
    Act.child_risk_moved: frozenset({"old", "new"}),
    Act.visit_made: frozenset({"outcome"}),
    Act.visit_corrected: frozenset({"outcome", "corrects"}),
    Act.visit_level_settled: frozenset({"lowered"}),
    Act.screening_marked: frozenset({"outcome"}),
    Act.guardianship_moved: frozenset({"old", "new", "ground"}),
    Act.talk_recorded: frozenset({"option"}),
    Act.entrustment_changed: frozenset({"fields"}),
    Act.entrustment_moved: frozenset({"old", "new"}),
    Act.entrustment_told: frozenset({"whom"}),
    Act.national_returned: frozenset({"count"}),
    Act.national_return_agreed: frozenset({"count"}),
    Act.national_answered: frozenset({"answer"}),
    Act.hours_told: frozenset({"count"}),
    Act.hours_told_agreed: frozenset({"count"}),
    Act.hours_told_answered: frozenset({"answer"}),
    Act.export_asked: frozenset({"reason", "rows"}),
    Act.export_approved: frozenset({"rows"}),
    Act.export_fetched: frozenset({"reason", "rows"}),
    Act.sheet_uploaded: frozenset({"kind"}),
    Act.sheet_row_changed: frozenset({"fields", "line"}),
    Act.sheet_taken: frozenset({"kind", "without_faulty"}),
    Act.helper_changed: frozenset({"fields"}),
    Act.helper_vetted: frozenset({"gate", "outcome"}),
    Act.need_closed: frozenset({"reason"}),
    Act.suggestion_changed: frozenset({"change"}),
    Act.pairing_moved: frozenset({"old", "new"}),
    Act.scoring_switched: frozenset({"on"}),
    Act.call_made: frozenset({"outcome"}),
    Act.follow_up_recorded: frozenset({"voice"}),
    Act.clock_told: frozenset({"step"}),
    Act.family_stopped: frozenset({"who", "via"}),
    Act.review_opened: frozenset({"quarter"}),
    Act.review_confirmed: frozenset({"quarter", "at_once"}),
    Act.review_signed: frozenset({"quarter"}),
    Act.support_moved: frozenset({"code", "old", "new"}),
    Act.support_standard_set: frozenset({"code", "starts"}),
    Act.absence_ended: frozenset({"how"}),
    Act.referral_sent: frozenset({"source"}),
    Act.referral_moved: frozenset({"level", "old", "new"}),
    Act.session_corrected: frozenset({"corrects"}),
    Act.session_disputed: frozenset({"reason"}),
    Act.star_refused: frozenset({"reason"}),
    Act.session_held: frozenset({"reason"}),
    Act.session_answered: frozenset({"upheld"}),
    Act.request_taken: frozenset({"asked"}),
    Act.request_answered: frozenset({"outcome"}),
    Act.file_access_asked: frozenset({"reason", "days"}),
    Act.file_access_opened: frozenset({"child", "days"}),
    Act.file_access_refused: frozenset({"child"}),
    Act.file_access_ended: frozenset({"child"}),
    Act.hold_set: frozenset({"reason"}),
    Act.child_deidentified: frozenset({"ground"}),
    Act.retention_term_set: frozenset({"data", "amount", "from"}),
    Act.retention_run: frozenset({"cleared"}),
    Act.breach_letters_made: frozenset({"kinds"}),
    Act.hours_imported: frozenset({"minutes"}),
}
