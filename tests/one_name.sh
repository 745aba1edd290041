#!/bin/bash
# No two product sources of a folder define a constant of the same name. Use: one_name.sh SOURCE_DIR
# Sources of a target are compiled several at once (RELEVO_UNITY), in groups that change as sources come and go; a name
# that two of them keep in anonymous namespaces breaks whichever build puts them together.
set -euo pipefail

cd "$1"
twice=$(find geo planner cli -name '*.cpp' -print0 |
  xargs -0 grep -oE '^(inline |static )*constexpr [^=({;]*\bk[A-Z][A-Za-z0-9]*' |
  sed -E 's#^(.*)/([^/:]*):.*[^A-Za-z0-9](k[A-Z][A-Za-z0-9]*)$#\1 \3 \2#' | sort -u |
  awk '{ key = $1 "/: " $2; files[key] = files[key] " " $3; count[key]++ }
       END { for (key in count) if (count[key] > 1) print key " in" files[key] }' | sort)
[ -z "$twice" ] && { echo "every constant has one definition in its folder"; exit 0; }
printf 'A constant is defined by two sources of a folder; rename one, or let both include it:\n%s\n' "$twice"
exit 1
