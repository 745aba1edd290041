#!/bin/bash
# Runs every check there is; `--quick` only builds for release and runs the tests not labelled slow or browser. Exits
# with 0 only if nothing failed. The last line is "N passed, N failed": each test counts once, and as failed if it failed
# in any build; a check that is not a test (format, headers, sources, clang-tidy) or a build counts as one more when it fails.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
quick=0
case "${1:-}" in
  --quick) quick=1 ;;
  '') ;;
  *) echo "use: tests/run.sh [--quick]" >&2; exit 2 ;;
esac

# One compiler per core, but no more than fit into memory: a geometry source takes up to 3 GB under the sanitizers.
memory=$(awk '/^MemAvailable:/ {print int($2 / 3000000)}' /proc/meminfo)
cores=$(nproc)
jobs=$((memory < 1 ? 1 : memory < cores ? memory : cores))

failed_steps=()
release_log=$(mktemp)
failed_names=$(mktemp)

# step NAME COMMAND...: runs it under a heading, remembers a failure, goes on.
step() {
  local name=$1 begin=$SECONDS
  shift
  printf '\n== %s\n' "$name"
  if "$@"; then
    printf '== %s: done in %d s\n' "$name" $((SECONDS - begin))
  else
    failed_steps+=("$name")
    printf '== %s: FAILED after %d s\n' "$name" $((SECONDS - begin))
    return 1
  fi
}

build() { cmake --preset "$1" && cmake --build --preset "$1" -j "$jobs"; }

# Both are configured only. One names every source, the other compiles many at once: the more, the less work for
# clang-tidy, but each takes longer.
sources_alone() { cmake --preset debug && tests/alone.sh build/debug; }
tidy() { cmake --preset debug -B build/together -DRELEVO_UNITY=ON -DRELEVO_UNITY_BATCH=20 && tests/tidy.sh build/together; }

# run_tests PRESET LOG [CTEST_OPTION...]
run_tests() {
  local preset=$1 log=$2 failures=build/$1/Testing/Temporary/LastTestsFailed.log result=0
  shift 2
  rm -f "$failures"
  ctest --preset "$preset" -j "$jobs" "$@" 2>&1 | tee "$log" || result=$?
  if [ -f "$failures" ]; then
    sed 's/^[0-9]*://' "$failures" >>"$failed_names"
    # The tests that failed are counted one by one; the step itself is not counted as well.
    return 0
  fi
  return "$result"
}

summary() {
  trap - EXIT
  local total failing skipped
  failing=$(sort -u "$failed_names" | wc -l)
  total=$(sed -nE 's/^[0-9]+% tests passed, [0-9]+ tests failed out of ([0-9]+)$/\1/p' "$release_log")
  skipped=$(grep -cE '^[[:space:]]+[0-9]+ - .* \(Skipped\)' "$release_log" || true)
  printf '\n== Summary after %d s\n' "$SECONDS"
  sed -n '/% tests passed, /,$p' "$release_log"
  if [ "$failing" -gt 0 ]; then
    printf '\nTests that failed in any build:\n'
    sort -u "$failed_names" | sed 's/^/  /'
  fi
  for name in "${failed_steps[@]}"; do
    echo "Failed: $name"
  done
  rm -f "$release_log" "$failed_names"
  total=${total:-0}
  [ "$skipped" = 0 ] || echo "Skipped: $skipped (not counted as passed)"
  local passed=$((total - skipped - failing)) failed=$((failing + ${#failed_steps[@]}))
  echo "$((passed < 0 ? 0 : passed)) passed, $failed failed"
  [ "$failed" = 0 ] && [ "$total" -gt 0 ]
}
trap summary EXIT

sections=(build test)
[ "$quick" = 1 ] || sections+=(browser style)
step "packages" cli/install-packages.sh "${sections[@]}" || exit 1

if [ "$quick" = 1 ]; then
  step "release build" build release || exit 1
  step "release tests" run_tests release "$release_log" -LE 'slow|browser' || true
else
  step "format" tests/format.sh --check || true
  step "release build" build release || exit 1
  step "release tests" run_tests release "$release_log" || true
  step "headers compile alone" cmake --build --preset release -j "$jobs" --target all_verify_interface_header_sets || true
  step "sources compile alone" sources_alone || true
  step "clang-tidy" tidy || true
  if step "asan build" build asan; then
    asan_log=$(mktemp)
    step "asan tests" run_tests asan "$asan_log" || true
    rm -f "$asan_log"
  fi
fi
summary
