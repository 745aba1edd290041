#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Has other solvers confirm the optimum that `relevo run` reports, on the model it writes.

usage: outside_solver_test.py RELEVO [SCENARIO_DIR]     without a folder: small scenarios with every sort of row

 - the `cbc` command, on the MPS and on the LP file, finds the plan's objective to 1e-6 relative;
 - HiGHS (through scipy) does too, and its solution, read back through `relevo check`, is a valid plan of the same cost.
Neither takes a model apart, as Relevo does: on a model of several independent parts each needs minutes for what takes
seconds part by part. For a scenario given by its folder the test therefore does that itself, by its own means, and adds
up; the LP file, whose parts would be the same, is then held against the MPS file by size and relaxation.
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


def parts_of(model):
    """The parts of a model that share no row, found by walking from row to row; the largest last."""
    senses, order, cost, terms, lower, upper, is_integer, rhs = model
    neighbours = {name: [] for name in [*senses, *order]}
    for row, column in terms:
        neighbours[row].append(column)
        neighbours[column].append(row)
    part_of = {}
    for start in order:
        reached = [] if start in part_of else [start]
        for name in reached:
            if name not in part_of:
                part_of[name] = start
                reached.extend(neighbours[name])
    parts = []
    for start in dict.fromkeys(part_of.values()):
        part_rows = {row: sense for row, sense in senses.items() if sense == "N" or part_of.get(row) == start}
        columns = [name for name in order if part_of[name] == start]
        part_terms = {key: value for key, value in terms.items() if part_of[key[0]] == start}
        parts.append((part_rows, columns, cost, part_terms, lower, upper, is_integer, rhs))
    assert sum(len(part[1]) for part in parts) == len(order)
    assert sum(len(part[3]) for part in parts) == len(terms)
    return sorted(parts, key=lambda part: len(part[1]))


def write_mps(model, path):
    senses, order, cost, terms, lower, upper, is_integer, rhs = model
    of_column = {name: [] for name in order}
    for (row, column), value in terms.items():
        of_column[column].append((row, value))
    objective = next(row for row, sense in senses.items() if sense == "N")
    lines = ["NAME part", "ROWS", *(f" {sense} {row}" for row, sense in senses.items()), "COLUMNS"]
    for name in order:
        if is_integer[name]:
            lines.append(" M 'MARKER' 'INTORG'")
        lines += [f" {name} {row} {value!r}" for row, value in [(objective, cost[name]), *of_column[name]]]
        if is_integer[name]:
            lines.append(" M 'MARKER' 'INTEND'")
    lines += ["RHS", *(f" RHS {row} {rhs[row]!r}" for row in senses if row in rhs), "BOUNDS"]
    for name in order:
        lines.append(f" LO BND {name} {lower[name]!r}")
        lines.append(f" PL BND {name}" if upper[name] == float("inf") else f" UP BND {name} {upper[name]!r}")
    path.write_text("\n".join([*lines, "ENDATA", ""]))


def solve_by_highs(model):
    import numpy
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_matrix

    senses, order, cost, terms, lower, upper, is_integer, rhs = model
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


def relaxation_by_cbc(model):
    """The optimum without whole numbers of the file as cbc reads it."""
    out = subprocess.run(["cbc", str(model), "-initialSolve", "-quit"], capture_output=True, text=True, check=True)
    found = re.search(r"Optimal objective (\S+)", out.stdout)
    if not found:
        raise RuntimeError(out.stdout)
    return float(found.group(1))


def solve_parts_by_cbc(parts, folder):
    total = 0.0
    for i, part in enumerate(parts):
        if part[3]:
            write_mps(part, folder / f"part{i}.mps")
            total += solve_by_cbc(folder / f"part{i}.mps")
        else:  # cbc wants a row; each column stands at the bound that its cost prefers
            _, order, cost, _, lower, upper, _, _ = part
            total += sum(cost[name] * (lower if cost[name] >= 0 else upper)[name] for name in order)
    return total


def solve_parts_by_highs(parts):
    total, values = 0.0, {}
    for part in parts:
        found, of_part = solve_by_highs(part)
        total += found
        values.update(of_part)
    return total, values


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
        confirm(sys.argv[1], sys.argv[2], in_parts=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        for scenario in write_small_scenarios(pathlib.Path(folder)):
            confirm(sys.argv[1], scenario, in_parts=False)


def confirm_by_cbc(folder, model, objective, in_parts):
    if in_parts:
        parts = parts_of(model)
        found = solve_parts_by_cbc(parts, folder)
        print(f"cbc on the {len(parts)} parts of the MPS file: {found}, the plan: {objective}")
        assert close(found, objective)
        relaxed = {ending: relaxation_by_cbc(folder / f"model.{ending}") for ending in ("mps", "lp")}
        print(f"cbc without whole numbers: {relaxed}")
        assert close(relaxed["mps"], relaxed["lp"]) and relaxed["mps"] <= objective
        return
    for ending in ("mps", "lp"):
        found = solve_by_cbc(folder / f"model.{ending}")
        print(f"cbc on the {ending.upper()} file: {found}, the plan: {objective}")
        assert close(found, objective)


def confirm(relevo, scenario, in_parts):
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
        model = read_mps(folder / "model.mps")
        confirm_by_cbc(folder, model, objective, in_parts)
        try:
            found, values = solve_parts_by_highs(parts_of(model)) if in_parts else solve_by_highs(model)
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
