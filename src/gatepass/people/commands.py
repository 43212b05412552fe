"""Every command of people, by the noun that it is about: accounts, posts, deputies, tokens."""

from gatepass.people.accounts import (
    add_person,
    change_password,
    change_person,
    deactivate_person,
    found_company,
    set_password,
    set_preferences,
)
from gatepass.people.deputies import end_deputy, name_deputy
from gatepass.people.imports import import_people
from gatepass.people.posts import (
    add_department,
    add_post,
    appoint_person,
    assign_post,
    change_post,
    end_assignment,
)
from gatepass.people.tokens import issue_token, revoke_token

__all__ = [
    "add_department",
    "add_person",
    "add_post",
    "appoint_person",
    "assign_post",
    "change_password",
    "change_person",
    "change_post",
    "deactivate_person",
    "end_assignment",
    "end_deputy",
    "found_company",
    "import_people",
    "issue_token",
    "name_deputy",
    "revoke_token",
    "set_password",
    "set_preferences",
]
