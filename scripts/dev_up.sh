#!/bin/sh
# Starts the containers of infra/docker/docker-compose.yml in the background: all, or the services that are named.
#   scripts/dev_up.sh
#   scripts/dev_up.sh postgres redis ollama
cd "$(dirname "$0")/.." || exit 1
[ -f infra/docker/.env ] || cp infra/docker/.env.example infra/docker/.env || exit 1
exec docker compose up --detach --build "$@"
