#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Has other solvers confirm the optimum that `relevo run` reports, on the model it writes.

usage: outside_solver_test.py RELEVO [SCENARIO_DIR]     without a folder: small scenarios with every sort of row

 - the `cbc` command, on the MPS and on the LP file, finds the plan's objective to 1e-6 relative;
 - HiGHS (through scipy) does too, and its solution, read back through `relevo check`, is a valid plan of the same cost.
HiGHS is left out, and the test says so, where python3-scipy is not installed.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

import tiny_scenario

TOLERANCE = 1e-6


def close(a, b):
    return abs(a - b) <= TOLERANCE * max(1.0, abs(a), abs(b))


def read_mps(path):
    """Columns, rows and terms of the MPS file Relevo writes: free form, no negative bounds."""
    section, integer = None, False
    senses, order, cost, terms, lower, upper, is_integer, rhs = {}, [], {}, {}, {}, {}, {}, {}
    for line in path.read_text().splitlines():
        if line and not line[0].isspace():
            section = line.split()[0]
            continue
        words = line.split()
        if section == "ROWS":
            senses[words[1]] = words[0]
        elif section == "COLUMNS":
            if "'MARKER'" in words:
                integer = words[-1] == "'INTORG'"
                continue
            name, row, value = words
            if name not in cost:
                order.append(name)
                cost[name], lower[name], upper[name], is_integer[name] = 0.0, 0.0, float("inf"), integer
            if senses[row] == "N":
                cost[name] += float(value)
            else:
                terms[(row, name)] = float(value)
        elif section == "RHS":
            rhs[words[1]] = float(words[2])
        elif section == "BOUNDS":
            kind, name = words[0], words[2]
            if kind == "FX":
                lower[name] = upper[name] = float(words[3])
            elif kind == "UP":
                upper[name] = float(words[3])
            elif kind == "LO":
                lower[name] = float(words[3])
            elif kind != "PL":
                raise ValueError(line)
        elif section == "RANGES":
            raise ValueError("ranges are not expected: " + line)
    return senses, order, cost, terms, lower, upper, is_integer, rhs


def solve_by_highs(mps):
    import numpy
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_matrix

    senses, order, cost, terms, lower, upper, is_integer, rhs = read_mps(mps)
    column = {name: j for j, name in enumerate(order)}
    rows = [name for name, sense in senses.items() if sense != "N"]
    row = {name: i for i, name in enumerate(rows)}
    matrix = coo_matrix(
        (list(terms.values()), ([row[r] for r, _ in terms], [column[c] for _, c in terms])),
        shape=(len(rows), len(order)),
    ).tocsr()
    low = [-numpy.inf if senses[r] == "L" else rhs.get(r, 0.0) for r in rows]
    high = [numpy.inf if senses[r] == "G" else rhs.get(r, 0.0) for r in rows]
    result = milp(
        numpy.array([cost[n] for n in order]),
        constraints=LinearConstraint(matrix, low, high),
        integrality=numpy.array([1 if is_integer[n] else 0 for n in order]),
        bounds=Bounds([lower[n] for n in order], [upper[n] for n in order]),
        options={"mip_rel_gap": 0.0},
    )
    if result.status != 0:
        raise RuntimeError(result.message)
    return result.fun, dict(zip(order, result.x))


def solve_by_cbc(model):
    out = subprocess.run(["cbc", str(model), "-ratioGap", "0", "-solve", "-quit"], capture_output=True, text=True, check=True)
    found = re.search(r"Objective value:\s+(\S+)", out.stdout)
    if "Optimal solution found" not in out.stdout or not found:
        raise RuntimeError(out.stdout)
    return float(found.group(1))


def write_small_scenarios(folder):
    """The tiny scenario, and one in which offers, pools, people, packages, smallest fills, escorts that are only paid,
    commitments, pins and the size of an incident all have rows."""
    rich = tiny_scenario.write_scenario(
        folder / "rich",
        agreement=tiny_scenario.AGREEMENT
        + """
[[escort]]
role = "representative"
kind = "agency-representative"
threshold = 45
per_persons = 40
supply = "implicit"
status = "assumed"
note = "a test"
""",
        units=[
            [*tiny_scenario.TABLES["units"][0], "persons", "pools"],
            ["C1", "", "CA-BC", "crew", "1", "4", "KAM", "20", "P:12"],
            ["C2", "", "CA-BC", "crew", "2", "3", "KAM", "18", "P:18"],
            ["LEAD", "", "CA-BC", "contingent-lead", "", "3", "KAM", "", ""],
        ],
        incidents=[
            [*tiny_scenario.TABLES["incidents"][0], "capacity_persons"],
            [*tiny_scenario.TABLES["incidents"][1], "90"],
            ["F2", "Valley", "CA-AB", "wildfire", "-114.2", "52.4", ""],
        ],
        requests=[
            "request_id,incident,kind,type,quantity,measure,from,to,priority,min_fill,package".split(","),
            "Q1,F1,crew,1,2,units,2016-06-01,2016-06-08,2,2,".split(","),
            "Q2,F2,crew,2,50,people,2016-06-03,2016-06-10,3,,".split(","),
            "Q3,F1,crew,2,1,units,2016-06-02,2016-06-05,3,,together".split(","),
            "Q4,F2,crew,1,1,units,2016-06-04,2016-06-07,4,,together".split(","),
        ],
        pools=[["pool_id", "people"], ["P", "54"]],
        offers=[["agency", "kind", "type", "quantity", "from", "to"], ["CA-BC", "crew", "", "5", "", ""]],
        decisions=[["action", "unit", "request", "quantity"], ["pin", "C1", "Q1", "2"]],
        commitments=[
            tiny_scenario.COMMITMENT_COLUMNS,
            ["K1", "C2", "1", "pact", "Q2", "2016-05-30", "2016-06-01", "2016-06-05", "2016-06-05"],
        ],
    )
    return [tiny_scenario.write_scenario(folder / "tiny"), rich]


def main():
    if len(sys.argv) > 2:
        confirm(sys.argv[1], sys.argv[2])
        return
    with tempfile.TemporaryDirectory() as folder:
        for scenario in write_small_scenarios(pathlib.Path(folder)):
            confirm(sys.argv[1], scenario)


def confirm(relevo, scenario):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for ending in ("mps", "lp"):
            subprocess.run(
                [relevo, "run", scenario, "--out", folder / "out", "--quiet", "--write-model", folder / f"model.{ending}"],
                check=True,
            )
        result = json.loads((folder / "out" / "plan.json").read_text())["result"]
        objective = result["objective"]
        assert result["status"] == "optimal", result
        for ending in ("mps", "lp"):
            found = solve_by_cbc(folder / f"model.{ending}")
            print(f"cbc on the {ending.upper()} file: {found}, the plan: {objective}")
            assert close(found, objective)
        try:
            found, values = solve_by_highs(folder / "model.mps")
        except ImportError:
            print("HiGHS: left out, python3-scipy is not installed")
            return
        print(f"HiGHS on the MPS file: {found}, the plan: {objective}")
        assert close(found, objective)
        solution = folder / "highs.sol"
        solution.write_text("".join(f"{name} {value:.17g}\n" for name, value in values.items()))
        check = subprocess.run(
            [relevo, "check", scenario, "--solution", solution, "--json"], capture_output=True, text=True, check=True
        )
        verdict = json.loads(check.stdout)
        print(f"the plan of that solution: valid {verdict['valid']}, {verdict['objective']}")
        assert verdict["valid"] and close(verdict["objective"], objective)


if __name__ == "__main__":
    main()
