insert into permission (name, description) values
  ('commerce:books.read', 'See the payments of all shops, and whether the books agree with the payment providers.');

insert into role_permission (role, permission) values
  ('SUPER_ADMIN', 'commerce:books.read'),
  ('SUPPORT', 'commerce:books.read');
