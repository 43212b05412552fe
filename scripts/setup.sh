#!/bin/sh
# Install what a lock file lists, and this program itself, into the virtual environment. Needs Python 3.11 or newer, nothing else.
#   PYTHON=python3 VENV=.venv sh scripts/setup.sh requirements.lock
set -eu
lock=$1
python=$VENV/bin/python

new_enough() { command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

if ! new_enough "$python"; then
    chosen=
    for candidate in "$PYTHON" python3.14 python3.13 python3.12 python3.11; do
        if new_enough "$candidate"; then chosen=$candidate; break; fi
    done
    if [ -z "$chosen" ]; then
        echo "需要 Python 3.11 或更新的版本。 Gatepass needs Python 3.11 or newer: make PYTHON=/path/to/python" >&2
        exit 1
    fi
    "$chosen" -m venv --clear "$VENV"
fi

# uv is quick; where it cannot be had, pip does the same from the same lock file.
[ -x "$VENV/bin/uv" ] || "$python" -m pip install --quiet --disable-pip-version-check "uv>=0.9" || true
echo "安装 Installing $lock"
if [ -x "$VENV/bin/uv" ]; then
    install="$VENV/bin/uv pip install --quiet --python $python"
else
    install="$python -m pip install --quiet --disable-pip-version-check"
fi
$install --require-hashes -r "$lock"
$install --no-deps --editable .
