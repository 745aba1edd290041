#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""`relevo check --plan plan.csv`: a plan made by hand in a table is judged like one of ours."""

import csv
import datetime
import json
import re
import subprocess

import tiny_scenario

HEADER = ["unit_id", "ordinal", "request_id", "escort", "borrower", "depart", "release", "days_off_on"]


class PlanTableTest(tiny_scenario.ProgramTest):
    def setUp(self):
        super().setUp()
        self.run_scenario(self.scenario, "--quiet")
        self.ours = self.plan()

    def judge(self, rows, code=0, *options):
        table = self.folder / "mine.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return self.relevo("check", self.scenario, "--plan", table, *options, code=code)

    def rows_of_ours(self):
        """The new assignments of our plan as a coordinator would type them."""
        rows = [HEADER]
        for a in self.ours["assignments"]:
            if not a["commitment"]:
                stint = a["stints"][0]
                days_off = ";".join(stint["days_off"]) or "none"
                who = [a["unit_id"], a["ordinal"], stint["request_id"] or "", a["escort"] or "", a["borrower"]]
                rows.append([*who, a["depart"], a["release"], days_off])
        return rows

    def test_our_plan_typed_again_is_the_same_plan(self):
        told = json.loads(self.judge(self.rows_of_ours(), 0, "--json").stdout)
        self.assertTrue(told["valid"])
        self.assertAlmostEqual(told["objective"], self.ours["result"]["objective"], places=6)

    def test_the_table_a_run_writes_reads_back(self):
        table = self.folder / "out" / "assignments.csv"
        told = json.loads(self.relevo("check", self.scenario, "--plan", table, "--json").stdout)
        self.assertAlmostEqual(told["objective"], self.ours["result"]["objective"], places=6)

    def test_a_broken_plan_is_told_with_its_code(self):
        rows = self.rows_of_ours()
        crew = next(row for row in rows if row[0] == "CREW")
        crew[1] = "7"
        told = json.loads(self.judge(rows, 3, "--json").stdout)
        self.assertIn("unit.ordinal", {violation["code"] for violation in told["violations"]})

    def test_without_the_lead(self):
        rows = [row for row in self.rows_of_ours() if row[0] != "LEAD"]
        told = json.loads(self.judge(rows, 3, "--json").stdout)
        self.assertIn("plan.escort", {violation["code"] for violation in told["violations"]})

    def test_errors_name_row_column_and_remedy(self):
        request = next(row[2] for row in self.rows_of_ours()[1:] if row[2])
        for row, says in (
            (["CRUE", "1", request, "", "", "2016-05-29", "2016-06-03"], ("mine.csv:2", "unit_id", "units")),
            (["CREW", "1", request, "", "", "29/05/2016", "2016-06-03"], ("mine.csv:2", "depart", "2016-06-04")),
            (["CREW", "1", request, "", "", "2016-05-29", "2016-05-01"], ("mine.csv:2", "release", "order")),
            (["CREW", "1", "", "", "", "2016-05-29", "2016-06-03"], ("mine.csv:2", "request_id", "escort")),
            (["LEAD", "1", "", "lead", "", "2016-05-29", "2016-06-03"], ("mine.csv:2", "borrower", "agency_id")),
            (["CREW", "1", request, "", "", "2019-05-29", "2019-06-03"], ()),
        ):
            with self.subTest(row):
                said = self.judge([HEADER, [*row, ""]], 2 if says else 3)
                for part in says:
                    self.assertIn(part, said.stderr)

    def test_days_off_may_be_listed(self):
        rows = self.rows_of_ours()
        for row in rows[1:]:
            row[-1] = "2016-06-02..2016-06-03;some day"
        self.assertIn("days_off_on", self.judge(rows, 2).stderr)

    def test_days_off_are_the_agreements_where_nothing_is_said(self):
        rows = [HEADER, ["CREW", "1", "R1", "", "", "2016-05-31", "2016-06-08", ""]]
        told = json.loads(self.judge(rows, 3, "--json").stdout)
        # Five line days, one off, one more: only the lead is missing.
        self.assertEqual({violation["code"] for violation in told["violations"]}, {"plan.escort"})

    def ordinals_of(self, rows):
        """Whom the table means, by what it breaks: a second deployment of one unit collides with the first."""
        told = json.loads(self.judge(rows, 3, "--json").stdout)
        return sorted(v["code"] for v in told["violations"] if v["code"].startswith("unit."))

    def test_rows_alike_are_units_of_their_own(self):
        crew = ["CREW", "", "R1", "", "", "2016-05-31", "2016-06-06", ""]
        lead = ["LEAD", "", "R1", "", "", "2016-05-31", "2016-06-06", ""]
        told = json.loads(self.judge([HEADER, crew, crew, lead], 0, "--json").stdout)
        self.assertEqual(told["violations"], [])
        # The same with a number in one row, and with each of them named.
        wide = [row[:1] + [number] + row[1:] for row, number in ((HEADER, "quantity"), (crew, "2"), (lead, ""))]
        named = [HEADER, [*crew[:1], "1", *crew[2:]], [*crew[:1], "2", *crew[2:]], [*lead[:1], "1", *lead[2:]]]
        for rows in (wide, named):
            again = json.loads(self.judge(rows, 0, "--json").stdout)
            self.assertAlmostEqual(again["objective"], told["objective"], places=6)

    def test_who_accompanies_may_name_the_line(self):
        crew = ["CREW", "1", "R1", "", "", "2016-05-31", "2016-06-06", ""]
        for lead in (["LEAD", "1", "R1", "", ""], ["LEAD", "1", "R1", "lead", ""], ["LEAD", "1", "", "lead", "CA-AB"]):
            with self.subTest(lead):
                code = 2 if lead[2] and lead[3] else 0
                self.judge([HEADER, crew, [*lead, "2016-05-31", "2016-06-06", ""]], code)

    def test_units_are_taken_that_are_at_home_and_rested(self):
        def goes(day, release, ordinal="", count=1):
            row = ["CREW", ordinal, "R1", "", "", f"2016-05-{day:02d}", f"2016-06-{release:02d}", ""]
            return [row] * count

        # Six crews are there; a seventh is not, and is said to be none.
        self.assertEqual(self.ordinals_of([HEADER, *goes(31, 6, count=6)]), [])
        self.assertEqual(self.ordinals_of([HEADER, *goes(31, 6, count=7)]), ["unit.ordinal"])
        # Those that are named go first, wherever they stand.
        self.assertEqual(self.ordinals_of([HEADER, *goes(31, 6, count=5), *goes(31, 6, "1")]), [])
        # Who is back on the 4th has rested on the 7th; on the 6th another one goes, while there is one.
        later = ["CREW", "", "R1", "", "", "2016-06-05", "2016-06-08", ""]
        self.assertEqual(self.ordinals_of([HEADER, *goes(31, 4, count=5), later]), [])
        self.assertEqual(self.ordinals_of([HEADER, *goes(31, 4, count=6), later]), ["unit.rest"])

    def test_headers_in_spanish_and_french(self):
        for header in ("unidad,cantidad,solicitud,salida,liberación,regreso", "Unité,Quantité,Demande,Départ,Libération,Retour"):
            rows = [header.split(",")]
            rows += [[unit, count, "R1", "2016-05-31", "2016-06-06", ""] for unit, count in (("CREW", "2"), ("LEAD", "1"))]
            self.judge(rows, 0)

    def test_either_an_ordinal_or_a_quantity(self):
        rows = [["unit_id", "ordinal", "quantity", "request_id", "depart", "release"]]
        rows.append(["CREW", "1", "2", "R1", "2016-05-31", "2016-06-06"])
        self.assertIn("commitment.ordinal_and_quantity", self.judge(rows, 2).stderr)

    def test_a_spreadsheet_will_do(self):
        rows = self.rows_of_ours()
        self.judge(rows)
        for driver, ending in (("XLSX", "xlsx"), ("ODS", "ods")):
            sheet = self.folder / f"mine.{ending}"
            subprocess.run(
                ["ogr2ogr", "-f", driver, sheet, self.folder / "mine.csv", "-nln", "plan"],
                check=True,
                capture_output=True,
            )
            told = json.loads(self.relevo("check", self.scenario, "--plan", sheet, "--json").stdout)
            self.assertAlmostEqual(told["objective"], self.ours["result"]["objective"], places=6)

    def test_an_empty_file_is_told_as_one(self):
        (self.folder / "none.csv").write_text("")
        self.assertIn("[table.empty]", self.relevo("check", self.scenario, "--plan", self.folder / "none.csv", code=2).stderr)

    def test_a_table_without_its_columns(self):
        self.assertIn("depart", self.judge([["unit_id"], ["CREW"]], 2).stderr)


