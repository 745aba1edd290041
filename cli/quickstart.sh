#!/bin/bash
# From a fresh checkout on Debian 12 to the first deployment report: installs the packages that are missing, builds,
# and plans the shipped scenario of Fort McMurray 2016.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
scenario=fort-mcmurray-2016

cli/install-packages.sh build

# One compiler per core, but no more than fit into memory: the geometry sources take about 1.5 GB each.
memory=$(awk '/^MemAvailable:/ {print int($2 / 1500000)}' /proc/meminfo)
cores=$(nproc)
jobs=$((memory < 1 ? 1 : memory < cores ? memory : cores))

cmake --preset release >/dev/null
cmake --build --preset release --target relevo -j "$jobs"

build/release/relevo run "data/scenarios/$scenario" --out "out/$scenario"

echo
echo "The report is in $PWD/out/$scenario/report.html"
