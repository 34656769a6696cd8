#!/bin/sh
# Run once by the PostgreSQL image, as its administrator. roles.env sets REGISTRY_PASSWORD and VAULT_PASSWORD.
set -eu
. /run/secrets/roles
psql -v ON_ERROR_STOP=1 -U postgres -v registry_password="$REGISTRY_PASSWORD" -v vault_password="$VAULT_PASSWORD" -f /roles.sql
