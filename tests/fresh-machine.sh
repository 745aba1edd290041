#!/bin/bash
# Proves that the commands of the README work on a machine that has nothing: makes a minimal Debian 12, clones the last
# commit into it and runs cli/quickstart.sh and tests/run.sh there, with timings. Needs root, about 6 GB and half an
# hour. Use: tests/fresh-machine.sh [--keep] [--quick] [FOLDER]
#   FOLDER   where to make it (default: a new one under $TMPDIR or /tmp); must be empty or not exist
#   --keep   leaves it behind, unbound, for a look around
#   --quick  runs tests/run.sh --quick
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
keep=0 root='' test_options=()
for argument in "$@"; do
  case "$argument" in
    --keep) keep=1 ;;
    --quick) test_options=(--quick) ;;
    -*) echo "use: tests/fresh-machine.sh [--keep] [--quick] [FOLDER]" >&2; exit 2 ;;
    *) root=$argument ;;
  esac
done
[ "$(id -u)" -eq 0 ] || { echo "tests/fresh-machine.sh needs root: debootstrap, mount and chroot do" >&2; exit 1; }
"$repository/cli/install-packages.sh" fresh-machine

[ -n "$root" ] || root=$(mktemp -d -t relevo-fresh-XXXXXX)
mkdir -p "$root"
root=$(cd "$root" && pwd)
[ -z "$(ls -A "$root")" ] || { echo "$root is not empty" >&2; exit 2; }
log=$(mktemp)

# shellcheck disable=SC2317  # called by the trap
leave() {
  local bound=0
  for place in dev/pts dev/shm dev proc; do
    if mountpoint -q "$root/$place"; then
      umount "$root/$place" || { umount -l "$root/$place" && bound=1; }
    fi
  done
  rm -f "$log"
  if mountpoint -q "$root/dev" || mountpoint -q "$root/proc" || [ "$bound" = 1 ]; then
    echo "$root is still in use; it stays: see what is mounted there before removing it" >&2
  elif [ "$keep" = 1 ]; then
    echo "Left in $root"
  else
    # --one-file-system: should a mount have escaped us, its contents survive.
    rm -rf --one-file-system "$root"
  fi
}
trap leave EXIT
trap 'exit 130' INT TERM

# The mirror this machine uses, from apt itself.
# shellcheck disable=SC2016  # apt expands $(REPO_URI)
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Codename: bookworm' 'Created-By: Packages' 2>/dev/null |
         grep -m 1 -E '/debian/?$' || true)

timed() {
  local name=$1 begin=$SECONDS result=0 verdict=ok
  shift
  echo "== $name"
  "$@" || { result=$?; verdict=FAILED; }
  printf '== %s: %d s\n' "$name" $((SECONDS - begin))
  timings+=("$(printf '%-28s %5d s  %s' "$name" $((SECONDS - begin)) "$verdict")")
  return "$result"
}
timings=()

timed "debootstrap" debootstrap --variant=minbase --include=ca-certificates,git bookworm "$root" \
  ${mirror:+"$mirror"} >"$log" 2>&1 || { tail -20 "$log" >&2; exit 1; }

# The network and the package sources of this machine, its proxies and keys included.
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
for piece in sources.list sources.list.d apt.conf apt.conf.d auth.conf auth.conf.d preferences preferences.d \
             trusted.gpg trusted.gpg.d keyrings; do
  if [ -e "/etc/apt/$piece" ]; then
    rm -rf "$root/etc/apt/$piece"
    cp -RL "/etc/apt/$piece" "$root/etc/apt/$piece"
  fi
done
cp -RLn /usr/share/keyrings/. "$root/usr/share/keyrings/"
if [ -d /usr/local/share/ca-certificates ]; then
  cp -RL /usr/local/share/ca-certificates "$root/usr/local/share/"
  chroot "$root" update-ca-certificates >/dev/null 2>&1
fi

mount --bind /proc "$root/proc"
mount --bind /dev "$root/dev"
if mountpoint -q /dev/pts; then
  mount --bind /dev/pts "$root/dev/pts"  # tests of the progress line open a terminal
fi
if [ -d /dev/shm ] && mountpoint -q /dev/shm; then
  mount --bind /dev/shm "$root/dev/shm"
fi

timed "clone" git clone -q --no-hardlinks "file://$repository" "$root/root/relevo"
echo "   at $(git -C "$root/root/relevo" log -1 --format='%h %s')"

# Only what a login on a new machine would have, and the proxies of this one.
# shellcheck disable=SC2317  # called through timed
inside() {
  local proxies=() name
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
    [ -z "${!name:-}" ] || proxies+=("$name=${!name}")
  done
  chroot "$root" /usr/bin/env -i HOME=/root TERM=dumb LANG=C.UTF-8 \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${proxies[@]}" \
    /bin/bash -c 'cd /root/relevo && exec "$@"' bash "$@"
}

result=0
timed "cli/quickstart.sh" inside cli/quickstart.sh || result=1
timed "tests/run.sh" inside tests/run.sh "${test_options[@]}" || result=1

echo
printf '%s\n' "${timings[@]}"
if [ "$result" = 0 ]; then echo "both commands work on a fresh machine"; else echo "something FAILED, see above"; fi
exit "$result"
