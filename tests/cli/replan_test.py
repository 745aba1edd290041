#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""`relevo replan` and the edits of one run: what stays, what changes, what is said of it, and what is refused."""

import json

import tiny_scenario
from tiny_scenario import SETTINGS, SOURCE_DIR, TABLES

LATER = ["--set", "scenario.as_of=2016-06-02", "--set", "scenario.first_day=2016-06-02", "--set", "scenario.days=15"]


def deeds(plan):
    return [
        (a["unit_id"], a["ordinal"], a["depart"], a["home"], [(s["request_id"], s["line_days"]) for s in a["stints"]])
        for a in plan["assignments"]
    ]


class ReplanTest(tiny_scenario.ProgramTest):
    def replan(self, *words, scenario=None, out="second", code=0):
        return self.relevo(
            "replan", scenario or self.scenario, "--previous", self.folder / "out", "--out", self.folder / out, *words, code=code
        )

    def setUp(self):
        super().setUp()
        self.run_scenario(None, "--quiet")

    def test_without_a_change_the_plan_is_the_same(self):
        done = self.replan()
        self.assertEqual(deeds(self.plan("second")), deeds(self.plan()))
        self.assertEqual(self.plan("second")["result"]["vector"], self.plan()["result"]["vector"])
        self.assertIn("Nothing that was announced or is under way changes.", done.stdout)
        self.assertEqual(self.plan("second")["replan"]["changed"], 0)
        self.assertNotIn("replan", self.plan())

    def test_what_has_left_stays_and_is_a_commitment(self):
        self.replan(*LATER)
        plan = self.plan("second")
        gone = [a for a in self.plan()["assignments"] if a["depart"] < "2016-06-02"]
        self.assertTrue(gone)
        self.assertEqual(plan["replan"]["left"], len(gone))
        days = lambda plan: {(a["unit_id"], a["ordinal"], a["depart"], a["home"]) for a in plan["assignments"] if a["commitment"]}
        self.assertEqual(days(plan), {(a["unit_id"], a["ordinal"], a["depart"], a["home"]) for a in gone})

    def test_a_plan_made_anew_is_judged_with_the_earlier_one(self):
        self.replan(*LATER)
        words = ["check", self.scenario, "--plan", self.folder / "second" / "plan.json", *LATER]
        self.relevo(*words, "--previous", self.folder / "out")
        self.relevo(*words, code=3)

    def test_explain_takes_edits_and_the_earlier_plan_from_the_plan(self):
        self.replan(*LATER, "--set", "requests.R1.quantity=3", "--forbid", "LEAD:R2")
        self.assertIn("R2", self.relevo("explain", self.folder / "second", "--request", "R2").stdout)
        self.relevo("worth", self.folder / "second", "--kind", "crew")
        self.assertEqual(self.plan("second")["edits"]["forbid"], ["LEAD:R2"])
        # Without the earlier plan it is a plan that breaks rules.
        plan = self.plan("second")
        del plan["replan"]
        (self.folder / "second" / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
        done = self.relevo("explain", self.folder / "second", code=3)
        self.assertIn("explain.broken_plan", done.stderr)
        self.relevo("explain", self.folder / "second", "--previous", self.folder / "out")

    def test_a_change_is_said_with_its_cause_in_three_languages(self):
        for lang, cause in (("en", "decision"), ("es", "decisión"), ("fr", "décision")):
            done = self.replan("--forbid", "CREW:R1", "--lang", lang)
            self.assertIn("1 × CREW", done.stdout)
            self.assertIn(cause, done.stdout)
            report = self.read("second", "report.html")
            self.assertIn("1 × CREW", report)
        self.assertEqual(self.plan("second")["assignments"], [])
        changes = self.plan("second")["replan"]["changes"]
        crew = next(c for c in changes if c["unit_id"] == "CREW")
        self.assertEqual((crew["change"], crew["quantity"], crew["code"]), ("cancelled", 1, "forbidden"))
        findings = {f["code"] for f in self.plan("second")["findings"]}
        self.assertLessEqual({"announced.departure", "announced.return"}, findings)
        self.assertGreater(self.plan("second")["result"]["vector"]["disturbance"], 0)

    def test_what_is_no_longer_known_is_lost_and_said(self):
        without = self.write_scenario("without", units=[TABLES["units"][0], *TABLES["units"][2:]])
        done = self.replan(scenario=without)
        self.assertIn("the unit CREW is no longer on the roster", done.stderr)
        self.assertEqual({lost["code"] for lost in self.plan("second")["replan"]["lost"]}, {"unit"})
        other = [list(row) for row in TABLES["requests"]]
        other[1][0] = "R9"
        done = self.replan(scenario=self.write_scenario("other", requests=other))
        self.assertIn("the line R1 is no longer there", done.stderr)

    def test_a_plan_table_is_an_earlier_plan_too(self):
        table = self.folder / "plan.csv"
        table.write_text(self.read("out", "assignments.csv"), encoding="utf-8")
        self.relevo("replan", self.scenario, "--previous", table, "--out", self.folder / "second")
        self.assertEqual(deeds(self.plan("second")), deeds(self.plan()))

    def test_an_earlier_plan_that_is_none_is_refused(self):
        self.relevo("replan", self.scenario, "--previous", self.folder / "nowhere", "--out", self.folder / "x", code=2)
        self.relevo("replan", self.scenario, "--out", self.folder / "x", code=2)
        broken = self.folder / "broken.json"
        for text in ("", "[]", '{"assignments": 3}', '{"assignments": [7]}', '{"assignments": [{"unit_id": "CREW"}]}'):
            broken.write_text(text, encoding="utf-8")
            done = self.relevo("replan", self.scenario, "--previous", broken, "--out", self.folder / "x", code=2)
            self.assertIn("broken.json", done.stderr)


class EditTest(tiny_scenario.ProgramTest):
    def test_values_cells_and_agreements_for_one_run(self):
        self.run_scenario(None, "--set", "requests.R1.quantity=1", "--set", "policy.points_per_money=0", "--quiet")
        plan = self.plan()
        self.assertEqual([r["wanted"][4] for r in plan["requests"] if r["request_id"] == "R1"], [1])
        self.assertEqual(plan["edits"]["set"], ["requests.R1.quantity=1", "policy.points_per_money=0"])
        self.assertEqual(plan["result"]["objective"], plan["result"]["vector"]["need"] + self.tier_points(plan))
        self.run_scenario(None, "--set", "agreements.pact.tour.max_line_days=2", "--quiet")
        runs = [len(s["line_days"]) for a in self.plan()["assignments"] for s in a["stints"]]
        self.assertLessEqual(max(runs), 4)

    @staticmethod
    def tier_points(plan):
        return sum(5 for a in plan["assignments"] if not a["escort"])

    def test_pins_and_forbids(self):
        self.run_scenario(None, "--forbid", "CA-BC", "--quiet")
        self.assertEqual(self.plan()["assignments"], [])
        self.run_scenario(None, "--pin", "CREW:R1:1", "--quiet")
        self.assertTrue(self.plan()["assignments"])
        self.run_scenario(None, "--pin", "CREW:R2", code=3)

    def test_the_plan_without_international_help(self):
        data = SOURCE_DIR / "data" / "scenarios" / "fort-mcmurray-2016"
        self.run_scenario(data, "--domestic", "--quiet")
        plan = self.plan()
        new = {a["agency"] for a in plan["assignments"] if not a["commitment"]}
        self.assertTrue(new)
        self.assertEqual({agency[:3] for agency in new}, {"CA-"})
        self.assertTrue({"ZA-WOF"} <= {a["agency"] for a in plan["assignments"] if a["commitment"]})
        self.assertIs(plan["edits"]["domestic"], True)

    def test_what_leads_nowhere_is_refused_with_what_was_meant(self):
        for edit, words in (
            ("request.R1.quantity=1", ["edit.path", "'requests'"]),
            ("requests.R7.quantity=1", ["edit.record", "'R7'"]),
            ("requests.R1.quantty=1", ["edit.column", "'quantity'"]),
            ("requests.R1.quantity=many", ["quantity", "many"]),
            ("policy.unmet_pints=[1,1,1,1,1]", ["unmet_pints", "'unmet_points'"]),
            ("agreements.pakt.tour.max_line_days=2", ["edit.nothing"]),
            ("scenario.as_of=soon", ["as_of", "soon"]),
        ):
            done = self.run_scenario(None, "--set", edit, code=2)
            for word in words:
                self.assertIn(word, done.stderr, edit)
        for option, value in (("--set", "nothing"), ("--pin", "CREW"), ("--pin", "CREW:R1:x"), ("--forbid", ":R1")):
            done = self.run_scenario(None, option, value, code=2)
            self.assertIn(option, done.stderr)
        self.run_scenario(None, "--forbid", "CREWS", code=2)

    def test_a_scenario_with_a_base(self):
        settings = SETTINGS.replace('id = "tiny"', 'id = "step"\nbase = "../scenario"')
        step = self.write_scenario("step", settings=settings, bases=None, units=None, incidents=None)
        (step / "agreements" / "pact.toml").unlink()
        self.run_scenario(step, "--quiet")
        plan = self.plan()
        self.assertTrue(plan["assignments"])
        self.assertIn("../scenario/units.csv", {i["file"] for i in plan["inputs"]})
        missing = self.write_scenario("missing", settings=settings.replace("../scenario", "../nowhere"))
        done = self.run_scenario(missing, code=2)
        self.assertIn("scenario.base", done.stderr)

    def test_the_second_step_of_2016(self):
        data = SOURCE_DIR / "data" / "scenarios"
        self.run_scenario(data / "fort-mcmurray-2016", "--quiet", out="first")
        self.relevo(
            "replan", data / "fort-mcmurray-2016-june", "--previous", self.folder / "first", "--out", self.folder / "second", "--quiet"
        )
        plan = self.plan("second")
        self.assertEqual(plan["result"]["status"], "optimal")
        home = {(a["unit_id"], a["home"]) for a in plan["assignments"] if a["unit_id"] in ("MX-BRIG", "ZA-CR")}
        self.assertEqual(home, {("MX-BRIG", "2016-06-20"), ("ZA-CR", "2016-06-10")})
        south = [d for a in plan["assignments"] if a["unit_id"] == "ZA-CR" for s in a["stints"] for d in s["line_days"]]
        self.assertLess(max(south), "2016-06-08")
        released = {c["unit_id"]: c for c in plan["replan"]["changes"] if c["change"] == "released"}
        self.assertEqual((released["ZA-CR"]["quantity"], released["ZA-CR"]["code"]), (14, "recalled"))


if __name__ == "__main__":
    tiny_scenario.main()
