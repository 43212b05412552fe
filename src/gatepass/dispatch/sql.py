"""The constant SQL of dispatch: the database's own guard over approvals."""

from typing import Final

APPROVAL_GUARD: Final = """
create or replace function dispatch_guard_approval() returns trigger language plpgsql as $$
declare
    noticed dispatch_notice%rowtype;
    people uuid[] := array_remove(array[new.person, new.represented], null);
begin
    select * into noticed from dispatch_notice where id = new.notice_id for no key update;
    if new.version <> noticed.version or new.digest <> noticed.digest then
        raise exception 'an approval binds the present version'
            using errcode = 'integrity_constraint_violation', constraint = 'approval_of_this_version';
    end if;
    if noticed.written_by = any(people) or noticed.written_for = any(people) or exists (
        select from dispatch_noticeversion v
        where v.notice_id = new.notice_id and (v.written_by = any(people) or v.written_for = any(people))
    ) then  -- of any version: what somebody else rewrote is still his
        raise exception 'nobody approves what he wrote'
            using errcode = 'integrity_constraint_violation', constraint = 'approval_not_by_writer';
    end if;
    if exists (
        select from dispatch_approval a
        where a.notice_id = new.notice_id and a.version = new.version and a.side <> new.side
          and (a.person = any(people) or a.represented = any(people))
    ) then
        raise exception 'one person cannot give both approvals'
            using errcode = 'integrity_constraint_violation', constraint = 'two_people_approve';
    end if;
    return new;
end
$$;

create or replace trigger guard_approval before insert on dispatch_approval
    for each row execute function dispatch_guard_approval()
"""
NO_APPROVAL_GUARD: Final = """
drop trigger guard_approval on dispatch_approval;
drop function dispatch_guard_approval()
"""
