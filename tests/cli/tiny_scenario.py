# SPDX-License-Identifier: MIT
"""What the tests of the program share: how to run it, and a scenario so small that a run takes milliseconds.

A test file ends with `main()` and is run as `<file> <relevo binary>`.
"""

import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import unittest

RELEVO = None
SOURCE_DIR = pathlib.Path(__file__).resolve().parents[2]
OUTPUT_FILES = {".relevo-output", "plan.json", "assignments.csv", "unfilled.csv", "incidents.csv", "plan.gpkg",
                "report.html"}

SETTINGS = """\
[scenario]
id = "tiny"
title = "Two neighbours"
time_zone = "America/Edmonton"
as_of = 2016-05-28
days = 20
agreements = ["pact"]
"""

# Line days in tours of 5 with a day off between two of them; a lead with every contingent.
AGREEMENT = """\
id = "pact"
title = "BC lends to Alberta"
edition = "1"
instrument = "A letter"

[in_force]
status = "assumed"
note = "a test"

[parties]
lenders = ["agency:CA-BC"]
borrowers = ["agency:CA-AB"]
status = "assumed"
note = "a test"

[tour]
max_line_days = 5
days_off_in_place = 1
max_tours = 2
min_line_days = 2
rest_days_home = 2
status = "assumed"
note = "a test"

[mobilization]
notice_days = 0
muster_days = 1
status = "assumed"
note = "a test"

[[escort]]
role = "lead"
kind = "contingent-lead"
per_persons = 100
supply = "roster"
status = "assumed"
note = "a test"

[cost]
wages = "borrower"
travel = "borrower"
lodging = "borrower"
status = "assumed"
note = "a test"

[precedence]
tier = 1
status = "assumed"
note = "a test"
"""

TABLES = {
    "bases": [
        ["base_id", "name", "agency", "lon", "lat"],
        ["KAM", "Kamloops", "CA-BC", "-120.3192", "50.6665"],
    ],
    "units": [
        ["unit_id", "name", "agency", "kind", "type", "count", "base"],
        ["CREW", "Équipe Cañón", "CA-BC", "crew", "1", "6", "KAM"],
        ["LEAD", "Lead", "CA-BC", "contingent-lead", "", "2", "KAM"],
    ],
    "incidents": [
        ["incident_id", "name", "agency", "hazard", "lon", "lat"],
        ["F1", "Ridge", "CA-AB", "wildfire", "-115.5", "51.2"],
    ],
    # R2 wants what no unit has.
    "requests": [
        ["request_id", "incident", "kind", "type", "quantity", "from", "to", "priority", "qualifications"],
        ["R1", "F1", "crew", "1", "2", "2016-06-01", "2016-06-07", "2", ""],
        ["R2", "F1", "crew", "2", "1", "2016-06-01", "2016-06-05", "3", "falling"],
    ],
}

COMMITMENT_COLUMNS = [
    "commitment_id",
    "unit_id",
    "ordinal",
    "agreement",
    "request_id",
    "depart",
    "first_line_day",
    "release",
    "home",
]


def csv_text(rows):
    def cell(value):
        return '"' + value.replace('"', '""') + '"' if any(c in value for c in ',"\n\r;\t') else value

    return "".join(",".join(cell(value) for value in row) + "\n" for row in rows)


