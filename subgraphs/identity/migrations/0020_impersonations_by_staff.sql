-- To end what somebody does in others' names when they are not to do so any more.
create index auth_session_by_impersonator on auth_session (impersonator_id) where impersonator_id is not null;
