"""Which column of personal data belongs to which class. A house test holds that every sealed
column, every fingerprint of a person and every birth date stands here, and nothing else."""

from __future__ import annotations

from jiedui.oversight.rules.terms import DataClass

C = DataClass
OF: dict[DataClass, dict[str, tuple[str, ...]]] = {
    C.child_file: {
        "child": ("name", "id_number", "id_index", "birth_date"),
        "child_detail": ("registered_at", "illness"),
        "child_category": ("evidence",),
        "household": ("address",),
        "guardian": ("name", "phone", "id_number", "work_place", "birth_date"),
        "file_past": ("facts",),
        "file_merge": ("moved",),
        "file_hold": ("words",),
        "consent": ("evidence",),
        "national_copy": ("digest", "cells", "line"),
        "hours_return_row": ("reason",),
        "national_return_row": ("fields", "cells", "line", "reason"),
        "visit": ("words",),
        "departure_talk": ("note",),
        "entrustment": (
            "emergency_name",
            "emergency_phone",
            "holder",
            "witness",
            "told_school",
            "told_village",
        ),
        "material_wish": ("words",),
        "need": ("notes",),
        "pairing": ("accompanied_by",),
        "follow_up": ("words",),
        "stop_key": ("fingerprint",),
        "agreement": ("holder",),
        "service_session": ("at_place", "note"),
        "counselling_note": ("words",),
        "referral": ("words",),
        "referral_step": ("words",),
        "session_objection": ("words", "answer"),
    },
    C.paper: {
        "category_paper": ("content",),
        "place_photo": ("content",),
        "safety_photo": ("content",),
    },
    C.scan: {"entrustment_scan": ("content",), "agreement_scan": ("content",)},
    # Who never met a child is cleared sooner: helper_applied.
    C.helper_left: {
        "helper": (
            "name",
            "id_number",
            "id_index",
            "phone",
            "birth_date",
            "licence",
            "national_number",
            "about",
            "form_holder",
        ),
        "credential": ("number",),
        "imported_hours": ("what",),
        "certificate": ("document",),
        "calendar_feed": ("fingerprint",),
        "helper_picture": ("content",),
    },
    C.account: {
        "account": ("phone", "phone_index", "name", "password_hash", "totp_secret"),
        "one_time_code": ("code_index",),
        "remembered_phone": ("fingerprint", "pin_index"),
        "letter_choice": ("email", "asked_email", "code"),
    },
    C.guardian_request: {"data_request": ("words", "answer")},
    C.report: {
        "report": ("what", "where", "reporter", "answer", "reply", "place_index"),
        "protection_case": ("answer", "reply"),
        "report_file": ("content",),
        "case_step": ("officer", "number", "words"),
        "case_look": ("words",),
    },
    C.giver: {
        "gift": ("giver_name", "giver_phone"),
        "pledge": ("giver_name", "giver_phone"),
    },
    C.letter: {"duty_turn": ("phone",), "place_keeper": ("name", "phone")},
    C.opinion: {
        "feedback": ("text", "contact", "answer", "code_index"),
        "unit_application": ("contact", "phone", "wants"),
    },
    C.export: {"child_export": ("purpose", "file")},
    C.file_access: {"file_access": ("asked_for", "words", "answer")},
    C.correction: {"review_correction": ("text",)},
    C.screening: {"screening_result": ("finding",)},
    C.psychology: {"psychology_teacher": ("name",), "expert_visit": ("expert",)},
    C.sheet: {"import_batch": ("file", "heads", "fingerprint"), "import_row": ("cells",)},
    C.draft: {"draft": ("typed",)},
    C.session: {"web_session": ("data", "fingerprint")},
    C.link: {
        "consent_link": ("fingerprint", "code_fingerprint"),
        "agreement_link": ("fingerprint", "code_fingerprint"),
        "parcel_link": ("fingerprint", "code_fingerprint"),
    },
    C.access_link: {"access_link": ("fingerprint",)},
    C.sign_in: {"sign_in_try": ("phone_index", "address")},
    C.report_try: {"report_try": ("number_index", "place_index")},
}
HOLDINGS: dict[str, DataClass] = {
    f"{table}.{column}": data
    for data, tables in OF.items()
    for table, columns in tables.items()
    for column in columns
}
