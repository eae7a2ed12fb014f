#!/bin/sh
# Builds the wheel so that the same tree gives the same bytes: tools/wheel.sh FOLDER PYTHON
# What would differ from machine to machine is the date (SOURCE_DATE_EPOCH), the permissions of files, and what an
# earlier build left behind; so a clean copy with plain permissions is built.
set -eu
folder=$1 python=$2
: "${SOURCE_DATE_EPOCH:?say which date the files shall have}"
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0 LC_ALL=C.UTF-8 TZ=UTC
umask 022
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
for name in aligner pyproject.toml README.md LICENSE; do cp -R "$name" "$copy/"; done
find "$copy" -name __pycache__ -type d -prune -exec rm -rf {} +
find "$copy" -type d -exec chmod 755 {} +
find "$copy" -type f -exec chmod 644 {} +
"$python" -m pip --disable-pip-version-check --quiet wheel --no-deps --no-build-isolation --wheel-dir "$folder" "$copy"
