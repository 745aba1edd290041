#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Has other solvers confirm the optimum that `relevo run` reports, on the model it writes.

usage: outside_solver_test.py RELEVO SCENARIO_DIR

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


def main():
    relevo, scenario = sys.argv[1], sys.argv[2]
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
