-- For the job that erases organizations 30 days after they were deleted.
create index organization_by_deletion on organization (deleted_at) where deleted_at is not null;

-- Without it, letting go of one organization would read every session there is, twice.
create index auth_session_by_organization on auth_session (organization_id) where organization_id is not null;
