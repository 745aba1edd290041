#!/bin/bash
# clang-tidy over our own sources. Use: tests/tidy.sh BUILD_DIR [FILE...]
# BUILD_DIR has a compile_commands.json; without FILEs every product source (geo, planner, cli) in it is read. With
# TIDY_TESTS=1 the tests too: half an hour more, for few findings.
# Of a build with RELEVO_UNITY (preset release) the unity files are read, and findings in the sources that they include
# count. A quarter of the work: nearly all of it is the standard library, which every check walks anew for each file. A
# FILE is read by itself; where BUILD_DIR compiles it together with others, as build/debug would compile it.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=${1%/}
shift
[ -f "$build/compile_commands.json" ] || { echo "$build has no compile_commands.json: configure it first" >&2; exit 2; }

folders='geo|planner|cli'
[ -z "${TIDY_TESTS:-}" ] || folders="$folders|tests"

# files_of DATABASE: the files in it.
files_of() { sed -nE 's/^ *"file": "(.*)",?$/\1/p' "$1/compile_commands.json"; }

if [ "$#" -gt 0 ]; then
  files=("$@")
  for file in "${files[@]}"; do
    if ! files_of "$build" | grep -qxF "$(realpath "$file")"; then
      build=build/debug
      [ -f "$build/compile_commands.json" ] || cmake --preset debug >/dev/null
      break
    fi
  done
else
  # Sources of the tree and unity files; not what else is generated in the build folder, as for the header checks.
  mapfile -t files < <(files_of "$build" | awk -v top="$PWD/" -v made="$(realpath "$build")/" -v folders="^($folders)/" '
      index($0, made) == 1 { if (substr($0, length(made) + 1) ~ folders ".*/Unity/unity_[0-9]+_cxx[.]cxx$") print; next }
      index($0, top) == 1 && substr($0, length(top) + 1) ~ folders' | sort -u)
fi
[ "${#files[@]}" -gt 0 ] || { echo "no sources to check"; exit 0; }

# Sources that a unity file includes count as its headers do; that it includes them is no mistake.
options=(--config-file=.clang-tidy --extra-arg=-Wno-unknown-warning-option --warnings-as-errors='*')
if printf '%s\n' "${files[@]}" | grep -q '/Unity/unity_'; then
  options+=(--header-filter="^$PWD/($folders|tests)/[^:]*\.[ch]pp$" --checks=-bugprone-suspicious-include)
fi

# -Wlogical-op and others are GCC's alone; clang must not stumble over them.
printf '%s\0' "${files[@]}" |
  xargs -0 -n 1 -P "${TIDY_JOBS:-$(nproc)}" clang-tidy --quiet -p "$build" "${options[@]}" 2> >(
      grep -vE '^[0-9]+ warnings? (generated|treated)|^Suppressed|^Use -header-filter' >&2)
echo "clang-tidy: ${#files[@]} files, nothing found"
