-- An organization has an owner for as long as it lives. The use-cases see to it under a lock; this is what holds when
-- one of them forgets, or when somebody works on the tables by hand.
--
-- A trigger, because no constraint of one row can say it. It runs at the end of the transaction, so that ownership can
-- be handed over in any order, and as the owner of the tables, because row-level security would hide other owners.
create function keep_an_owner() returns trigger
language plpgsql security definer set search_path from current as $$
begin
  -- The lock makes two demotions take turns: whoever comes second sees what the first one did.
  perform from organization where id = old.organization_id and deleted_at is null for update;
  if found and not exists (
    select from membership where organization_id = old.organization_id and role = 'OWNER'
  ) then
    raise exception 'organization % would be left without an owner', old.organization_id
      using errcode = 'check_violation', constraint = 'organization_has_an_owner';
  end if;
  return null;
end $$;

create constraint trigger organization_has_an_owner
after delete or update of role, organization_id on membership
deferrable initially deferred
for each row when (old.role = 'OWNER')
execute function keep_an_owner();

-- For the list of members, in the order they joined.
create index membership_by_joining on membership (organization_id, created_at, id);
