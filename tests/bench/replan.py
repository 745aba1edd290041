#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Ten mornings of a season: planned anew with what was announced at its price, and afresh without one.

Use: replan.py RELEVO SCENARIO_DIR [DAYS [SEED [RELEVO_OPTION...]]]

Every morning a few lines want more or less, or for longer; both chains of plans get the same changes. The first chain carries
the plan of the day before over at the prices of the policy; the second at none, and does not begin from it. Printed: for each
morning the announced departures that each chain changes, how many of them a rule of the day forbids to keep (so that no
price keeps them), and the need of both plans; at the end how many each cause has (docs/plan-json.md, replan.changes[]),
firm and outlook.
"""

import collections
import datetime
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

# Causes that are choices of the plan; every other one is a rule.
CHOSEN = {"worth", "covered", "elsewhere", "given"}
PRICES = ["changed_firm_points", "changed_outlook_points", "changed_return_points"]


def run(relevo, *words):
    done = subprocess.run([relevo, *map(str, words), "--quiet"], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}: exit {done.returncode}\n{done.stderr}")


def causes_of(plan):
    """Changed departures by cause and by how they were announced."""
    def departs_as_told(change):
        return all(change["before"][key] == change["now"][key] for key in ("request_id", "depart"))

    causes = collections.Counter()
    for change in plan["replan"]["changes"]:
        if not departs_as_told(change):
            causes[change["code"], "firm" if change["firm"] else "outlook"] += change["quantity"]
    return causes


def forbidden(causes):
    """Those that a rule forbids to keep."""
    return sum(count for (code, _), count in causes.items() if code not in CHOSEN)


def rows_of(scenario):
    import csv

    with open(pathlib.Path(scenario) / "requests.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def main():
    relevo, scenario = sys.argv[1:3]
    days = int(sys.argv[3]) if len(sys.argv) > 3 else 10
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    options = sys.argv[5:]
    text = (pathlib.Path(scenario) / "scenario.toml").read_text(encoding="utf-8")
    first = datetime.date.fromisoformat(re.search(r"as_of = (\S+)", text).group(1))
    horizon = int(re.search(r"\ndays = (\d+)", text).group(1))
    lines = rows_of(scenario)
    draw = random.Random(seed)
    changes = {}
    totals = {"announced": [0, 0, 0], "afresh": [0, 0, 0]}
    needs = {"announced": 0.0, "afresh": 0.0}
    causes = {"announced": collections.Counter(), "afresh": collections.Counter()}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        nothing = folder / "nothing.json"
        nothing.write_text('{"assignments": []}')
        run(relevo, "run", scenario, "--out", folder / "day0", *options)
        before = {"announced": folder / "day0", "afresh": folder / "day0"}
        print(f"{'morning':<12}{'changed':>9}{'by rule':>9}{'of':>5}{'afresh':>9}{'by rule':>9}{'of':>5}{'need':>14}{'afresh':>14}")
        for day in range(1, days + 1):
            today = first + datetime.timedelta(days=day)
            for line in draw.sample(lines, 3):
                if datetime.date.fromisoformat(line["to"]) <= today:
                    continue
                quantity = max(1, int(line["quantity"]) + draw.choice([-1, 1]))
                changes[f"requests.{line['request_id']}.quantity"] = quantity
                if draw.random() < 0.3:
                    end = datetime.date.fromisoformat(line["to"]) + datetime.timedelta(days=draw.randint(1, 4))
                    changes[f"requests.{line['request_id']}.to"] = end
            edits = [f"scenario.as_of={today}", f"scenario.first_day={today}", f"scenario.days={horizon - day}"]
            edits += [f"{path}={value}" for path, value in changes.items()]
            common = [word for edit in edits for word in ("--set", edit)] + options
            shown = []
            for chain in ("announced", "afresh"):
                out = folder / f"{chain}{day}"
                extra = []
                if chain == "afresh":
                    extra = [word for price in PRICES for word in ("--set", f"policy.{price}=0")]
                    extra += ["--start", nothing]
                run(relevo, "replan", scenario, "--previous", before[chain], "--out", out, *common, *extra)
                plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
                before[chain] = out
                totals[chain][0] += plan["replan"]["changed"]
                totals[chain][1] += plan["replan"]["announced"]
                causes_today = causes_of(plan)
                causes[chain] += causes_today
                totals[chain][2] += forbidden(causes_today)
                needs[chain] += plan["result"]["vector"]["need"]
                shown.append((plan["replan"]["changed"], forbidden(causes_today), plan["replan"]["announced"]))
                shown[-1] += (plan["result"]["vector"]["need"],)
            (a, b, c, need), (d, e, f, afresh) = shown
            print(f"{today!s:<12}{a:>9}{b:>9}{c:>5}{d:>9}{e:>9}{f:>5}{need:>14,.0f}{afresh:>14,.0f}", flush=True)
    changed, afresh = totals["announced"][0], totals["afresh"][0]
    for chain in causes:
        print(f"{chain}: " + ", ".join(f"{code} ({phase}) {n}" for (code, phase), n in causes[chain].most_common()))
    by_choice = [totals[chain][0] - totals[chain][2] for chain in ("announced", "afresh")]
    print(f"by choice {by_choice[0]}, afresh {by_choice[1]}: {by_choice[1] / max(by_choice[0], 1):.1f} times fewer")
    print(f"changed {changed} of {totals['announced'][1]}, afresh {afresh} of {totals['afresh'][1]}: "
          f"{afresh / max(changed, 1):.1f} times fewer; need {needs['announced'] / needs['afresh'] - 1:+.2%}")


if __name__ == "__main__":
    main()
