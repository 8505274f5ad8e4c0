#!/bin/sh
# Make .venv, the one environment of this repository, unless it is there and up to date.
#
#   sh scripts/environment.sh                     with the first Python that will do
#   PYTHON=python3.12 sh scripts/environment.sh   with this one and no other
#
# .venv/.ready is written last and holds a fingerprint of what the environment was made from:
# an interrupted or outdated environment is made again, a good one is left alone. Nothing is
# installed anywhere else.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
cd "$root"

# Settings of another environment must not decide what happens in this one.
unset PYTHONHOME PYTHONPATH PIP_TARGET PIP_PREFIX PIP_ROOT
export PIP_USER=0 PIP_REQUIRE_VIRTUALENV=1 PIP_DISABLE_PIP_VERSION_CHECK=1
PATH=":$PATH:"
case $PATH in
    *":$root/.venv/bin:"*) PATH=${PATH%%":$root/.venv/bin:"*}:${PATH#*":$root/.venv/bin:"} ;;
esac
PATH=${PATH#:}
PATH=${PATH%:}

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

# version PYTHON: three numbers, or nothing where it does not run.
version() {
    "$1" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null || :
}

is_new_enough() {
    case $1 in
        3.1[1-9].* | 3.[2-9][0-9].*) return 0 ;;
        *) return 1 ;;
    esac
}

can_make_environments() {
    "$1" -m ensurepip --version >/dev/null 2>&1 && "$1" -c 'import venv' >/dev/null 2>&1
}

# fingerprint PYTHON: of its version, this folder and the files that name the packages.
fingerprint() {
    "$1" -c '
import hashlib, os, sys
made_from = [sys.version_info[:3], os.getcwd()]
for name in ("pyproject.toml", "constraints.txt"):
    with open(name, "rb") as file:
        made_from.append(file.read())
print(hashlib.sha256(repr(made_from).encode()).hexdigest())
' 2>/dev/null
}

is_ready() {
    [ -x .venv/bin/python ] || return 1
    wanted=$(fingerprint "${PYTHON:-.venv/bin/python}") || return 1
    [ "$(cat .venv/.ready 2>/dev/null)" = "$wanted" ]
}

# choose_python CANDIDATE...: sets python and python_version, or stops with a sentence.
choose_python() {
    too_old='' lacking=''
    for candidate; do
        candidate_version=$(version "$candidate")
        if ! is_new_enough "$candidate_version"; then
            too_old=${too_old:-$candidate_version}
        elif can_make_environments "$candidate"; then
            python=$candidate python_version=$candidate_version
            return
        elif [ -z "$lacking" ]; then
            lacking=$candidate lacking_version=$candidate_version
        fi
    done
    if [ -n "$lacking" ]; then
        stop "$lacking (Python $lacking_version) cannot make an environment: its venv or ensurepip module is missing." \
            "On Debian and Ubuntu, install it with:  sudo apt install python${lacking_version%.*}-venv  (or python3-venv)." \
            "Elsewhere, install a complete Python 3.11 or newer. Nothing was made."
    fi
    [ -z "$too_old" ] || too_old=" What is here is Python $too_old."
    if [ -n "${PYTHON:-}" ]; then
        stop "PYTHON names $PYTHON, which is not a Python 3.11 or newer that runs.$too_old Nothing was made."
    fi
    stop "ehcp-audit needs Python 3.11 or newer, and none was found.$too_old" \
        "Install one, or name it:  make PYTHON=/path/to/python3 run. Nothing was made."
}

# Runs on every way out until the environment is finished.
remove_unfinished() {
    rm -rf .venv
    printf '%s\n' "The environment was not finished and has been removed; nothing else was touched." >&2
}

make_environment() {
    printf '%s\n' "Making .venv with Python $python_version. This happens once and takes a minute or two."
    trap remove_unfinished EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    rm -rf .venv
    "$python" -m venv .venv || stop "$python could not make an environment here: see the lines above."
    # The build back end comes first, at the version that was tested, so that installing this
    # project fetches no other.
    if ! { .venv/bin/python -m pip install --quiet -c constraints.txt hatchling &&
        .venv/bin/python -m pip install --quiet -c constraints.txt --no-build-isolation -e '.[dev]'; }; then
        stop "The packages could not be installed: see the lines above." \
            "This first time needs a package index, over the network or a mirror that pip knows; after it, nothing does."
    fi
    fingerprint .venv/bin/python >.venv/.ready.unfinished
    mv .venv/.ready.unfinished .venv/.ready
    trap - EXIT HUP INT TERM
}

is_ready && exit 0
if [ -n "${PYTHON:-}" ]; then
    choose_python "$PYTHON"
else
    choose_python python3 python3.14 python3.13 python3.12 python3.11
fi
make_environment
