#!/bin/bash
# Times the clustering of detections: a million in space and time, the same by a Boost R-tree, and 200,000 projected
# points beside PostGIS's ST_ClusterDBSCAN with the same parameters, whose clusters must be the same.
# Use: tests/bench/clusters.sh [BUILD_DIR]   (default build/release, configured; builds the program bench_clusters there)
# Starts a PostgreSQL of its own on 127.0.0.1, port PORT (default 55439), in a temporary folder, and stops it again.
# DETECTIONS=1000000, POINTS=200000, METRES=1500, MIN_POINTS=4, RUNS=3 (the least time of each counts) can be set.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=${1:-build/release}
detections=${DETECTIONS:-1000000} points=${POINTS:-200000} metres=${METRES:-1500} min_points=${MIN_POINTS:-4}
runs=${RUNS:-3} port=${PORT:-55439}
cli/install-packages.sh build bench-postgis
cmake --build "$build" --target bench_clusters >/dev/null || { cmake --build "$build" --target bench_clusters; exit 1; }
bench=$build/tests/bench/bench_clusters

work=$(mktemp -d -t relevo-clusters-XXXXXX)
programs=/usr/lib/postgresql/15/bin
# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then su postgres -c "$*"; else bash -c "$*"; fi
}
stop() {
  [ ! -f "$work/db/postmaster.pid" ] || as_postgres "$programs/pg_ctl -D $work/db -m immediate stop" >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap stop EXIT

printf '%s, %d cores, %s, commit %s\n' "$(date -u +%Y-%m-%d)" "$(nproc)" "$(g++ --version | head -1)" \
  "$(git log -1 --format=%h 2>/dev/null || echo unknown)"
for ((run = 1; run <= runs; ++run)); do "$bench" globe "$detections"; done
"$bench" rtree "$detections"

if [ "$(id -u)" -eq 0 ]; then chown postgres "$work"; fi
chmod 755 "$work"
as_postgres "$programs/initdb -D $work/db -A trust -U relevo --no-sync" >/dev/null
as_postgres "$programs/pg_ctl -D $work/db -w -l $work/log -o '-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$work -c fsync=off -c shared_buffers=512MB -c work_mem=512MB' start" >/dev/null
sql() { psql -h 127.0.0.1 -p "$port" -U relevo -d postgres -v ON_ERROR_STOP=1 -qAt "$@"; }

"$bench" points "$points" "$work/points.csv"
sql -c "CREATE EXTENSION postgis" -c "CREATE TABLE raw (id int, x float8, y float8)" \
  -c "\\copy raw FROM '$work/points.csv' CSV" \
  -c "CREATE TABLE points AS SELECT id, ST_SetSRID(ST_MakePoint(x, y), 3978) AS geom FROM raw ORDER BY id" \
  -c "CREATE INDEX ON points USING gist (geom)" -c "ANALYZE points"
sql -c "SELECT postgis_lib_version()" | sed 's/^/PostGIS /'
query="SELECT id, ST_ClusterDBSCAN(geom, $metres, $min_points) OVER () AS label FROM points"

# Lines "wall processor", in seconds. Theirs are of the server alone, without sending rows.
for ((run = 1; run <= runs; ++run)); do
  : >"$work/log"
  wall=$(sql -c "SET log_executor_stats = on" -c "EXPLAIN (ANALYZE, TIMING OFF) $query" |
         sed -nE 's/^Execution Time: ([0-9.]+) ms$/\1/p')
  awk -v wall="$wall" '/ s user, .* s system, .* s elapsed/ {used = $2 + $5; if (used > most) most = used}
                       END {print wall / 1000, most}' "$work/log" >>"$work/theirs"
  "$bench" plane "$work/points.csv" "$work/ours.csv" "$metres" "$min_points" >>"$work/ours"
done
sql -c "\\copy (SELECT id, label FROM ($query) AS q ORDER BY id) TO '$work/theirs.csv' CSV"
least() { cut -d' ' -f"$2" "$1" | sort -g | head -1; }
for column in 1 2; do
  awk -v theirs="$(least "$work/theirs" "$column")" -v ours="$(least "$work/ours" "$column")" -v n="$points" \
    -v clock="$([ "$column" = 1 ] && echo wall || echo processor)" 'BEGIN {
    printf "plane: %d points, %s: PostGIS %.3f s, ours %.3f s, ratio %.1f\n", n, clock, theirs, ours, theirs / ours }'
done
"$bench" compare "$work/ours.csv" "$work/theirs.csv"
