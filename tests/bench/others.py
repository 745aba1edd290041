#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How long general solvers take to a 5 % gap on the model that Relevo writes, beside Relevo itself.

Use: others.py FOLDER [TIER:SEED [TIMES [cbc|highs]]]        (default: m:1 30, both)

Relevo plans the season until its gap is 5 %; then `cbc` and HiGHS (scipy) each get TIMES as long on the MPS file, one after the
other, on an otherwise idle machine, and are ended after half as long again and a minute. Neither uses what Relevo knows; neither
can use a second core. Reading the file counts for nobody. Needs
build/release/relevo and the target solve_trace; run it with /usr/bin/python3 for scipy.
"""
import multiprocessing
import pathlib
import queue
import re
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "release"
sys.path.insert(0, str(ROOT / "tests" / "cli"))
GAP = 0.05


def by_relevo(season):
    done = subprocess.run([BUILD / "tests" / "bench" / "solve_trace", season, "--seconds", "60", "--threads", "2", "--gap", str(GAP)],
                          capture_output=True, text=True, check=True)
    gap = re.search(r"gap ([\d.]+) ", done.stdout).group(1)
    seconds = re.search(r"# ([\d.]+) s, ([\d.]+) s of processor", done.stdout).group(1)
    objective = re.search(r"objective ([\d.]+)", done.stdout).group(1)
    return float(seconds), float(objective), float(gap)


def by_cbc(file, seconds):
    start = time.monotonic()
    try:  # it looks at the clock between linear programmes only, and reads the file first
        done = subprocess.run(["cbc", file, "-ratioGap", str(GAP), "-sec", str(seconds), "-solve", "-quit"],
                              capture_output=True, text=True, timeout=60 + 1.5 * seconds)
    except subprocess.TimeoutExpired:
        return time.monotonic() - start, False, None, None
    took = time.monotonic() - start
    reached = "within gap tolerance" in done.stdout or "Optimal solution found" in done.stdout
    found = re.search(r"Objective value:\s+(\S+)", done.stdout)
    bound = re.search(r"Lower bound:\s+(\S+)", done.stdout)
    return took, reached, found and float(found.group(1)), bound and float(bound.group(1))


def run_highs(file, seconds, tell):
    """Tells `tell` when it begins, and then what by_highs() returns."""
    import numpy
    from outside_solver_test import read_mps
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_matrix

    senses, order, cost, terms, lower, upper, is_integer, rhs = read_mps(file)
    column = {name: j for j, name in enumerate(order)}
    rows = [name for name, sense in senses.items() if sense != "N"]
    row = {name: i for i, name in enumerate(rows)}
    matrix = coo_matrix((list(terms.values()), ([row[r] for r, _ in terms], [column[c] for _, c in terms])),
                        shape=(len(rows), len(order))).tocsr()
    terms.clear()
    low = [-numpy.inf if senses[r] == "L" else rhs.get(r, 0.0) for r in rows]
    high = [numpy.inf if senses[r] == "G" else rhs.get(r, 0.0) for r in rows]
    tell.put("begins")
    start = time.monotonic()
    result = milp(numpy.array([cost[n] for n in order]), constraints=LinearConstraint(matrix, low, high),
                  integrality=numpy.array([1 if is_integer[n] else 0 for n in order]),
                  bounds=Bounds([lower[n] for n in order], [upper[n] for n in order]),
                  options={"mip_rel_gap": GAP, "time_limit": seconds})
    took = time.monotonic() - start
    tell.put((took, result.status == 0, result.fun, getattr(result, "mip_dual_bound", None)))


def by_highs(file, seconds):
    told = multiprocessing.Queue()
    child = multiprocessing.Process(target=run_highs, args=(file, seconds, told), daemon=True)
    child.start()
    told.get()
    start = time.monotonic()
    try:  # its presolve does not look at the clock
        return told.get(timeout=60 + 1.5 * seconds)
    except queue.Empty:
        return time.monotonic() - start, False, None, None
    finally:
        child.kill()
        child.join()


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    tier, seed = (sys.argv[2] if len(sys.argv) > 2 else "m:1").split(":")
    times = float(sys.argv[3]) if len(sys.argv) > 3 else 30.0
    only = [who.lower() for who in sys.argv[4:]]
    season = folder / f"season-{tier}-{seed}"
    if not season.exists():
        subprocess.run([BUILD / "relevo", "generate", "--tier", tier, "--seed", seed, "--out", season, "--quiet"], check=True)
    model = folder / f"model-{tier}-{seed}.mps"
    if not model.exists():
        subprocess.run([BUILD / "relevo", "run", season, "--write-model", model, "--out", folder / f"plan-{tier}-{seed}",
                        "--time-limit", "1", "--quiet"], check=True)
    seconds, objective, gap = by_relevo(season)
    limit = times * seconds
    text = model.read_text()
    size = text.count("\n")
    print(f"{tier.upper()}, seed {seed}: MPS file of {size} lines; limit {times:.0f} times {seconds:.1f} s", flush=True)
    print("| who | to a gap of 5 % | best plan | bound |")
    print("|---|---|---:|---:|")
    print(f"| Relevo | {seconds:.1f} s | {objective:.0f} | {objective * (1.0 - gap):.0f} |", flush=True)
    for who, solve in (("cbc", by_cbc), ("HiGHS", by_highs)):
        if only and who.lower() not in only:
            continue
        took, reached, plan, bound = solve(model, limit)
        print(f"| {who} | {f'{took:.1f} s' if reached else f'not in {took:.0f} s'} | {'none' if plan is None else f'{plan:.0f}'} "
              f"| {'none' if bound is None else f'{bound:.0f}'} |", flush=True)


if __name__ == "__main__":
    main()
