#!/bin/sh
# Pins requirements.lock and requirements-dev.lock with hashes, naming no index host.
# argostranslate is added by itself: its own dependencies would bring stanza, spaCy and torch.
set -eu
compile() {
    pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options "$@"
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat requirements.in | grep -v '^#' | grep -v '^argostranslate' >"$work/run.in"
compile --output-file "$work/run.lock" pyproject.toml "$work/run.in"
pip download --quiet --no-deps --dest "$work" "$(grep '^argostranslate' requirements.in)"
argos=$(basename "$work"/argostranslate-*.whl)
version=$(echo "$argos" | cut -d- -f2)
hash=$(sha256sum "$work/$argos" | cut -d' ' -f1)
{
    echo "# Made by 'make lock' from pyproject.toml and requirements.in; install with --no-deps --require-hashes."
    printf 'argostranslate==%s \\\n    --hash=sha256:%s\n' "$version" "$hash"
    cat "$work/run.lock"
} >requirements.lock

compile --output-file "$work/dev.lock" --constraint "$work/run.lock" requirements-dev.in
{
    echo "# Made by 'make lock' from requirements-dev.in; on top of requirements.lock."
    cat "$work/dev.lock"
} >requirements-dev.lock
