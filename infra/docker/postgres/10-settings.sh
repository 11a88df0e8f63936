#!/bin/sh
# Runs once, when the volume is made: what the server should have, and what it offers.
set -eu

sql() {
  psql --set ON_ERROR_STOP=1 --no-psqlrc --tuples-only --no-align \
    --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --command "$1"
}

echo "shared_buffers = '${POSTGRES_SHARED_BUFFERS:-256MB}'" >> "$PGDATA/postgresql.conf"

# Azt3kNet needs no extension; these are there for those who work on its database.
if [ "$(sql "SELECT count(*) FROM pg_available_extensions WHERE name = 'vector'")" = 1 ]; then
  sql 'CREATE EXTENSION IF NOT EXISTS vector'
fi
if [ "${POSTGRES_ENABLE_TIMESCALEDB:-false}" = true ]; then
  sql 'CREATE EXTENSION IF NOT EXISTS timescaledb'
fi
