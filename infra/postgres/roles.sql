-- Databases and roles of Pharos on a PostgreSQL of your own. Run once as an administrator, with passwords of your own:
--   psql -v registry_password=... -v vault_password=... -f infra/postgres/roles.sql
-- The vault has a database and a role of its own. Jobs and projector are given the registry's address only, and that role may
-- not even connect to the vault.
CREATE ROLE pharos_registry LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'registry_password';
CREATE ROLE pharos_vault LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'vault_password';
CREATE DATABASE pharos_registry OWNER pharos_registry;
CREATE DATABASE pharos_vault OWNER pharos_vault;
REVOKE ALL ON DATABASE pharos_registry FROM PUBLIC;
REVOKE ALL ON DATABASE pharos_vault FROM PUBLIC;
