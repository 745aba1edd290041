#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""`relevo check`: a plan of ours is valid, a spoilt one is not and the code says why, and nonsense is no plan at all."""

import json
import subprocess

import tiny_scenario


class CheckTest(tiny_scenario.ProgramTest):
    def setUp(self):
        super().setUp()
        self.run_scenario(self.scenario, "--quiet")
        self.file = self.folder / "out" / "plan.json"

    def check(self, *options, code=0):
        return self.relevo("check", self.scenario, "--plan", self.file, *options, code=code)

    def spoilt(self, change):
        """Codes of the violations after `change` has been done to the plan."""
        plan = self.plan()
        change(plan)
        self.file.write_text(json.dumps(plan), encoding="utf-8")
        told = json.loads(self.check("--json", code=3).stdout)
        self.assertFalse(told["valid"])
        for violation in told["violations"]:
            self.assertTrue(violation["message"])
        return {violation["code"] for violation in told["violations"]}

    def test_plan_of_ours_is_valid(self):
        told = json.loads(self.check("--json").stdout)
        self.assertTrue(told["valid"])
        self.assertEqual(told["violations"], [])
        self.assertEqual(told["objective"], self.plan()["result"]["objective"])
        self.assertIn("obeys every rule", self.check().stdout)
        self.assertEqual(self.check("--quiet").stdout, "")

    def test_verdict_in_other_languages(self):
        self.assertIn("respeta todas las reglas", self.check("--lang", "es").stdout)
        self.assertIn("respecte toutes les règles", self.check("--lang", "fr").stdout)

    def test_reading_a_plan_loses_nothing_that_is_judged(self):
        self.file.write_text(json.dumps(self.plan(), indent=None, sort_keys=True), encoding="utf-8")
        self.check()

    def test_without_the_lead(self):
        def drop(plan):
            leads = {a["assignment_id"] for a in plan["assignments"] if a["escort"] == "lead"}
            self.assertTrue(leads)
            plan["assignments"] = [a for a in plan["assignments"] if a["assignment_id"] not in leads]
            for contingent in plan["contingents"]:
                contingent["lead"] = None

        self.assertIn("plan.escort", self.spoilt(drop))

    def test_a_line_day_too_many(self):
        def stretch(plan):
            for assignment in plan["assignments"]:
                for stint in assignment["stints"]:
                    if stint["days_off"]:
                        stint["line_days"] = sorted(stint["line_days"] + stint["days_off"])
                        stint["days_off"] = []

        codes = self.spoilt(stretch)
        self.assertIn("tour.line_days", codes)
        self.assertIn("request.working", codes)

    def test_same_unit_twice(self):
        def double(plan):
            for assignment in plan["assignments"]:
                if assignment["unit_id"] == "CREW":
                    assignment["ordinal"] = 1

        self.assertIn("unit.double_booked", self.spoilt(double))

    def test_departure_before_the_notice(self):
        def hurry(plan):
            plan["assignments"][0]["depart"] = "2016-05-27"

        self.assertTrue({"unit.horizon", "unit.notice"} & self.spoilt(hurry))

    def test_boast(self):
        def boast(plan):
            plan["result"]["vector"]["need"] = 0
            plan["requests"][1]["status"] = "filled"

        self.assertLessEqual({"objective.need", "request.status"}, self.spoilt(boast))

    def test_violations_in_words(self):
        plan = self.plan()
        plan["assignments"][0]["persons"] = 99
        self.file.write_text(json.dumps(plan))
        said = self.check(code=3).stdout
        self.assertIn("assignment.persons", said)
        self.assertNotEqual(self.check("--lang", "fr", code=3).stdout, said)

    def test_what_is_no_plan(self):
        whole = self.file.read_text(encoding="utf-8")
        plan = json.loads(whole)
        unknown = json.loads(whole)
        unknown["assignments"][0]["unit_id"] = "NOBODY"
        odd = json.loads(whole)
        odd["assignments"][0]["depart"] = 7
        version = {**plan, "schema_version": 999}
        for name, text, says in (
            ("cut off", whole[: len(whole) // 2], "JSON"),
            ("empty", "", "JSON"),
            ("not JSON", "plan", "JSON"),
            ("a list", "[]", ""),
            ("a number", "1", ""),
            ("null", "null", ""),
            ("nothing in it", "{}", "missing"),
            ("another version", json.dumps(version), "999"),
            ("unknown unit", json.dumps(unknown), "NOBODY"),
            ("number for a date", json.dumps(odd), "depart"),
            ("deep", "[" * 100000, ""),
            ("not text", "\x00\ud7ff\x01", ""),
        ):
            with self.subTest(name):
                self.file.write_text(text, encoding="utf-8")
                done = self.check(code=2)
                self.assertEqual(done.stdout, "")
                self.assertIn(says, done.stderr)
                self.assertIn("plan.json", done.stderr)
                self.assertEqual(json.loads(self.check("--json", code=2).stdout)["exit_code"], 2)

    def test_file_that_is_not_there(self):
        self.file = self.folder / "nowhere.json"
        self.assertIn("nowhere.json", self.check(code=2).stderr)
        self.file = self.folder
        self.assertIn("[file.unreadable]", self.check(code=2).stderr)

    def test_keys_may_be_missing_or_odd_without_a_crash(self):
        whole = self.plan()

        def paths(node, path=()):
            children = node.items() if isinstance(node, dict) else enumerate(node[:1]) if isinstance(node, list) else ()
            for key, child in children:
                yield (*path, key)
                yield from paths(child, (*path, key))

        odd_values = ("missing", None, -(2**63), "\x00", {"a": []})
        judged = {key: value for key, value in whole.items() if key not in ("run", "sources", "inputs", "options")}
        for i, path in enumerate(list(paths(judged))[::3]):
            odd = odd_values[i % len(odd_values)]
            plan = json.loads(json.dumps(whole))
            node = plan
            for key in path[:-1]:
                node = node[key]
            if odd == "missing":
                del node[path[-1]]
            else:
                node[path[-1]] = odd
            self.file.write_text(json.dumps(plan))
            done = subprocess.run(
                [tiny_scenario.RELEVO, "check", self.scenario, "--plan", self.file], capture_output=True, check=False
            )
            self.assertIn(done.returncode, (0, 2, 3), (path, odd, done.stderr))

    def test_scenario_that_is_not_the_plans(self):
        header, crew, lead = tiny_scenario.TABLES["units"]
        other = self.write_scenario("other", units=[header, [*crew[:5], "2", *crew[6:]], lead])
        done = self.relevo("check", other, "--plan", self.file, "--json", code=3)
        self.assertIn("unit.ordinal", {v["code"] for v in json.loads(done.stdout)["violations"]})


if __name__ == "__main__":
    tiny_scenario.main()
