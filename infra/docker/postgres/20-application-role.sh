#!/bin/sh
# Runs once, when the volume is made: the login that Azt3kNet works with. It may neither change the schema nor rewrite
# the audit log; the owner, POSTGRES_USER, runs the migrations.
set -eu

psql --set ON_ERROR_STOP=1 --no-psqlrc --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  --set login="$AZT3KNET_DB_USER" --set password="$AZT3KNET_DB_PASSWORD" <<'SQL'
CREATE ROLE :"login" LOGIN PASSWORD :'password';
SQL
