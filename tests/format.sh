#!/bin/bash
# Formats every C++ file of ours in place; with --check only says which files are not formatted.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
mode=(-i)
[ "${1:-}" != --check ] || mode=(--dry-run -Werror)
find geo planner cli tests \( -name '*.hpp' -o -name '*.cpp' \) -print0 | sort -z |
  xargs -0 -r clang-format --style=file "${mode[@]}"
