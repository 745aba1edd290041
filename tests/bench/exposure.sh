#!/bin/bash
# Times the exposure of perimeters against places in three rings (10, 25, 50 km), beside SpatiaLite SQL with its spatial
# index, and compares the answers. Use: tests/bench/exposure.sh [BUILD_DIR]   (default build/release, configured)
# PERIMETERS=1000, PLACES=200000, RUNS=3 (the least time of each counts) can be set.
#
# SpatiaLite is asked twice. "plain" is what one would write: candidates by SpatialIndex, then ST_Distance(a, b, 1). Its
# answers are not the same: it takes the nearest point in degrees and measures the geodesic to it, which is too far by
# kilometres in the north. "exact" measures in an equidistant projection about each perimeter instead.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
build=${1:-build/release}
perimeters=${PERIMETERS:-1000} places=${PLACES:-200000} runs=${RUNS:-3}
cli/install-packages.sh build test
cmake --build "$build" --target bench_exposure >/dev/null
bench=$build/tests/bench/bench_exposure
work=$(mktemp -d -t relevo-exposure-XXXXXX)
trap 'rm -rf "$work"' EXIT
"$bench" write "$perimeters" "$places" "$work"

db() { sqlite3 -bail "$work/exposure.sqlite" "$@"; }
db >/dev/null <<SQL
SELECT load_extension('mod_spatialite');
PRAGMA synchronous = OFF;
SELECT InitSpatialMetaDataFull(1);
CREATE TABLE raw_places (id INTEGER PRIMARY KEY, lon REAL, lat REAL);
CREATE TABLE raw_perimeters (id INTEGER PRIMARY KEY, wkt TEXT);
.mode csv
.import '$work/places.csv' raw_places
.separator ;
.import '$work/perimeters.csv' raw_perimeters
CREATE TABLE places (id INTEGER PRIMARY KEY);
SELECT AddGeometryColumn('places', 'geom', 4326, 'POINT', 'XY');
INSERT INTO places SELECT id, MakePoint(lon, lat, 4326) FROM raw_places;
SELECT CreateSpatialIndex('places', 'geom');
-- Degrees that hold 50 km at the perimeter, a little more.
CREATE TABLE perimeters (id INTEGER PRIMARY KEY, east REAL, north REAL, local TEXT);
SELECT AddGeometryColumn('perimeters', 'geom', 4326, 'POLYGON', 'XY');
INSERT INTO perimeters (id, geom) SELECT id, GeomFromText(wkt, 4326) FROM raw_perimeters;
UPDATE perimeters SET north = 50.0 / 110.5, east = 50.0 / 110.5 / cos(radians(abs(MbrMaxY(geom)) + 0.5)),
  local = '+proj=aeqd +datum=WGS84 +lon_0=' || ST_X(ST_Centroid(geom)) || ' +lat_0=' || ST_Y(ST_Centroid(geom));
ANALYZE;
SQL

# question DISTANCE FILE: the seconds of the query alone, its answers to FILE.
question() {
  db <<SQL | sed -nE 's/^Run Time: real ([0-9.]+).*/\1/p' | tail -1
SELECT load_extension('mod_spatialite');
.mode csv
.output $2
.timer on
WITH near AS (
  SELECT f.id AS perimeter, p.id AS place, $1 AS metres
  FROM perimeters f JOIN places p ON p.ROWID IN (
    SELECT ROWID FROM SpatialIndex WHERE f_table_name = 'places' AND f_geometry_column = 'geom'
      AND search_frame = BuildMbr(MbrMinX(f.geom) - f.east, MbrMinY(f.geom) - f.north,
                                  MbrMaxX(f.geom) + f.east, MbrMaxY(f.geom) + f.north)))
SELECT perimeter, place, CASE WHEN metres <= 10000 THEN 10 WHEN metres <= 25000 THEN 25 ELSE 50 END
FROM near WHERE metres <= 50000;
.timer off
SQL
}
plain='CASE WHEN ST_Intersects(f.geom, p.geom) THEN 0.0 ELSE ST_Distance(f.geom, p.geom, 1) END'
degrees="'+proj=longlat +datum=WGS84 +no_defs'"
exact="ST_Distance(ST_Transform(f.geom, 4326, NULL, $degrees, f.local), ST_Transform(p.geom, 4326, NULL, $degrees, f.local))"

printf '%s, %d cores, %s, commit %s\n' "$(date -u +%Y-%m-%d)" "$(nproc)" "$(g++ --version | head -1)" \
  "$(git log -1 --format=%h 2>/dev/null || echo unknown)"
least() { printf '%s\n' "$@" | sort -g | head -1; }
ours=() theirs=()
for ((run = 1; run <= runs; ++run)); do
  ours+=("$("$bench" run "$work")")
  theirs+=("$(question "$plain" "$work/plain.csv")")
done
exact_seconds=$(question "$exact" "$work/exact.csv")
read -r building answering <<<"$(printf '%s\n' "${ours[@]}" | sort -g -k2 | head -1)"
plain_seconds=$(least "${theirs[@]}")
printf '%d perimeters, %d places: ours %.3f s (index %.3f s apart)\n' "$perimeters" "$places" "$answering" "$building"
for name in plain exact; do
  seconds=${name}_seconds
  awk -v name="$name" -v theirs="${!seconds}" -v ours="$answering" -v building="$building" 'BEGIN {
    printf "SpatiaLite %s %.3f s, ratio %.1f (%.1f with our index built anew)\n", name, theirs, theirs / ours,
           theirs / (ours + building) }'
  "$bench" compare "$work" "$work/$name.csv"
done
