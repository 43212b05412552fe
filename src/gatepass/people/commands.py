"""Every command of people, by the noun that it is about: accounts, links, posts, deputies, what waits to be confirmed, tokens."""

from gatepass.people.accounts import (
    add_person,
    change_password,
    change_person,
    deactivate_person,
    found_company,
    set_preferences,
)
from gatepass.people.appointments import confirm_appointment, decline_appointment
from gatepass.people.blanking import blank_person
from gatepass.people.deputies import end_deputy, name_deputy
from gatepass.people.imports import import_people
from gatepass.people.links import confirm_link, issue_link, spend_link, use_link
from gatepass.people.posts import (
    add_department,
    add_post,
    appoint_person,
    assign_post,
    change_post,
    end_assignment,
)
from gatepass.people.sign_ins import record_attempts, record_sign_in
from gatepass.people.tokens import issue_token, revoke_token

__all__ = [
    "add_department",
    "add_person",
    "add_post",
    "appoint_person",
    "assign_post",
    "blank_person",
    "change_password",
    "change_person",
    "change_post",
    "confirm_appointment",
    "confirm_link",
    "deactivate_person",
    "decline_appointment",
    "end_assignment",
    "end_deputy",
    "found_company",
    "import_people",
    "issue_link",
    "issue_token",
    "name_deputy",
    "record_attempts",
    "record_sign_in",
    "revoke_token",
    "set_preferences",
    "spend_link",
    "use_link",
]