class PageTest(tiny_scenario.ProgramTest):
    def test_the_table_of_the_page_obeys_every_rule_of_the_shipped_scenario(self):
        page = (tiny_scenario.SOURCE_DIR / "docs" / "check.md").read_text(encoding="utf-8")
        (table,) = re.findall(r"^```csv\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
        (self.folder / "page.csv").write_text(table, encoding="utf-8")
        scenario = tiny_scenario.SOURCE_DIR / "data" / "scenarios" / "fort-mcmurray-2016"
        told = json.loads(self.relevo("check", scenario, "--plan", self.folder / "page.csv", "--json").stdout)
        self.assertEqual(told["violations"], [])


class MovesTest(tiny_scenario.ProgramTest):
    """Two crews: the second shadows the first, relieves it and moves on to the other fire, where nobody else can go."""

    def setUp(self):
        super().setUp()
        near = ["F2", "Creek", "CA-AB", "wildfire", "-115.9", "51.9"]
        handover = tiny_scenario.TABLES["requests"][0] + ["handover"]
        self.scenario = self.write_scenario(
            "moving",
            settings=tiny_scenario.SETTINGS + "[policy]\nexportable_share = [1, 1, 1, 1, 1]\n",
            agreement=tiny_scenario.AGREEMENT.replace("max_tours = 2", "max_tours = 2\nmax_moves = 1\nshadow_days = 1")
            .replace("rest_days_home = 2", "rest_days_home = 9"),
            units=[row if row[0] != "CREW" else [*row[:5], "2", row[6]] for row in tiny_scenario.TABLES["units"]],
            incidents=[*tiny_scenario.TABLES["incidents"], near],
            requests=[
                handover,
                ["R1", "F1", "crew", "1", "1", "2016-06-01", "2016-06-08", "1", "", "yes"],
                ["R2", "F2", "crew", "1", "1", "2016-06-09", "2016-06-13", "2", "", ""],
            ],
        )
        self.run_scenario(self.scenario, "--quiet")
        self.ours = self.plan()
        self.table = self.folder / "out" / "assignments.csv"

    def judge(self, table, code=0):
        return json.loads(self.relevo("check", self.scenario, "--plan", table, "--json", code=code).stdout)

    def test_the_plan_moves_and_hands_over(self):
        stays = [[stint["request_id"] for stint in a["stints"]] for a in self.ours["assignments"]]
        self.assertIn(["R1", "R2"], stays)
        self.assertTrue(any(stint["shadow_days"] for a in self.ours["assignments"] for stint in a["stints"]))

    def test_its_table_reads_back(self):
        told = self.judge(self.table)
        self.assertTrue(told["valid"], told)
        self.assertAlmostEqual(told["objective"], self.ours["result"]["objective"], places=6)

    def rewritten(self, change):
        with self.table.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        changed = self.folder / "changed.csv"
        with changed.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(change(row) for row in rows)
        return changed

    def test_it_reads_back_without_ordinals(self):
        told = self.judge(self.rewritten(lambda row: row | {"ordinal": ""}))
        self.assertAlmostEqual(told["objective"], self.ours["result"]["objective"], places=6)

    def test_a_row_for_each_stay_needs_no_ordinal_either(self):
        rows = [["unit", "request", "escort", "borrower", "depart", "first_line_day", "shadow_days", "release", "days_off_on"]]
        for a in self.ours["assignments"]:
            for stint in a["stints"]:
                who = [a["unit_id"], stint["request_id"] or "", a["escort"] or "", a["borrower"] if a["escort"] else ""]
                days = [a["depart"], stint["line_days"][0], len(stint["shadow_days"]), a["release"]]
                rows.append([*who, *days, ";".join(stint["days_off"]) or "none"])
        table = self.folder / "stays.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        told = self.judge(table)
        self.assertAlmostEqual(told["objective"], self.ours["result"]["objective"], places=6)

    def test_a_stay_that_begins_before_its_need_is_told(self):
        def too_soon(row):
            stays = row["stays"].split(";")
            if len(stays) > 1:
                request, first = stays[-1].split(":")
                stays[-1] = f"{request}:{datetime.date.fromisoformat(first) - datetime.timedelta(days=1)}"
            return row | {"stays": ";".join(stays)}

        told = self.judge(self.rewritten(too_soon), 3)
        self.assertIn("stint.days_off", {violation["code"] for violation in told["violations"]})

    def test_what_is_no_stay(self):
        for stays, says in (("R1", "R1"), ("R1:some day", "some day"), ("R9:2016-06-01", "R9")):
            with self.subTest(stays):
                table = self.rewritten(lambda row, stays=stays: row | {"stays": stays if row["stays"] else ""})
                said = self.relevo("check", self.scenario, "--plan", table, code=2).stderr
                self.assertIn("stays", said)
                self.assertIn(says, said)


if __name__ == "__main__":
    tiny_scenario.main()
