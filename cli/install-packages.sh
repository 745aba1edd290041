#!/bin/bash
# Installs what is missing of the named sections of packages.txt, and touches neither the network nor root's rights when
# nothing is. Use: install-packages.sh SECTION...
set -euo pipefail

list=$(dirname "${BASH_SOURCE[0]}")/packages.txt
missing=()
for section in "$@"; do
  packages=$(awk -v wanted="[$section]" '/^\[/ {inside = ($1 == wanted); found += inside; next}
                                         inside && $1 != "" && $1 !~ /^#/ {print $1}
                                         END {exit !found}' "$list") ||
    { echo "$list has no section [$section]" >&2; exit 2; }
  for package in $packages; do
    status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
  done
done
[ "${#missing[@]}" -gt 0 ] || exit 0

if ! grep -qs '^VERSION_CODENAME=bookworm' /etc/os-release; then
  echo "Note: the package names are those of Debian 12 (bookworm); this system is another one." >&2
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "These packages are missing and only root can install them:" >&2
    echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

echo "Installing ${#missing[@]} packages: ${missing[*]}"
"${as_root[@]}" apt-get update -qq || echo "The package lists could not be refreshed; trying those that are here." >&2
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" >/dev/null
