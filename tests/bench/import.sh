#!/bin/bash
# Measures the import of VIIRS-like detections into a workspace beside ogr2ogr on the same file, in one run, and prints
# Markdown rows for docs/benchmarks.md: wall seconds, processor seconds, peak memory of the largest process, ratio.
# Use: tests/bench/import.sh [ROWS...]   (default 1000000; 10000000 needs 10 GB of disk)
# RELEVO names the program (default build/release/relevo), RUNS how often each is measured (default 3, the median counts).
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
relevo=${RELEVO:-build/release/relevo}
runs=${RUNS:-3}
work=$(mktemp -d -t relevo-import-XXXXXX)
trap 'rm -rf "$work"' EXIT

# measured COMMAND...: prints "wall cpu peak_MiB".
measured() {
  if ! /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" >"$work/log" 2>&1; then
    tail -20 "$work/log" >&2
    echo "import.sh: this failed: $*" >&2
    return 1
  fi
  awk '{printf "%.2f %.2f %.0f\n", $1, $2 + $3, $4 / 1024}' "$work/time"
}

median() { sort -n | sed -n "$(((runs + 1) / 2))p"; }

ours() {
  rm -f "$work/season.relevo"
  "$relevo" init "$work/season.relevo" --quiet
  measured "$relevo" import "$work/season.relevo" "$work/viirs.csv" --quiet
}

theirs() {
  rm -f "$work/season.sqlite"
  measured ogr2ogr -f SQLite -dsco SPATIALITE=YES "$work/season.sqlite" "$work/viirs.csv" -a_srs EPSG:4326 \
    -oo X_POSSIBLE_NAMES=longitude -oo Y_POSSIBLE_NAMES=latitude
}

printf '| detections | program | wall s | processor s | peak MiB |\n|---:|---|---:|---:|---:|\n'
for rows in "${@:-1000000}"; do
  tests/bench/viirs_csv.py "$rows" >"$work/viirs.csv"
  : >"$work/ours" && : >"$work/theirs"
  # Turn by turn, so that whatever else the machine does hits both.
  for ((run = 1; run <= runs; ++run)); do
    theirs >>"$work/theirs"
    ours >>"$work/ours"
  done
  kept=$("$relevo" status "$work/season.relevo" --json | grep -m1 '"kept"' | tr -dc 0-9)
  [ "$kept" = "$rows" ] || { echo "import.sh: $kept of $rows detections were kept" >&2; exit 1; }
  read -r our_wall our_cpu our_peak < <(median <"$work/ours")
  read -r their_wall their_cpu their_peak < <(median <"$work/theirs")
  printf '| %s | ogr2ogr | %s | %s | %s |\n' "$rows" "$their_wall" "$their_cpu" "$their_peak"
  printf '| %s | relevo import | %s | %s | %s |\n' "$rows" "$our_wall" "$our_cpu" "$our_peak"
  awk -v a="$our_wall" -v b="$their_wall" -v c="$our_cpu" -v d="$their_cpu" \
    'BEGIN {printf "\nwall %.2f of ogr2ogr, processor %.2f\n\n", a / b, c / d}'
done
