insert into permission (name, description) values
  ('commerce:categories.write', 'Make, rename, move and delete the categories of products.');

insert into role_permission (role, permission) values
  ('SUPER_ADMIN', 'commerce:categories.write');
