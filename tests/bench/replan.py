#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Ten mornings of a season: planned anew with what was announced at its price, and afresh without one.

Use: replan.py RELEVO SCENARIO_DIR [DAYS [SEED [RELEVO_OPTION...]]]

Every morning a few lines want more or less, or for longer; all plans get the same changes. The announced chain carries the
plan of the day before over at the prices of the policy. "Beside" is what that same morning would bring if it were planned
afresh: nothing announced has a price, and the search does not begin from the plan of the day before; who has left has left.
The afresh chain is planned so every morning, and goes its own way. Printed: for each morning the announced departures that
each plan changes, how many of them a rule of the day forbids to keep (so that no price keeps them), and the need; at the end
how many each cause has (docs/plan-json.md, replan.changes[]), firm and outlook.
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
    chains = ("announced", "beside", "afresh")
    totals = {chain: [0, 0, 0] for chain in chains}
    needs = dict.fromkeys(chains, 0.0)
    causes = {chain: collections.Counter() for chain in chains}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        nothing = folder / "nothing.json"
        nothing.write_text('{"assignments": []}')
        run(relevo, "run", scenario, "--out", folder / "day0", *options)
        before = {"announced": folder / "day0", "afresh": folder / "day0"}
        print(f"{'morning':<12}" + "".join(f"{chain:>12}{'by rule':>9}{'of':>5}{'need':>11}" for chain in chains))
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
            previous = dict(before, beside=before["announced"])
            for chain in chains:
                out = folder / f"{chain}{day}"
                extra = []
                if chain != "announced":
                    extra = [word for price in PRICES for word in ("--set", f"policy.{price}=0")]
                    extra += ["--start", nothing]
                run(relevo, "replan", scenario, "--previous", previous[chain], "--out", out, *common, *extra)
                plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
                before[chain] = out
                causes_today = causes_of(plan)
                causes[chain] += causes_today
                figures = plan["replan"]["changed"], forbidden(causes_today), plan["replan"]["announced"]
                need = plan["result"]["vector"]["need"]
                totals[chain] = [total + figure for total, figure in zip(totals[chain], (figures[0], figures[2], figures[1]))]
                needs[chain] += need
                shown.append(f"{figures[0]:>12}{figures[1]:>9}{figures[2]:>5}{need:>11,.0f}")
            print(f"{today!s:<12}" + "".join(shown), flush=True)
    for chain in chains:
        print(f"{chain}: " + ", ".join(f"{code} ({phase}) {n}" for (code, phase), n in causes[chain].most_common()))
    changed, announced, by_rule = totals["announced"]
    for chain in chains[1:]:
        other, of, other_by_rule = totals[chain]
        print(f"changed {changed} of {announced}, {chain} {other} of {of}: {other / max(changed, 1):.1f} times fewer; by choice "
              f"{changed - by_rule}, {chain} {other - other_by_rule}: {(other - other_by_rule) / max(changed - by_rule, 1):.1f} times; "
              f"need {needs['announced'] / needs[chain] - 1:+.2%}")


if __name__ == "__main__":
    main()
