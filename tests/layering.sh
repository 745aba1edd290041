#!/bin/bash
# Proves the layering that the link lines promise. Use: layering.sh SOURCE_DIR [PROGRAM...]
#   - no file of the planner or of the shared value types includes GDAL, OGR, PROJ or Boost.Geometry,
#   - each part of the planner includes only the parts it links (check, above all, neither rules nor solve),
#   - geography includes neither planner nor cli,
#   - none of the PROGRAMs (the tests of the planner core) loads libgdal.
set -euo pipefail

cd "$1"
shift
broken=0

# forbid WHAT PATTERN PATH...: reports every #include under PATH whose file matches PATTERN.
forbid() {
  local what=$1 pattern=$2 path found
  shift 2
  for path in "$@"; do
    [ -e "$path" ] || continue
    found=$(grep -rnE --include='*.hpp' --include='*.cpp' "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]($pattern)" "$path" || true)
    if [ -n "$found" ]; then
      printf '%s:\n%s\n' "$what" "$found"
      broken=1
    fi
  done
}

core=(planner/text planner/model planner/rules planner/solve planner/check planner/explain planner/generate planner/record planner/replan)
third_party='gdal|ogr|cpl_|gnm|proj\.h|proj_|boost/geometry|spatialite'
# The shared value types are the headers that geo/CMakeLists.txt lists under relevo_geo_types.
mapfile -t value_types < <(awk '/^relevo_add_library\(relevo_geo_types/ {inside = 1} /^\)/ {inside = 0}
                               inside && $1 ~ /\.hpp$/ {print "geo/" $1}' geo/CMakeLists.txt)
forbid "The planner core includes a geography library" "$third_party" "${core[@]}" "${value_types[@]}"
while read -r header; do
  if [[ " ${value_types[*]} " != *" $header "* ]]; then
    echo "The planner core includes $header, which is not among the value types of relevo_geo_types (geo/CMakeLists.txt)"
    broken=1
  fi
done < <(grep -rhoE --include='*.hpp' --include='*.cpp' '^[[:space:]]*#[[:space:]]*include[[:space:]]*"geo/[^"]+' "${core[@]}" |
         sed 's/.*"//' | sort -u)
forbid "The planner includes cli" 'cli/' planner
forbid "Geography includes planner or cli" '(planner|cli)/' geo
forbid "text includes another part" 'planner/(model|rules|solve|check|explain|generate|store)/' planner/text
forbid "model includes a part above it" 'planner/(rules|solve|check|explain|generate|store)/' planner/model
forbid "rules includes more than model" 'planner/(solve|check|explain|generate|store)/' planner/rules
forbid "solve includes more than model and rules" 'planner/(check|explain|generate|store)/' planner/solve
forbid "check shares reasoning with what it judges" 'planner/(rules|solve|explain|generate|store)/' planner/check
forbid "explain includes more than model, rules and solve" 'planner/(check|generate|store)/' planner/explain
forbid "record includes more than model" 'planner/(rules|solve|check|explain|generate|store)/' planner/record
forbid "generate includes more than model" 'planner/(rules|solve|check|explain|store)/' planner/generate

for program in "$@"; do
  if ldd "$program" | grep -q libgdal; then
    echo "$program loads libgdal"
    broken=1
  fi
done

[ "$broken" = 0 ] && echo "layering holds (${#} programs of the planner core checked)"
exit "$broken"
