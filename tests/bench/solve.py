#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plans generated seasons and prints the table of docs/benchmarks.md.

Use: tests/bench/solve.py FOLDER [TIER:SEEDS:SECONDS ...]        (default: s:5:20 m:5:60 l:5:300)
Seasons and traces stay in FOLDER; a trace that is there already is not made again, so that a run that was cut off goes on
where it ended. Needs build/release/relevo and the target solve_trace.
"""
import pathlib
import re
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "release"
GAPS = (0.10, 0.05, 0.02, 0.01)


def trace_of(folder, tier, seed, seconds):
    file = folder / f"{tier}-{seed}-{seconds}.csv"
    if not file.exists():
        season = folder / f"season-{tier}-{seed}"
        if not season.exists():
            subprocess.run([BUILD / "relevo", "generate", "--tier", tier, "--seed", str(seed), "--out", season, "--quiet"],
                           check=True)
        print(f"tier {tier}, seed {seed} ...", file=sys.stderr)
        text = subprocess.run([BUILD / "tests" / "bench" / "solve_trace", season, "--seconds", str(seconds), "--threads", "2"],
                              check=True, capture_output=True, text=True).stdout
        file.write_text(text)
    return file.read_text()


def figures(text):
    best, bound = None, float("-inf")
    reached = {}
    for line in text.splitlines():
        if line.startswith("#") or line.startswith("seconds"):
            continue
        seconds, _, incumbent, lower, _ = line.split(",")
        bound = max(bound, float(lower))
        if incumbent:
            best = float(incumbent) if best is None else min(best, float(incumbent))
        if best is not None:
            for gap in GAPS:
                if best - bound <= gap * abs(best):
                    reached.setdefault(gap, float(seconds))
    last = re.search(r"objective ([\d.]+) bound ([\d.-]+) gap ([\d.]+) influenceable ([\d.]+) constant ([\d.]+) greedy ratio ([\d.]+)",
                     text)
    used = re.search(r"# ([\d.]+) s, ([\d.]+) s of processor, (\d+) MiB", text)
    if not last or "REFUSED" in text:
        raise SystemExit(f"no checked plan:\n{text[-400:]}")
    objective, bound, gap, influenceable, constant, ratio = map(float, last.groups())
    wall, processor, mebibytes = map(float, used.groups())
    for reach in GAPS:
        if gap <= reach:
            reached.setdefault(reach, wall)
    return {"objective": objective, "bound": bound, "gap": gap, "influenceable": influenceable, "constant": constant,
            "ratio": ratio, "wall": wall, "processor": processor, "memory": mebibytes, "reached": reached}


def cell(reached, gap):
    return f"{reached[gap]:.1f}" if gap in reached else "-"


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[2:] or ["s:5:20", "m:5:60", "l:5:300"]
    print("| tier | seed | objective | bound | gap % | influenceable % | unavoidable | greedy / plan | to 10 % s | 5 % | 2 % | 1 % | wall s "
          "| processor s | MiB |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for word in wanted:
        tier, seeds, seconds = word.split(":")
        rows = []
        for seed in range(1, int(seeds) + 1):
            row = figures(trace_of(folder, tier, seed, int(seconds)))
            rows.append(row)
            print(f"| {tier.upper()} | {seed} | {row['objective']:.0f} | {row['bound']:.0f} | {100 * row['gap']:.2f} "
                  f"| {100 * row['influenceable']:.2f} | {row['constant']:.0f} | {row['ratio']:.3f} "
                  + "".join(f"| {cell(row['reached'], gap)} " for gap in GAPS)
                  + f"| {row['wall']:.1f} | {row['processor']:.1f} | {row['memory']:.0f} |", flush=True)
        print(f"| {tier.upper()} | median | | | {100 * statistics.median(r['gap'] for r in rows):.2f} "
              f"| {100 * statistics.median(r['influenceable'] for r in rows):.2f} | "
              f"| {statistics.median(r['ratio'] for r in rows):.3f} | | | | "
              f"| {statistics.median(r['wall'] for r in rows):.1f} | {statistics.median(r['processor'] for r in rows):.1f} "
              f"| {statistics.median(r['memory'] for r in rows):.0f} |", flush=True)


if __name__ == "__main__":
    main()
