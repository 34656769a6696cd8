-- Users, profiles and quotas of Pharos on a ClickHouse of your own. Not run by any test: the engine of the tests has no users.
-- The fold makes tables and writes; insights and jobs read, and write nothing. PHAROS_CLICKHOUSE_USER names one
-- for each service: pharos_fold for the projector and commands, pharos_read for ingest and insights, pharos_jobs for jobs.
CREATE SETTINGS PROFILE IF NOT EXISTS pharos_fold SETTINGS max_execution_time = 600, max_memory_usage = 8000000000;
CREATE SETTINGS PROFILE IF NOT EXISTS pharos_read SETTINGS max_execution_time = 30, max_memory_usage = 2000000000, max_threads = 4, readonly = 2;
CREATE SETTINGS PROFILE IF NOT EXISTS pharos_jobs SETTINGS max_execution_time = 900, max_memory_usage = 8000000000, max_threads = 4, priority = 2, readonly = 2;
CREATE USER IF NOT EXISTS pharos_fold IDENTIFIED WITH sha256_password BY 'change-me' SETTINGS PROFILE 'pharos_fold';
CREATE USER IF NOT EXISTS pharos_read IDENTIFIED WITH sha256_password BY 'change-me' SETTINGS PROFILE 'pharos_read';
CREATE USER IF NOT EXISTS pharos_jobs IDENTIFIED WITH sha256_password BY 'change-me' SETTINGS PROFILE 'pharos_jobs';
GRANT ALL ON pharos.* TO pharos_fold;
GRANT ALL ON pharos_next.* TO pharos_fold;
GRANT SELECT ON pharos.* TO pharos_read, pharos_jobs;
-- Keyed by what Pharos sends with each question, the tenant (X-ClickHouse-Quota): what one district asks for does not use up another's share.
CREATE QUOTA IF NOT EXISTS pharos_tenant KEYED BY client_key FOR INTERVAL 1 minute MAX execution_time = 240 TO pharos_read;
