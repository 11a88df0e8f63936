#!/bin/sh
# Creates the buckets that MINIO_ENDPOINT lacks; what is there stays as it is.
cd "$(dirname "$0")/.." || exit 1
exec ./bin/azt3knet storage setup "$@"
