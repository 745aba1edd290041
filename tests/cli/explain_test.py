#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""`relevo explain`, `relevo worth`, `relevo second-best` and `run --explain`: what they say of the tiny scenario, in three
languages and as JSON, and what they refuse."""

import json

import tiny_scenario
from tiny_scenario import TABLES


class ExplainTest(tiny_scenario.ProgramTest):
    def setUp(self):
        super().setUp()
        self.run_scenario(None, "--quiet")

    def explain(self, *words, code=0):
        return self.relevo("explain", self.folder / "out", *words, code=code)

    def offers(self, *words):
        return json.loads(self.explain("--json", *words).stdout)["lines"][0]["changes"]["offers"]

    def test_an_open_line_has_its_units_and_the_change_that_fills_it(self):
        for lang, words in (
            ("en", ["lacking the qualification falling", "What would help", "CREW", "Then 0 stay open instead of 5"]),
            ("es", ["falling", "CREW"]),
            ("fr", ["falling", "CREW"]),
        ):
            said = self.explain("--request", "R2", "--lang", lang).stdout
            for word in words:
                self.assertIn(word, said, lang)
        line = json.loads(self.explain("--request", "R2", "--json").stdout)["lines"][0]
        self.assertEqual(line["reasons"][0]["units"], [{"unit_id": "CREW", "count": 6}])
        changes = line["changes"]
        self.assertEqual(changes["proof"], "exact")
        # No crew has the qualification: nobody could be there in any plan.
        self.assertEqual((changes["unmet"], changes["unavoidable"], changes["others_could"]), (5, 5, 0))
        self.assertEqual(changes["ruled_out"], changes["catalogue"] - 1)
        self.assertIn("Nobody could take any of the 5 open in any plan", self.explain("--request", "R2").stdout)
        (offer,) = self.offers("--request", "R2")
        self.assertEqual((offer["code"], offer["size"], offer["unmet"], offer["need"]), ("qualification", 1, 0, -5000))

    def test_what_is_offered_does_fill_the_line(self):
        rows = [[*row, ""] for row in TABLES["units"]]
        rows[0][-1] = "qualifications"
        rows[1][-1] = "falling"
        self.run_scenario(self.write_scenario("changed", units=rows), "--quiet", out="changed-out")
        unmet = {r["request_id"]: sum(r["unmet"]) for r in self.plan("changed-out")["requests"]}
        self.assertEqual(unmet, {"R1": 0, "R2": 0})

    def test_why_a_unit_comes(self):
        said = self.explain("--unit", "CREW").stdout
        self.assertIn("R1 without CREW", said)
        self.assertIn("pact", said)
        self.assertIn("LEAD", self.explain("--agency", "CA-BC").stdout)

    def test_worth_of_one_more_and_one_less(self):
        def worth(plan):
            found = json.loads(self.relevo("worth", plan, "--kind", "crew", "--json").stdout)["worth"]
            return {(w["code"], w["unit_id"]): (w["more"], w["less"]) for w in found}

        more, less = worth(self.folder / "out")[("unit", "CREW")]
        self.assertEqual((more["need"], less["need"]), (0, 0))
        self.assertIn("CREW", self.relevo("worth", self.folder / "out").stdout)
        # Of two crews one may leave, of three two: the line wants two.
        few = [list(row) for row in TABLES["units"]]
        few[1][5] = "2"
        self.run_scenario(self.write_scenario("scarce", units=few), "--quiet", out="scarce-out")
        more, less = worth(self.folder / "scarce-out")[("unit", "CREW")]
        self.assertLess(more["need"], 0)
        self.assertGreater(less["need"], 0)

    def test_a_plan_that_is_just_as_good_is_the_second_best(self):
        self.assertIn("just as good", self.relevo("second-best", self.folder / "out").stdout)
        found = json.loads(self.relevo("second-best", self.folder / "out", "--json").stdout)
        self.assertAlmostEqual(found["objective"], 0)
        self.assertTrue(found["proved"])

    def test_second_best_plan(self):
        # Two crews for two on the line: every other plan leaves a day open.
        few = [list(row) for row in TABLES["units"]]
        few[1][5] = "2"
        scenario = self.write_scenario("scarce", units=few)
        out = self.folder / "scarce-out"
        self.run_scenario(scenario, "--quiet", out="scarce-out")
        for lang, words in (
            ("en", ["points worse", "Proved", "the second best", "CA-BC to CA-AB"]),
            ("es", ["puntos peor", "Demostrado"]),
            ("fr", ["points", "Prouvé"]),
        ):
            said = self.relevo("second-best", out, "--lang", lang).stdout
            for word in words:
                self.assertIn(word, said, lang)
        found = json.loads(self.relevo("second-best", out, "--json", "--out", self.folder / "second").stdout)
        self.assertTrue(found["possible"] and found["proved"])
        self.assertGreater(found["objective"], 0)
        first, second = self.plan("scarce-out"), self.plan("second")
        self.assertAlmostEqual(second["result"]["objective"] - first["result"]["objective"], found["objective"])
        self.assertAlmostEqual(second["result"]["objective"], found["bound"])
        self.assertFalse(found["comparison"]["identical"])
        self.assertIn("changed", {group["change"] for group in found["comparison"]["groups"]})
        self.relevo("check", scenario, "--plan", self.folder / "second" / "plan.json")
        # Its own second best is the first: nothing is better than that.
        back = json.loads(self.relevo("second-best", self.folder / "second", "--json").stdout)
        self.assertAlmostEqual(back["objective"], -found["objective"])
        self.assertFalse(back["proved"])

    def test_second_best_in_who_comes(self):
        # Two crews of one row: one may come a day later, or twice, which counts as one more.
        few = [list(row) for row in TABLES["units"]]
        few[1][5] = "2"
        self.run_scenario(self.write_scenario("two", units=few), "--quiet", out="two-out")
        later, twice = (
            json.loads(self.relevo("second-best", self.folder / "two-out", "--differs", what, "--json").stdout)
            for what in ("any", "who")
        )
        self.assertEqual((later["differs"], twice["differs"]), ("any", "who"))
        self.assertTrue(later["proved"] and twice["proved"])
        self.assertGreater(twice["objective"], later["objective"])
        said = self.relevo("second-best", self.folder / "two-out", "--differs", "who").stdout
        self.assertIn("with others who come", said)
        self.assertIn("when", self.relevo("second-best", self.folder / "two-out", "--differs", "when", code=2).stderr)
        self.run_scenario(None, "--forbid", "CA-BC", "--quiet", out="nobody")
        said = self.relevo("second-best", self.folder / "nobody", "--differs", "who").stdout
        self.assertIn("anybody come who does not come now", said)

    def test_where_nobody_may_go_there_is_no_second_best(self):
        self.run_scenario(None, "--forbid", "CA-BC", "--quiet", out="nobody")
        self.assertIn("There is none", self.relevo("second-best", self.folder / "nobody").stdout)
        found = json.loads(self.relevo("second-best", self.folder / "nobody", "--json").stdout)
        self.assertEqual((found["possible"], found["proved"], found["comparison"]), (False, True, None))

    def test_run_writes_offers_into_the_report(self):
        self.run_scenario(None, "--explain", "2", "--quiet", out="explained")
        self.assertIn("The people of CREW get the qualification falling", self.read("explained", "report.html"))
        self.assertNotIn("The people of CREW get the qualification falling", self.read("out", "report.html"))

    def test_run_writes_worth_into_the_report(self):
        self.run_scenario(None, "--worth", "2", "--quiet", out="worth")
        page = self.read("worth", "report.html")
        chart = page[page.index('<section id="worth"') :]
        self.assertEqual(chart[: chart.index("</section>")].count('scope="row"'), 2)
        self.assertNotIn('<section id="worth"', self.read("out", "report.html"))

    def test_what_is_not_there_is_refused(self):
        for option, word in (("--request", "R9"), ("--unit", "CREWS"), ("--agency", "ZZ")):
            done = self.explain(option, word, code=2)
            self.assertIn(word, done.stderr)
            self.assertIn("explain.unknown", done.stderr)
        self.relevo("explain", self.folder / "nowhere", code=2)
        self.relevo("worth", self.folder / "nowhere", code=2)


if __name__ == "__main__":
    tiny_scenario.main()
