#!/bin/bash
# No two product sources of a folder define a constant or a type of the same name. Use: one_name.sh SOURCE_DIR
# Sources of a target are compiled several at once (RELEVO_UNITY), in groups that change as sources come and go; a name
# that two of them keep in anonymous namespaces breaks whichever build puts them together.
set -euo pipefail

cd "$1"
# definitions PATTERN NAME: "FOLDER NAME FILE" for each line of a source that PATTERN begins and whose name NAME captures.
definitions() {
  find geo planner cli -name '*.cpp' -print0 | xargs -0 grep -oE "$1" | sed -E "s#^(.*)/([^/:]*):$2.*\$#\1 \3 \2#"
}
twice=$({
  definitions '^(inline |static )*constexpr [^=({;]*\bk[A-Z][A-Za-z0-9]*' '.*[^A-Za-z0-9](k[A-Z][A-Za-z0-9]*)'
  # An alias may stand twice, as long as it is of the same type.
  definitions '^(struct|class|enum( class)?) [A-Z][A-Za-z0-9]*( final)?( :| \{)' '[a-z ]* ([A-Z][A-Za-z0-9]*)'
} | sort -u |
  awk '{ key = $1 "/: " $2; files[key] = files[key] " " $3; count[key]++ }
       END { for (key in count) if (count[key] > 1) print key " in" files[key] }' | sort)
[ -z "$twice" ] && { echo "every constant and type has one definition in its folder"; exit 0; }
printf 'Two sources of a folder define the same name; rename one, or let both include it:\n%s\n' "$twice"
exit 1
