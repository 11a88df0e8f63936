#!/bin/sh
# Makes what a checkout needs to run: .env, the database, secrets. What is there stays as it is; see --help.
cd "$(dirname "$0")/.." || exit 1
exec ./bin/azt3knet bootstrap "$@"
