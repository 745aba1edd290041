#!/bin/bash
# Every product source (geo, planner, cli) compiles by itself: no include that it lacks comes from a source that a unity
# file (RELEVO_UNITY) happens to put before it. Use: tests/alone.sh BUILD_DIR [FILE...]
# BUILD_DIR was configured without RELEVO_UNITY (preset debug); nothing need be built in it. The parser of clang does this,
# a third faster than g++ and without its optimizer; what is a mistake to both is found.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=${1%/}
shift
if [ "$#" -gt 0 ]; then
  files=("$@")
else
  mapfile -t files < <(sed -nE 's/^ *"file": "(.*)",?$/\1/p' "$build/compile_commands.json" |
                       awk -v top="$PWD/" 'index($0, top) == 1 && substr($0, length(top) + 1) ~ /^(geo|planner|cli)\//' | sort -u)
fi
if [ "${#files[@]}" = 0 ] || grep -q '/Unity/unity_' "$build/compile_commands.json"; then
  echo "$build was configured with RELEVO_UNITY, or not at all: there is no source by itself in it" >&2
  exit 2
fi
printf '%s\0' "${files[@]}" |
  xargs -0 -n 1 -P "${TIDY_JOBS:-$(nproc)}" \
    clang-tidy --quiet -p "$build" --config='{}' --checks='-*,clang-diagnostic-error' --extra-arg=-w
echo "alone: ${#files[@]} sources compile by themselves"
