#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""`relevo run` on input that is wrong, odd or contradictory: what it says and which exit code it leaves."""

import json

import tiny_scenario
from tiny_scenario import COMMITMENT_COLUMNS, SETTINGS, TABLES, csv_text


def with_row(table, *row):
    return [*TABLES[table], list(row)]


class WrongInputTest(tiny_scenario.ProgramTest):
    """Input errors: exit code 2, every fault with its file, line and code, and nothing written."""

    def faults(self, scenario, code=2):
        done = self.run_scenario(scenario, code=code)
        self.assertEqual(done.stdout, "")
        self.assertFalse((self.folder / "out").exists(), "nothing may be written")
        return done.stderr

    def assert_fault(self, said, place, rule):
        lines = [line for line in said.splitlines() if line.endswith(f"[{rule}]")]
        self.assertTrue(any(line.startswith(f"{place}: ") for line in lines), f"{place} [{rule}] is not in\n{said}")
        return next(line for line in lines if line.startswith(f"{place}: "))

    def test_folder_that_is_not_there(self):
        said = self.faults(self.folder / "nowhere")
        self.assertIn(str(self.folder / "nowhere"), said)
        self.assertIn("[file.missing]", said)

    def test_file_instead_of_a_folder(self):
        self.assertIn("units.csv", self.faults(self.scenario / "units.csv"))

    def test_empty_folder(self):
        (self.folder / "empty").mkdir()
        self.assert_fault(self.faults(self.folder / "empty"), "scenario.toml", "file.missing")

    def test_mandatory_tables_missing(self):
        said = self.faults(self.write_scenario("few", units=None, requests=None))
        self.assertIn("units", said)
        self.assertIn("requests", said)
        self.assertEqual(said.count("[file.table_missing]"), 2)

    def test_many_faults_in_one_go(self):
        scenario = self.write_scenario(
            "many",
            bases=with_row("bases", "KAM", "Twice", "CA-BC", "-120", "95"),
            units=[
                *TABLES["units"],
                ["U3", "", "CA-XX", "crew", "1", "1", "KAM"],
                ["U4", "", "CA-BC", "crew", "1", "zero", "KAM"],
                ["U5", "", "CA-BC", "crew", "9", "1", "KAM"],
                ["U6", "", "CA-BC", "crew", "1", "1,5", "KAM"],
                ["U7", "", "CA-BC", "crew", "1", "1", ""],
            ],
            requests=[
                *TABLES["requests"],
                ["R3", "F1", "crew", "1", "1", "2016-13-01", "2016-06-05", "3", ""],
                ["R4", "F1", "crew", "1", "1", "2016-06-01", "2016-06-05", "9", ""],
            ],
        )
        said = self.faults(scenario)
        for place, rule in (
            ("bases.csv:3", "table.duplicate_id"),
            ("bases.csv:3", "table.too_large"),
            ("units.csv:4", "table.reference"),
            ("units.csv:5", "table.integer"),
            ("units.csv:6", "table.type"),
            ("units.csv:7", "table.thousands"),
            ("units.csv:8", "table.empty_cell"),
            ("requests.csv:4", "table.date"),
            ("requests.csv:5", "table.word"),
        ):
            with self.subTest(place=place, rule=rule):
                self.assert_fault(said, place, rule)

    def test_thirty_different_faults_of_one_table(self):
        columns = ["unit_id", "agency", "kind", "type", "count", "persons", "base", "available_from", "available_to",
                   "days_worked", "fitness_valid_to", "pools", "daily_cost", "currency"]  # fmt: skip
        sound = dict(zip(columns, ["", "CA-BC", "crew", "1", "1", "20", "KAM", *[""] * 7]))
        faults = [
            ({"unit_id": "CREW"}, "unit_id", "table.duplicate_id"),
            ({"unit_id": ""}, "unit_id", "table.empty_cell"),
            ({"unit_id": "=1+1"}, "unit_id", "table.identifier"),
            ({"agency": ""}, "agency", "table.empty_cell"),
            ({"agency": "CA-BX"}, "agency", "table.reference"),
            ({"kind": ""}, "kind", "table.empty_cell"),
            ({"kind": "crwe"}, "kind", "table.kind"),
            ({"type": "1B"}, "type", "table.type"),
            ({"kind": "helicopter", "type": ""}, "type", "table.type_missing"),
            ({"count": "0"}, "count", "table.zero"),
            ({"count": "-3"}, "count", "table.too_small"),
            ({"count": "2.5"}, "count", "table.integer"),
            ({"count": "two"}, "count", "table.integer"),
            ({"count": "1,234"}, "count", "table.thousands"),
            ({"count": "200000"}, "count", "table.too_large"),
            ({"persons": "-1"}, "persons", "table.too_small"),
            ({"persons": "100001"}, "persons", "table.too_large"),
            ({"persons": "a few"}, "persons", "table.integer"),
            ({"base": ""}, "base", "table.empty_cell"),
            ({"base": "KAN"}, "base", "table.reference"),
            ({"available_from": "2016-02-30"}, "available_from", "table.date"),
            ({"available_from": "31/05/2016"}, "available_from", "table.date"),
            ({"available_from": "2016-06-05", "available_to": "2016-06-01"}, "available_to", "table.date_order"),
            ({"days_worked": "366"}, "days_worked", "table.too_large"),
            ({"fitness_valid_to": "spring"}, "fitness_valid_to", "table.date"),
            ({"pools": "JAL"}, "pools", "unit.pools"),
            ({"pools": "JAX:5"}, "pools", "table.reference"),
            ({"pools": "JAL:21"}, "pools", "unit.pool_persons"),
            ({"daily_cost": "cheap"}, "daily_cost", "table.number"),
            ({"daily_cost": "5", "currency": "XXQ"}, "currency", "unit.currency"),
        ]
        self.assertEqual(len(faults), 30)
        rows = [list((sound | {"unit_id": f"U{i}"} | fault).values()) for i, (fault, _, _) in enumerate(faults)]
        scenario = self.write_scenario(
            "thirty",
            units=[columns, list((sound | {"unit_id": "CREW"}).values()), *rows],
            pools=[["pool_id", "people"], ["JAL", "30"]],
        )
        said = self.faults(scenario)
        for line, (fault, column, rule) in enumerate(faults, 3):
            with self.subTest(fault=fault):
                self.assert_fault(said, f"units.csv:{line}: {column}", rule)
        self.assertIn("30 errors. Nothing was written.", said)

    def test_count_of_zero(self):
        units = [TABLES["units"][0], [*TABLES["units"][1][:5], "0", "KAM"], TABLES["units"][2]]
        self.assert_fault(self.faults(self.write_scenario("zero", units=units)), "units.csv:2", "table.zero")

    def test_dates_in_the_wrong_order(self):
        requests = with_row("requests", "R3", "F1", "crew", "1", "1", "2016-06-05", "2016-06-01", "3", "")
        self.assert_fault(self.faults(self.write_scenario("order", requests=requests)), "requests.csv:4", "table.date_order")

    def test_unknown_kind_is_guessed(self):
        requests = with_row("requests", "R3", "F1", "helicopterr", "", "1", "2016-06-01", "2016-06-05", "3", "")
        line = self.assert_fault(self.faults(self.write_scenario("kind", requests=requests)), "requests.csv:4", "table.kind")
        self.assertIn("Did you mean 'helicopter'", line)

    def test_unknown_key_of_the_settings(self):
        settings = SETTINGS.replace("days = 20", "dayz = 20")
        said = self.faults(self.write_scenario("key", settings=settings))
        self.assertIn("'days'", self.assert_fault(said, "scenario.toml:6", "toml.unknown_key"))

    def test_agreement_nobody_has(self):
        said = self.faults(self.write_scenario("agreement", settings=SETTINGS.replace('["pact"]', '["pakt"]')))
        self.assertIn("'pact'", said)
        self.assertIn("[agreement.unknown]", said)

    def test_airport_nobody_has(self):
        bases = [[*TABLES["bases"][0], "airport"], [*TABLES["bases"][1], "ZZZ9"]]
        said = self.faults(self.write_scenario("airport", bases=bases))
        self.assertIn("ZZZ9", said)
        self.assertIn("[base.airport]", said)

    def test_not_a_table(self):
        scenario = self.write_scenario("binary")
        (scenario / "units.csv").write_bytes(bytes(range(256)) * 20)
        self.assertIn("units.csv", self.faults(scenario))
        (scenario / "units.csv").unlink()
        (scenario / "units.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
        self.assertIn("units.xlsx", self.faults(scenario))

    def test_two_files_of_one_table(self):
        scenario = self.write_scenario("two")
        (scenario / "units.geojson").write_text('{"type": "FeatureCollection", "features": []}')
        self.assertIn("[file.two_candidates]", self.faults(scenario))

    def test_faults_as_json(self):
        requests = with_row("requests", "R3", "F1", "helicopterr", "", "1", "2016-06-01", "2016-06-05", "3", "")
        scenario = self.write_scenario("json", requests=requests)
        for extra in ((), ("--quiet",)):
            done = self.run_scenario(scenario, "--json", *extra, code=2)
            told = json.loads(done.stdout)
            self.assertEqual(told["exit_code"], 2)
            fault = told["errors"][0]
            self.assertEqual(
                (fault["file"], fault["line"], fault["column"], fault["value"], fault["rule"]),
                ("requests.csv", 4, "kind", "helicopterr", "table.kind"),
            )
            self.assertIn("helicopterr", done.stderr)

    def test_faults_in_the_language_asked(self):
        scenario = self.write_scenario("words", requests=None)
        english = self.run_scenario(scenario, code=2).stderr
        for lang in ("es", "fr"):
            said = self.run_scenario(scenario, "--lang", lang, code=2).stderr
            self.assertNotEqual(said, english)
            # "error" is a Spanish word too.
            for word in ("The scenario", "Nothing was written", "error. Nothing"):
                self.assertNotIn(word, said)


class ContradictionTest(tiny_scenario.ProgramTest):
    """Facts that cannot all hold: exit code 3."""

    def test_unit_in_two_places(self):
        commitments = [
            COMMITMENT_COLUMNS,
            ["K1", "CREW", "1", "pact", "R1", "2016-05-31", "2016-06-01", "2016-06-05", "2016-06-05"],
            ["K2", "CREW", "1", "pact", "R1", "2016-06-04", "2016-06-05", "2016-06-08", "2016-06-08"],
        ]
        done = self.run_scenario(self.write_scenario("twice", commitments=commitments), code=3)
        self.assertIn("[commitment.two_places]", done.stderr)
        self.assertIn("K1", done.stderr)
        self.assertIn("K2", done.stderr)
        self.assertFalse((self.folder / "out").exists())
        done = self.run_scenario(self.folder / "twice", "--json", code=3)
        self.assertEqual(json.loads(done.stdout)["exit_code"], 3)

    def test_pins_that_cannot_hold(self):
        for name, unit, request in (("unfit", "CREW", "R2"), ("many", "CREW", "R1")):
            with self.subTest(name):
                rows = [["action", "unit", "request", "quantity"], ["pin", unit, request, "6"]]
                if name == "many":
                    rows.append(["forbid", unit, request, ""])
                done = self.run_scenario(self.write_scenario(name, decisions=rows), code=3)
                self.assertFalse((self.folder / "out").exists())
                self.assertNotIn("nternal", done.stderr)
                self.assertIn("decisions", done.stderr)

    def test_pins_that_contradict_each_other(self):
        requests = with_row("requests", "R3", "F1", "crew", "1", "6", "2016-06-01", "2016-06-07", "2", "")
        decisions = [
            ["action", "unit", "request", "quantity"],
            ["pin", "CREW", "R1", "6"],
            ["pin", "CREW", "R3", "6"],
        ]
        done = self.run_scenario(self.write_scenario("both", requests=requests, decisions=decisions), code=3)
        self.assertNotIn("nternal", done.stderr)
        self.assertFalse((self.folder / "out").exists())

    def test_pin_that_holds(self):
        decisions = [["action", "unit", "request", "quantity"], ["pin", "CREW", "R1", "3"]]
        self.run_scenario(self.write_scenario("pinned", decisions=decisions))
        serving = [a for a in self.plan()["assignments"] if any(s["request_id"] == "R1" for s in a["stints"])]
        self.assertGreaterEqual(len(serving), 3)

    def test_commitment_that_breaks_a_tour_is_kept_and_named(self):
        # Tours have five days, and this one began fourteen days before its end without a lead.
        commitments = [
            COMMITMENT_COLUMNS,
            ["K1", "CREW", "1", "pact", "R1", "2016-05-20", "2016-05-21", "2016-06-05", "2016-06-05"],
        ]
        scenario = self.write_scenario("long", commitments=commitments)
        self.run_scenario(scenario)
        plan = self.plan()
        self.assertIn("inherited.tour.line_days", {f["code"] for f in plan["findings"]})
        self.assertEqual(plan["violations"], [])
        kept = next(a for a in plan["assignments"] if a["commitment"])
        self.assertEqual((kept["depart"], kept["home"]), ("2016-05-20", "2016-06-05"))
        told = json.loads(self.relevo("check", scenario, "--plan", self.folder / "out" / "plan.json", "--json").stdout)
        self.assertTrue(told["valid"])
        self.assertIn("inherited.tour.line_days", {f["code"] for f in told["findings"]})


class OddInputTest(tiny_scenario.ProgramTest):
    """Input that people really send: other encodings and habits, the same plan."""

    def test_encodings_and_line_ends(self):
        plain = self.planned(self.scenario, "plain")
        text = {name: (self.scenario / f"{name}.csv").read_text(encoding="utf-8") for name in TABLES}
        for name, encoded in (
            ("utf8-mark", lambda t: t.encode("utf-8-sig")),
            ("utf16", lambda t: t.encode("utf-16")),
            ("utf16-be", lambda t: b"\xfe\xff" + t.encode("utf-16-be")),
            ("latin1", lambda t: t.encode("latin-1")),
            ("crlf", lambda t: t.replace("\n", "\r\n").encode()),
            ("no-last-newline", lambda t: t.rstrip("\n").encode()),
            ("semicolons", lambda t: t.replace(",", ";").encode()),
            ("tabs", lambda t: t.replace(",", "\t").encode()),
            ("blank-lines", lambda t: (t + "\n\n").encode()),
        ):
            with self.subTest(name):
                scenario = self.write_scenario(name)
                for table, content in text.items():
                    (scenario / f"{table}.csv").write_bytes(encoded(content))
                self.assertEqual(self.planned(scenario, f"out-{name}"), plain)
                self.assertIn("Équipe Cañón", self.read(f"out-{name}", "assignments.csv"))

    def test_headers_in_other_spellings(self):
        plain = self.planned(self.scenario, "plain")
        units = [["ID", "Nombre", "Agency", "Clase", "TIPO", " count ", "base"], *TABLES["units"][1:]]
        requests = [
            ["Solicitud", "incident", "clase", "tipo", "cantidad", "desde", "hasta", "prioridad", "qualifications"],
            *TABLES["requests"][1:],
        ]
        self.assertEqual(self.planned(self.write_scenario("spelt", units=units, requests=requests), "spelt-out"), plain)

    def test_unknown_columns_are_noted_and_harmless(self):
        plain = self.planned(self.scenario, "plain")
        units = [[*row, extra] for row, extra in zip(TABLES["units"], ("Radio channel", "7", "=1+1"))]
        scenario = self.write_scenario("wide", units=units)
        done = self.run_scenario(scenario, out="noted")
        self.assertIn("Radio channel", done.stderr)
        self.assertIn("[table.unknown_column]", done.stderr)
        self.assertEqual(self.planned(scenario, "wide-out"), plain)

    def test_unused_files_are_noted(self):
        (self.scenario / "unitz.csv").write_text(csv_text(TABLES["units"]))
        self.assertIn("unitz.csv", self.run_scenario().stderr)


if __name__ == "__main__":
    tiny_scenario.main()
