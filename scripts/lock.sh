#!/bin/sh
# Write the lock files from pyproject.toml: versions and hashes for every platform, no addresses. UPGRADE=1 takes the newest versions.
set -eu
for extra in "" dev; do
    file=requirements${extra:+-$extra}.lock
    .venv/bin/uv pip compile pyproject.toml ${extra:+--extra $extra} ${UPGRADE:+--upgrade} --universal --python-version 3.11 \
        --generate-hashes --no-annotate --no-header --no-emit-index-url --quiet --output-file "$file"
done
