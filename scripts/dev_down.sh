#!/bin/sh
# Stops and removes the containers. Data stays in the volumes; `scripts/dev_down.sh --volumes` removes it too.
cd "$(dirname "$0")/.." || exit 1
exec docker compose --profile '*' down --remove-orphans "$@"
