#!/usr/bin/env bash
# Makes .venv with the packages of requirements.lock, by hash, and this package in it, editable.
# Run again it only adds what the lock has gained; a .venv that no longer runs (a moved folder) is made anew.
set -euo pipefail
cd "$(dirname "$0")/.."

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

if ! new_enough .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  # 3.11 first: the lock is made and the figures are measured with it.
  for python in ${PYTHON:-} python3.11 python3 python3.12 python3.13; do
    new_enough "$python" && break
    python=
  done
  if [ -z "$python" ]; then
    echo "setup: Python 3.11 or newer is needed; found $(python3 --version 2>&1 || echo none). Name one: make PYTHON=/path/to/python3.11" >&2
    exit 1
  fi
  if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
    echo "setup: $python has no venv or ensurepip; on Debian and Ubuntu install the package python3-venv, then run make again" >&2
    exit 1
  fi
  rm -rf .venv
  "$python" -m venv .venv
fi

# Twice quiet: the warnings of pip are about registries and say nothing of what was installed; errors are shown.
pip="env PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install -qq"
echo "setup: installing what requirements.lock names (the first time takes a minute or two)"
$pip --require-hashes -r requirements.lock
# The build tools come from the lock as well, so nothing unpinned is fetched.
$pip --no-deps --no-build-isolation -e .
touch .venv/.ready
