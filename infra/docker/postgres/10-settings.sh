#!/bin/sh
# Runs once, when the volume is made: what the server should have, and what it offers.
set -eu

conf="$PGDATA/postgresql.conf"
echo "shared_buffers = '${POSTGRES_SHARED_BUFFERS:-256MB}'" >> "$conf"
if [ -n "${TIMESCALEDB_MAX_MEMORY:-}" ] && [ "${POSTGRES_ENABLE_TIMESCALEDB:-false}" = true ]; then
  echo "timescaledb.max_memory = '$TIMESCALEDB_MAX_MEMORY'" >> "$conf"
fi

# Azt3kNet needs no extension; these are there for those who work on its database.
extension() {
  psql --set ON_ERROR_STOP=1 --no-psqlrc --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --command "CREATE EXTENSION IF NOT EXISTS $1"
}
available() {
  psql --no-psqlrc --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --tuples-only --no-align \
    --command "SELECT count(*) FROM pg_available_extensions WHERE name = '$1'"
}
if [ "$(available vector)" = 1 ]; then extension vector; fi
if [ "${POSTGRES_ENABLE_TIMESCALEDB:-false}" = true ]; then extension timescaledb; fi
