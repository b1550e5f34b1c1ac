insert into permission (name, description) values
  ('platform:dead_letters.read', 'See which events and jobs failed for good, and why.'),
  ('platform:dead_letters.write', 'Retry, discard and restore events and jobs that failed for good.'),
  ('platform:dead_letters.payload', 'See what an event or a job that failed for good carried.');

insert into role_permission (role, permission)
select 'SUPER_ADMIN', name from permission where name like 'platform:dead\_letters.%';

insert into role_permission (role, permission) values ('SUPPORT', 'platform:dead_letters.read');

update permission set description = 'Read and retry the delivery of notifications.' where name = 'platform:operate';
