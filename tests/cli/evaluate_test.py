#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""`relevo evaluate`: its figures against a few lines of Python that know nothing of the program, on Fort McMurray 2016 and
on a small plan that happened to the letter."""

import collections
import csv
import datetime
import json
import subprocess
import tomllib

import tiny_scenario

SCENARIO = tiny_scenario.SOURCE_DIR / "data" / "scenarios" / "fort-mcmurray-2016"
DAY = datetime.timedelta(days=1)


def date(text):
    return datetime.date.fromisoformat(text)


def days(first, last):
    """Both inclusive."""
    return [first + i * DAY for i in range((last - first).days + 1)]


def kinds_without_tour():
    kinds = tomllib.loads((tiny_scenario.SOURCE_DIR / "data/reference/kinds.toml").read_text(encoding="utf-8"))["kind"]
    return {kind["id"] for kind in kinds if not kind.get("crewed", True) or kind.get("crew") == "relieved"}


class Happened:
    """Rows of actuals.csv, completed from the plan by what its columns promise."""

    def __init__(self, plan, file):
        known = {a["unit_id"]: a for a in plan["assignments"]}
        self.rows = []
        for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
            unit = known[row["unit"]]
            first, release = date(row["first_line_day"]), date(row["release"])
            self.rows.append(
                {
                    "agency": unit["agency"],
                    "borrower": unit["borrower"],
                    "agreement": unit["agreement_id"],
                    "kind": unit["kind"],
                    "escort": row["escort"],
                    "request": row["request"],
                    "units": int(row["quantity"]),
                    "persons": unit["persons"],
                    "worked": days(first, release - DAY),
                    "away": days(date(row["depart"]), date(row["home"])),
                    "cost": float(row["cost"]) if row["cost"] else None,
                    "payer": {"lender": unit["agency"], "borrower": unit["borrower"]}.get(row["payer"], row["payer"]),
                    "assumed": row["status"] == "assumed",
                }
            )


class FortMcMurrayTest(tiny_scenario.ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.without_tour = kinds_without_tour()

    def setUp(self):
        super().setUp()
        self.run_scenario(SCENARIO, "--quiet")
        self.plan_json = self.plan()
        self.happened = Happened(self.plan_json, SCENARIO / "actuals.csv").rows
        first = date(self.plan_json["scenario"]["first_day"])
        self.days = days(first, first + (self.plan_json["scenario"]["days"] - 1) * DAY)
        said = self.relevo("evaluate", self.folder / "out", "--actuals", SCENARIO / "actuals.csv", "--json", "--quiet")
        self.said = json.loads(said.stdout)

    def test_every_figure(self):
        self.fill()
        self.lenders()
        self.reserve()
        self.cost()
        self.assertEqual(self.said["rows"], len(self.happened))
        self.assertEqual(self.said["rows_assumed"], sum(row["assumed"] for row in self.happened))
        self.assertEqual(self.said["rows_without_cost"], sum(row["cost"] is None for row in self.happened))

    def fill(self):
        by_priority = collections.defaultdict(lambda: [0, 0, 0])
        for line, said in zip(self.plan_json["requests"], self.said["lines"], strict=True):
            self.assertEqual(line["request_id"], said["request_id"])
            there = collections.Counter()
            for row in self.happened:
                if row["request"] == line["request_id"]:
                    for day in row["worked"]:
                        there[day] += row["units"] * (row["persons"] if line["measure"] == "people" else 1)
            figures = [
                sum(line["wanted"]),
                sum(line["wanted"]) - sum(line["unmet"]),
                sum(min(there[day], wanted) for day, wanted in zip(self.days, line["wanted"], strict=True)),
            ]
            self.assertEqual([said["wanted"], said["planned"], said["actual"]], figures, line["request_id"])
            for i, figure in enumerate(figures):
                by_priority[line["priority"], line["measure"]][i] += figure
        self.assertEqual(
            {(p["priority"], p["measure"]): [p["wanted"], p["planned"], p["actual"]] for p in self.said["priorities"]},
            dict(by_priority),
        )

    def planned_stays(self):
        for a in self.plan_json["assignments"]:
            for stay in a["stints"]:
                if stay["request_id"] and stay["line_days"]:
                    yield a, stay

    def late(self, agency):
        """Days late and early, units that did not come, and those nobody had planned."""
        planned, came = collections.defaultdict(list), collections.defaultdict(list)
        for a, stay in self.planned_stays():
            if a["agency"] == agency:
                planned[stay["request_id"]].append(date(stay["line_days"][0]))
        for row in self.happened:
            if row["agency"] == agency and row["request"]:
                came[row["request"]] += [row["worked"][0]] * row["units"]
        late = early = missing = unplanned = 0
        for request in planned.keys() | came.keys():
            pairs = list(zip(sorted(planned[request]), sorted(came[request])))
            late += sum(max(0, (b - a).days) for a, b in pairs)
            early += sum(max(0, (a - b).days) for a, b in pairs)
            missing += len(planned[request]) - len(pairs)
            unplanned += len(came[request]) - len(pairs)
        return late, early, missing, unplanned

    def over(self, agency):
        """Unit-days beyond the tour. No row tells a day off, so that a stay is one run."""
        tours = {a["agreement_id"]: a["max_line_days"] for a in self.plan_json["agreements"]}
        return sum(
            row["units"] * max(0, len(row["worked"]) - tours[row["agreement"]])
            for row in self.happened
            if row["agency"] == agency and row["request"] and row["kind"] not in self.without_tour
        )

    def lenders(self):
        for said in self.said["lenders"]:
            agency = said["agency"]
            rows = [row for row in self.happened if row["agency"] == agency]
            mine = [a for a in self.plan_json["assignments"] if a["agency"] == agency]
            actual, planned = said["actual"], said["planned"]
            self.assertEqual(actual["units"], sum(row["units"] for row in rows), agency)
            self.assertEqual(actual["persons"], sum(row["units"] * row["persons"] for row in rows), agency)
            worked = sum(row["units"] * len(set(row["worked"]) & set(self.days)) for row in rows if row["request"])
            self.assertEqual(actual["line_days"], worked, agency)
            self.assertEqual(actual["over_tour"], self.over(agency), agency)
            self.assertEqual(said["rows_with_cost"], sum(row["cost"] is not None for row in rows), agency)
            self.assertAlmostEqual(actual["cost"], sum(row["cost"] or 0 for row in rows), 4)
            self.assertAlmostEqual(planned["cost"], sum(sum(a["cost"].values()) for a in mine if not a["commitment"]), 4)
            self.assertEqual(planned["units"], len(mine), agency)
            self.assertEqual(planned["persons"], sum(a["persons"] for a in mine), agency)
            self.assertEqual(
                planned["line_days"],
                sum(date(d) in self.days for a, stay in self.planned_stays() if a["agency"] == agency for d in stay["line_days"]),
                agency,
            )
            self.assertEqual(
                (said["days_late"], said["days_early"], said["missing"], said["unplanned"]), self.late(agency), agency
            )
        self.assertEqual(self.said["season"]["actual"]["over_tour"], 2, "15 days of two Mexican brigades, 14 agreed")
        self.assertEqual(self.said["season"]["actual"]["persons"], sum(row["units"] * row["persons"] for row in self.happened))

    def reserve(self):
        for line, said in zip(self.plan_json["reserve"], self.said["reserve"], strict=True):
            away = collections.Counter()
            for row in self.happened:
                if (row["agency"], row["kind"]) == (line["agency"], line["kind"]) and not row["escort"]:
                    for day in row["away"]:
                        away[day] += row["units"]
            home = [a - away[day] for day, a in zip(self.days, line["available"], strict=True)]
            least = min(home)
            self.assertEqual(said["actual"]["least_home"], least, line)
            self.assertEqual(said["actual"]["least_day"], self.days[home.index(least)].isoformat(), line)
            self.assertEqual(said["actual"]["days_below"], sum(h < r for h, r in zip(home, line["reserve"], strict=True)))

    def cost(self):
        planned, actual = collections.Counter(), collections.Counter()
        payers = {a["agreement_id"]: a["payers"] for a in self.plan_json["agreements"]}
        for a in self.plan_json["assignments"]:
            if not a["commitment"]:
                for item, amount in a["cost"].items():
                    word = payers[a["agreement_id"]].get(item)
                    planned[{"lender": a["agency"], "borrower": a["borrower"], None: None}[word]] += amount
        for row in self.happened:
            if row["cost"] is not None:
                actual[row["payer"]] += row["cost"]
        for said in self.said["payers"]:
            if said["payer"] is not None:
                self.assertAlmostEqual(said["planned"], planned[said["payer"]], 4)
            self.assertAlmostEqual(said["actual"], actual[said["payer"]], 4)
        self.assertAlmostEqual(sum(p["actual"] for p in self.said["payers"]), sum(actual.values()), 4)
        self.assertAlmostEqual(
            sum(p["planned"] for p in self.said["payers"]), self.plan_json["result"]["vector"]["cost"], 2
        )

    def test_texts_and_page_in_three_languages(self):
        for lang, word in (("en", "Fill by priority"), ("es", "Atención por prioridad"), ("fr", "Réponse par priorité")):
            page = self.folder / f"{lang}.html"
            done = self.relevo("evaluate", self.folder / "out", "--actuals", SCENARIO / "actuals.csv", "--lang", lang, "--html", page)
            self.assertIn(word, done.stdout)
            html = page.read_text(encoding="utf-8")
            self.assertIn(word, html)
            self.assertIn(f'<html lang="{lang}">', html)
            self.assertNotIn("<script", html)
            for address in ("src=", "href="):
                self.assertNotIn(address, html, "the page loads nothing")


class SmallTest(tiny_scenario.ProgramTest):
    COLUMNS = ["unit", "quantity", "escort", "request", "moved", "depart", "first_line_day", "off_from", "off_to", "release", "home"]

    def rows_of_plan(self):
        """The plan written down as if it had happened; its stays have at most one rest."""
        for a in self.plan()["assignments"]:
            for stay in a["stints"]:
                off = stay["days_off"]
                last = max(stay["line_days"] + off)
                yield [
                    a["unit_id"], "1", a["escort"] or "", stay["request_id"] or "", "", a["depart"], min(stay["line_days"]),
                    min(off, default=""), max(off, default=""), (date(last) + DAY).isoformat(), a["home"],
                ]

    def write(self, name, rows):
        file = self.folder / name
        file.write_text(tiny_scenario.csv_text([self.COLUMNS, *rows]), encoding="utf-8")
        return file

    def evaluate(self, file, *options, code=0):
        return self.relevo("evaluate", self.folder / "out" / "plan.json", "--actuals", file, *options, code=code)

    def test_a_plan_that_happened_deviates_in_nothing(self):
        self.run_scenario()
        said = json.loads(self.evaluate(self.write("actuals.csv", self.rows_of_plan()), "--json").stdout)
        for line in said["lines"]:
            self.assertEqual(line["planned"], line["actual"])
        self.assertGreater(said["season"]["planned"]["line_days"], 0)
        for figure in ("units", "persons", "line_days", "over_tour", "reserve_below"):
            self.assertEqual(said["season"]["planned"][figure], said["season"]["actual"][figure], figure)
        for figure in ("days_late", "days_early", "missing", "unplanned"):
            self.assertEqual(said["season"][figure], 0)

    def test_faults_name_row_rule_and_remedy(self):
        self.run_scenario()
        file = self.write("actuals.csv", [
            ["CRWE", "1", "", "R1", "", "2016-06-01", "2016-06-01", "", "", "2016-06-05", ""],
            ["CREW", "1", "", "R9", "", "2016-06-01", "2016-06-01", "", "", "2016-06-05", ""],
            ["CREW", "1", "", "R1", "", "2016-06-01", "", "", "", "2016-05-05", ""],
        ])
        said = self.evaluate(file, code=2).stderr
        for words in ("actuals.csv:2: unit", "[actuals.unit]", "Did you mean 'CREW'?", "[actuals.request]", "[actuals.days]",
                      "[table.date_order]"):
            self.assertIn(words, said)
        self.evaluate(self.folder / "none.csv", code=2)
        self.relevo("evaluate", self.folder / "none", "--actuals", file, code=2)
        self.relevo("evaluate", self.folder / "out", code=2)

    def test_spreadsheets_are_read_as_well(self):
        self.run_scenario()
        file = self.write("actuals.csv", self.rows_of_plan())
        expected = json.loads(self.evaluate(file, "--json").stdout)
        for driver, ending in (("XLSX", "xlsx"), ("ODS", "ods")):
            sheet = self.folder / f"actuals.{ending}"
            subprocess.run(["ogr2ogr", "-f", driver, sheet, file], check=True)
            said = json.loads(self.evaluate(sheet, "--json").stdout)
            self.assertEqual({**said, "actuals": expected["actuals"]}, expected)

    def test_names_with_markup_stand_in_the_page_as_text(self):
        self.run_scenario(self.write_scenario("markup", settings=tiny_scenario.SETTINGS.replace("Two neighbours", "<b>x</b>")))
        page = self.folder / "page.html"
        self.evaluate(self.write("actuals.csv", self.rows_of_plan()), "--html", page, "--quiet")
        self.assertIn("&lt;b&gt;x", page.read_text(encoding="utf-8"))
        self.assertNotIn("<b>x", page.read_text(encoding="utf-8"))

    def test_the_table_in_the_scenario_folder_is_no_input(self):
        (self.scenario / "actuals.csv").write_text(tiny_scenario.csv_text([self.COLUMNS]), encoding="utf-8")
        self.assertNotIn("actuals", self.run_scenario().stderr)
        self.assertNotIn("actuals.csv", [entry["file"] for entry in self.plan()["inputs"]])


if __name__ == "__main__":
    tiny_scenario.main()
