#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plans generated seasons and prints the tables of docs/benchmarks.md.

Use: tests/bench/solve.py FOLDER [TIER:SEEDS:SECONDS ...]        (default: s:5:20 m:5:60 l:5:300; two of XL: xl:2:1800)
     tests/bench/solve.py FOLDER --curve [SECONDS]               six sizes from M to L, one seed, each until its gap is 5 % or to the limit (300)
     tests/bench/solve.py FOLDER --kernel                        instructions of pricing, by callgrind: the same on a busy machine
     tests/bench/solve.py FOLDER --all                           all three
Seasons and traces stay in FOLDER; a trace that is there already is not made again, so that a run that was cut off goes on
where it ended; the tables are printed, and kept in FOLDER/table.md. A run that fails is a row that says so. Needs build/release/relevo and
the targets solve_trace and bench_pricing.
"""
import pathlib
import re
import shutil
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "release"
GAPS = (0.10, 0.05, 0.02, 0.01)
TIERS = ["s:5:20", "m:5:60", "l:5:300"]
# Units, requests, days: M, four between, L.
SIZES = [(600, 150, 30), (1000, 220, 30), (1600, 330, 30), (2400, 480, 30), (3500, 700, 30), (5000, 1000, 30)]
CURVE_GAPS = (0.20, 0.10, 0.05)


class Table:
    """What is printed is kept too."""

    def __init__(self, folder):
        self.file = (folder / "table.md").open("a")

    def line(self, text):
        print(text, flush=True)
        self.file.write(text + "\n")
        self.file.flush()


def run_trace(season, file, options, seconds, gap=0):
    """The trace of a season, made where it is not there yet; whole or not at all."""
    if not season.exists():
        subprocess.run([BUILD / "relevo", "generate", *options, "--out", season, "--quiet"], check=True)
    if not file.exists():
        print(f"{file.stem} ...", file=sys.stderr)
        done = subprocess.run([BUILD / "tests" / "bench" / "solve_trace", season, "--seconds", str(seconds), "--threads", "2",
                               "--gap", str(gap)],
                              capture_output=True, text=True)
        text = done.stdout if done.returncode == 0 else done.stdout + f"\n# FAILED: {done.stderr.strip()[-200:]}\n"
        part = file.with_suffix(".part")
        part.write_text(text)
        part.rename(file)
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
        return None
    objective, bound, gap, influenceable, constant, ratio = map(float, last.groups())
    wall, processor, mebibytes = map(float, used.groups())
    for reach in GAPS:
        if gap <= reach:
            reached.setdefault(reach, wall)
        else:
            reached.pop(reach, None)
    return {"objective": objective, "bound": bound, "gap": gap, "influenceable": influenceable, "constant": constant,
            "ratio": ratio, "wall": wall, "processor": processor, "memory": mebibytes, "reached": reached}


def cell(reached, gap):
    return f"{reached[gap]:.1f}" if gap in reached else "-"


def tiers(folder, table, wanted):
    table.line("| tier | seed | objective | bound | gap % | influenceable % | unavoidable | greedy / plan | to 10 % s | 5 % | 2 % | 1 % "
               "| wall s | processor s | MiB |")
    table.line("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for word in wanted:
        tier, seeds, seconds = word.split(":")
        rows = []
        for seed in range(1, int(seeds) + 1):
            row = figures(run_trace(folder / f"season-{tier}-{seed}", folder / f"{tier}-{seed}-{seconds}.csv",
                                    ["--tier", tier, "--seed", str(seed)], int(seconds)))
            if row is None:
                table.line(f"| {tier.upper()} | {seed} | no checked plan |")
                continue
            rows.append(row)
            table.line(f"| {tier.upper()} | {seed} | {row['objective']:.0f} | {row['bound']:.0f} | {100 * row['gap']:.2f} "
                       f"| {100 * row['influenceable']:.2f} | {row['constant']:.0f} | {row['ratio']:.3f} "
                       + "".join(f"| {cell(row['reached'], gap)} " for gap in GAPS)
                       + f"| {row['wall']:.1f} | {row['processor']:.1f} | {row['memory']:.0f} |")
        if not rows:
            continue
        median = {key: statistics.median(row[key] for row in rows)
                  for key in ("gap", "influenceable", "ratio", "wall", "processor", "memory")}
        table.line(f"| {tier.upper()} | median | | | {100 * median['gap']:.2f} | {100 * median['influenceable']:.2f} | "
                   f"| {median['ratio']:.3f} | | | | | {median['wall']:.1f} | {median['processor']:.1f} | {median['memory']:.0f} |")


def processor_to(text, gap):
    """Seconds of processor until the gap between plan and bound so far."""
    best, bound = None, float("-inf")
    for line in text.splitlines():
        if line.startswith("#") or line.startswith("seconds"):
            continue
        _, processor, incumbent, lower, _ = line.split(",")
        bound = max(bound, float(lower))
        if incumbent:
            best = float(incumbent) if best is None else min(best, float(incumbent))
        if best is not None and best - bound <= gap * abs(best):
            return f"{float(processor):.1f}"
    return "-"


def curve(folder, table, seconds):
    table.line("| units | requests | units x requests | greedy / plan | gap % | "
               + " | ".join(f"processor s to {100 * gap:.0f} %" for gap in CURVE_GAPS) + " | processor s | MiB |")
    table.line("|---:|---:|---:|---:|---:|" + "---:|" * len(CURVE_GAPS) + "---:|---:|")
    for units, requests, days in SIZES:
        name = f"{units}-{requests}-{days}"
        text = run_trace(folder / f"season-{name}", folder / f"curve-{name}-{seconds}.csv",
                         ["--units", str(units), "--classes", str(3 * units // 10), "--requests", str(requests),
                          "--days", str(days), "--seed", "1"], seconds, CURVE_GAPS[-1])
        row = figures(text)
        if row is None:
            table.line(f"| {units} | {requests} | no checked plan |")
            continue
        table.line(f"| {units} | {requests} | {units * requests} | {row['ratio']:.3f} | {100 * row['gap']:.2f} | "
                   + " | ".join(processor_to(text, gap) for gap in CURVE_GAPS)
                   + f" | {row['processor']:.1f} | {row['memory']:.0f} |")


def kernel(folder, table):
    """Instructions of a round of pricing of tier M with the steps that follow it, one thread."""
    season = folder / "season-m-1"
    if not season.exists():
        subprocess.run([BUILD / "relevo", "generate", "--tier", "m", "--seed", "1", "--out", season, "--quiet"], check=True)
    bare = folder / "season-m-1-bare"  # layers are read by a child process, which does not start under valgrind
    if not bare.exists():
        shutil.copytree(season, bare)
        text = (bare / "scenario.toml").read_text()
        (bare / "scenario.toml").write_text(re.sub(r"\[\[layer\]\]\n(?:(?!\[).*\n)*", "", text))
    counts = []
    for rounds in ("1", "6"):
        out = folder / f"callgrind-{rounds}.out"
        subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}",
                        BUILD / "tests" / "bench" / "bench_pricing", bare, rounds, "1"], check=True, capture_output=True, text=True)
        counts.append(int(re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.MULTILINE).group(1)))
    table.line(f"pricing of tier M, seed 1: {(counts[1] - counts[0]) / 5e6:.1f} million instructions for each round")


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        raise SystemExit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    table = Table(folder)
    words = sys.argv[2:]
    if words and words[0] == "--curve":
        curve(folder, table, int(words[1]) if len(words) > 1 else 300)
    elif words == ["--kernel"]:
        kernel(folder, table)
    elif words == ["--all"]:
        kernel(folder, table)
        tiers(folder, table, TIERS)
        curve(folder, table, 300)
    else:
        tiers(folder, table, words or TIERS)


if __name__ == "__main__":
    main()
