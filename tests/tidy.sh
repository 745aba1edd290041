#!/bin/bash
# clang-tidy over our own sources. Use: tests/tidy.sh BUILD_DIR [FILE...]
# BUILD_DIR has a compile_commands.json; without FILEs every product source (geo, planner, cli) in it is read. With
# TIDY_TESTS=1 the tests too: half an hour more, for few findings.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=$1
shift
[ -f "$build/compile_commands.json" ] || { echo "$build has no compile_commands.json: configure it first" >&2; exit 2; }

folders='geo|planner|cli'
[ -z "${TIDY_TESTS:-}" ] || folders="$folders|tests"
if [ "$#" -gt 0 ]; then
  files=("$@")
else
  # Only files inside the tree: the header checks compile generated files of the build folder.
  mapfile -t files < <(sed -nE 's/^ *"file": "(.*)",?$/\1/p' "$build/compile_commands.json" |
                       awk -v top="$PWD/" -v folders="^($folders)/" \
                         'index($0, top) == 1 && substr($0, length(top) + 1) ~ folders' | sort -u)
fi
[ "${#files[@]}" -gt 0 ] || { echo "no sources to check"; exit 0; }

# -Wlogical-op and others are GCC's alone; clang must not stumble over them.
printf '%s\0' "${files[@]}" |
  xargs -0 -n 1 -P "${TIDY_JOBS:-$(nproc)}" \
    clang-tidy --quiet -p "$build" --extra-arg=-Wno-unknown-warning-option --warnings-as-errors='*' 2> >(
      grep -vE '^[0-9]+ warnings? (generated|treated)|^Suppressed|^Use -header-filter' >&2)
echo "clang-tidy: ${#files[@]} sources, nothing found"