def write_scenario(folder, settings=SETTINGS, agreement=AGREEMENT, **tables):
    """The tiny scenario; `units=[...]` replaces the rows of a table, `units=None` leaves it out."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "agreements").mkdir(parents=True)
    (folder / "scenario.toml").write_text(settings, encoding="utf-8")
    (folder / "agreements" / "pact.toml").write_text(agreement, encoding="utf-8")
    for table, rows in {**TABLES, **tables}.items():
        if rows is not None:
            (folder / f"{table}.csv").write_text(csv_text(rows), encoding="utf-8")
    return folder


def write_busy_scenario(folder):
    """Three lenders with 20 crews and 5 leads each, and lines that overlap: a search of many seconds, so that a signal
    falls into it."""
    rng = random.Random(3)
    lenders = ("CA-BC", "CA-MB", "CA-ON")
    bases, units = [TABLES["bases"][0]], [TABLES["units"][0]]
    for i, agency in enumerate(lenders):
        bases.append([f"B{i}", "", agency, str(-120 + 3 * i), str(50 + i % 3)])
        for kind, kind_type, count in (("crew", "1", 10), ("crew", "2", 10), ("contingent-lead", "", 5)):
            units.append([f"U{i}-{kind}-{kind_type}", "", agency, kind, kind_type, str(count), f"B{i}"])
    requests = [["request_id", "incident", "kind", "type", "quantity", "from", "to", "priority", "min_fill"]]
    for i in range(5):
        first, length, wanted = rng.randint(2, 18), rng.randint(5, 11), rng.randint(2, 6)
        days = [f"2016-06-{first:02d}", f"2016-06-{first + length:02d}"]
        requests.append([f"R{i}", "F1", "crew", rng.choice("12"), str(wanted), *days, str(1 + i % 5), "2"])
    members = ", ".join(f'"agency:{agency}"' for agency in lenders)
    return write_scenario(
        folder,
        settings=SETTINGS.replace("days = 20", "days = 30"),
        agreement=AGREEMENT.replace('"agency:CA-BC"', members).replace("per_persons = 100", "per_persons = 30"),
        bases=bases,
        units=units,
        requests=requests,
    )


def write_hard_to_pin_scenario(folder):
    """The busy scenario and one crew that must serve two lines. Dispatch serves the first pin at once and is too late
    for the second; a plan that serves the other line first exists, and only a search finds it."""
    write_busy_scenario(folder)

    def append(table, *rows):
        with open(folder / f"{table}.csv", "a", encoding="utf-8") as file:
            file.write(csv_text(rows))

    append("units", ["ONE", "", "CA-BC", "crew", "1", "1", "B0"])
    append(
        "requests",
        ["Q1", "F1", "crew", "1", "1", "2016-06-02", "2016-06-20", "3", ""],
        ["Q2", "F1", "crew", "1", "1", "2016-06-03", "2016-06-04", "3", ""],
    )
    append("decisions", ["action", "unit", "request"], ["pin", "ONE", "Q1"], ["pin", "ONE", "Q2"])
    return folder


class ProgramTest(unittest.TestCase):
    """A scratch folder for each test, with the tiny scenario in it."""

    maxDiff = None

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="relevo-test-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.scenario = self.write_scenario("scenario")

    def write_scenario(self, name, **parts):
        return write_scenario(self.folder / name, **parts)

    def relevo(self, *words, code=0, **options):
        """Runs the program, expects the exit code, returns the finished process with text on stdout and stderr."""
        done = subprocess.run(
            [RELEVO, *map(str, words)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
            **options,
        )
        self.assertEqual(done.returncode, code, f"{words}\n{done.stdout}\n{done.stderr}")
        return done

    def run_scenario(self, scenario=None, *options, out="out", code=0):
        return self.relevo("run", scenario or self.scenario, "--out", self.folder / out, *options, code=code)

    def plan(self, out="out"):
        return json.loads(self.read(out, "plan.json"))

    def read(self, out, name):
        return (self.folder / out / name).read_text(encoding="utf-8")

    def planned(self, scenario, out):
        """The plan of a scenario without what may differ between runs and between equal inputs."""
        self.run_scenario(scenario, "--quiet", out=out)
        plan = self.plan(out)
        for key in ("run", "inputs", "sources"):
            del plan[key]
        return plan

    def assert_whole(self, folder):
        """All files of one run are there and the plan is valid JSON."""
        self.assertEqual({path.name for path in folder.iterdir()}, OUTPUT_FILES)
        json.loads((folder / "plan.json").read_text(encoding="utf-8"))
        self.assertIn("</html>", (folder / "report.html").read_text(encoding="utf-8"))


def main():
    global RELEVO
    if len(sys.argv) < 2:
        sys.exit("usage: TEST.py RELEVO [unittest options]")
    RELEVO = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(module="__main__")
