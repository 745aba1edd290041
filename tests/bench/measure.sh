#!/bin/bash
# Measures building, testing and running, and prints Markdown rows for docs/benchmarks.md.
# Use: tests/bench/measure.sh [SCENARIO_DIR...]   (default: every folder in data/scenarios)
# Builds in folders of its own and without ccache, so that it neither uses nor disturbs build/. RUNS=5 repeats each
# planning run (default 3) and reports the median.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
cli/install-packages.sh build test bench
work=$(mktemp -d -t relevo-measure-XXXXXX)
trap 'rm -rf "$work"' EXIT
jobs=$(nproc)
runs=${RUNS:-3}

# measured COMMAND...: prints "seconds peak_MiB" of the command; its own output goes to $work/log, shown if it fails.
# The peak is that of its largest single process.
measured() {
  if ! /usr/bin/time -f '%e %M' -o "$work/time" "$@" >"$work/log" 2>&1; then
    tail -40 "$work/log" >&2
    echo "measure.sh: this failed: $*" >&2
    return 1
  fi
  awk '{printf "%.1f %.0f\n", $1, $2 / 1024}' "$work/time"
}

row() { printf '| %s | %s | %s |\n' "$@"; }

printf '%s, %d cores, %s GiB, %s, commit %s\n\n' \
  "$(date -u +%Y-%m-%d)" "$jobs" "$(awk '/^MemTotal:/ {printf "%.0f", $2 / 1048576}' /proc/meminfo)" \
  "$(g++ --version | head -1)" "$(git log -1 --format=%h 2>/dev/null || echo unknown)"
printf '| what | seconds (wall) | peak MiB |\n|---|---:|---:|\n'

cmake -S . -B "$work/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DRELEVO_UNITY=ON -DRELEVO_USE_CCACHE=OFF >/dev/null
result=$(CCACHE_DISABLE=1 measured cmake --build "$work/build" --target relevo -j "$jobs")
# shellcheck disable=SC2086  # two words
row "build \`relevo\` from nothing, -j$jobs" $result
result=$(CCACHE_DISABLE=1 measured cmake --build "$work/build" -j "$jobs")
# shellcheck disable=SC2086
row "build the tests after it, -j$jobs" $result

result=$(measured ctest --test-dir "$work/build" -j "$jobs" --no-tests=error)
count=$(sed -nE 's/.* out of ([0-9]+)$/\1/p' "$work/log")
# shellcheck disable=SC2086
row "run all $count tests (release), -j$jobs" $result

scenarios=("$@")
[ "${#scenarios[@]}" -gt 0 ] || scenarios=(data/scenarios/*/)
for scenario in "${scenarios[@]}"; do
  [ -d "$scenario" ] || { echo "measure.sh: no scenario in $scenario" >&2; exit 2; }
  for ((run = 1; run <= runs; ++run)); do
    measured "$work/build/relevo" run "$scenario" --out "$work/out-$run" --quiet
    rm -rf "$work/out-$run"
  done >"$work/runs"
  result=$(sort -n "$work/runs" | sed -n "$(((runs + 1) / 2))p")
  # shellcheck disable=SC2086
  row "\`relevo run $(basename "$scenario")\`, median of $runs" $result
done
