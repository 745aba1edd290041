#!/bin/bash
# Every product source (geo, planner, cli) compiles by itself: no include that it lacks comes from a source that a unity
# file (RELEVO_UNITY) happens to put before it. A source with a header of its name includes it first, so that the header needs
# nothing before it either. Use: tests/alone.sh BUILD_DIR [FILE...]
# BUILD_DIR was configured without RELEVO_UNITY (preset debug); nothing need be built in it. Sources are only parsed, by
# clang.
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
late=0
for file in "${files[@]}"; do
  header=${file%.cpp}.hpp
  [ -f "$header" ] || continue
  header=$(realpath --relative-to=. "$header")
  [ "$(grep -m1 '^#include' "$file")" = "#include \"$header\"" ] ||
    { echo "$file: #include \"$header\" is not its first" >&2; late=1; }
done
[ "$late" = 0 ] || exit 1
# One check there must be; this one looks at nothing but #include lines.
printf '%s\0' "${files[@]}" |
  xargs -0 -n 1 -P "${TIDY_JOBS:-$(nproc)}" \
    clang-tidy --quiet -p "$build" --config='{}' --checks='-*,readability-duplicate-include' --warnings-as-errors='*' \
      --extra-arg=-w 2> >(grep -vE '^[0-9]+ warnings? (generated|treated)|^Suppressed' >&2)
echo "alone: ${#files[@]} sources compile by themselves"
