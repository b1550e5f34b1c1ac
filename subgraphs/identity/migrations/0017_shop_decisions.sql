insert into permission (name, description) values
  ('commerce:shops.decide', 'Let shops in, stop them, and see those that are not open.');

insert into role_permission (role, permission) values
  ('SUPER_ADMIN', 'commerce:shops.decide'),
  ('SUPPORT', 'commerce:shops.decide');
