#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""`relevo compare`: two folders, two files, two plans of a workspace, plans of two scenarios."""

import json

import tiny_scenario


class CompareTest(tiny_scenario.ProgramTest):
    def setUp(self):
        super().setUp()
        self.scenario = self.write_scenario("scenario", requests=self.lines(1))
        self.run_scenario(out="a")
        self.other = self.write_scenario("other", requests=self.lines(3))
        self.run_scenario(self.other, out="b")

    @staticmethod
    def lines(first):
        """One tour of two crews, and a line that nobody can fill."""
        days = [f"2016-06-{first:02d}", f"2016-06-{first + 4:02d}"]
        header = tiny_scenario.TABLES["requests"][0]
        return [header, ["R1", "F1", "crew", "1", "2", *days, "2", ""], ["R2", "F1", "crew", "2", "1", *days, "3", "falling"]]

    def compare(self, *words, **options):
        return self.relevo("compare", *words, **options)

    def compared(self, before, after):
        return json.loads(self.compare(before, after, "--json").stdout)

    def test_a_plan_and_itself_are_the_same(self):
        done = self.compare(self.folder / "a", self.folder / "a" / "plan.json")
        self.assertIn("The plans are the same", done.stdout)
        self.assertEqual(done.stderr, "")
        self.assertTrue(self.compared(self.folder / "a", self.folder / "a")["identical"])

    def test_contingents_that_leave_later_are_moved(self):
        text = self.compare(self.folder / "a", self.folder / "b").stdout
        self.assertIn("leaves 2 days later", text)
        comparison = self.compared(self.folder / "a", self.folder / "b")
        self.assertFalse(comparison["identical"])
        changes = [group["change"] for group in comparison["groups"]]
        self.assertIn("changed", changes)
        self.assertNotIn("added", changes)
        self.assertEqual({group["days_later"] for group in comparison["groups"]}, {2})

    def test_figures_are_those_of_the_plans(self):
        comparison = self.compared(self.folder / "a", self.folder / "b")
        for side, out in (("before", "a"), ("after", "b")):
            plan = self.plan(out)
            self.assertEqual(comparison[side]["vector"], plan["result"]["vector"])
            self.assertEqual(comparison[side]["bound"], plan["result"]["bound"])
            unmet = {line["request_id"]: sum(line["unmet"]) for line in plan["requests"]}
            self.assertEqual({line["request_id"]: line[side]["unmet"] for line in comparison["lines"]}, unmet)
            persons = sum(assignment["persons"] for assignment in plan["assignments"])
            self.assertEqual(sum(group[side]["persons"] for group in comparison["groups"] if group[side]), persons)
            cost = sum(sum(assignment["cost"].values()) for assignment in plan["assignments"] if not assignment["commitment"])
            self.assertAlmostEqual(sum(item[side] for name, item in comparison["cost"].items() if name != "representatives"), cost, 2)
            self.assertAlmostEqual(sum(item[side] for item in comparison["cost"].values()), plan["result"]["vector"]["cost"], 2)

    def test_the_other_way_round_is_the_opposite(self):
        there = self.compared(self.folder / "a", self.folder / "b")
        back = self.compared(self.folder / "b", self.folder / "a")
        for one, other in zip(there["groups"], back["groups"], strict=True):
            self.assertEqual((one["before"], one["after"]), (other["after"], other["before"]))
            self.assertEqual(one["days_later"], -other["days_later"])

    def test_three_languages(self):
        for lang, words in (("es", "sale 2 días después"), ("fr", "part 2 jours plus tard")):
            self.assertIn(words, self.compare(self.folder / "a", self.folder / "b", "--lang", lang).stdout)

    def test_plans_of_a_workspace_by_name_and_number(self):
        workspace = self.folder / "season.relevo"
        self.relevo("init", workspace, "--scenario", self.scenario)
        self.relevo("plan", workspace, "--name", "monday", "--quiet")
        self.relevo("import", workspace, self.other / "requests.csv", "--quiet")
        self.relevo("plan", workspace, "--name", "tuesday", "--quiet")
        by_name = self.compare(workspace, "monday", "tuesday").stdout
        self.assertIn("leaves 2 days later", by_name)
        self.assertEqual(self.compare(workspace, "1", "2").stdout, by_name)
        self.assertIn("wednesday", self.compare(workspace, "monday", "wednesday", code=2).stderr)

    def test_plans_of_two_scenarios_say_so(self):
        plan = self.plan("b")
        plan["scenario"]["id"] = "elsewhere"
        plan["scenario"]["first_day"] = "2016-06-03"
        plan["requests"][0]["request_id"] = "Z-9"
        file = self.folder / "elsewhere.json"
        file.write_text(json.dumps(plan), encoding="utf-8")
        text = self.compare(self.folder / "a", file).stdout
        self.assertIn("two scenarios", text)
        self.assertIn("Lines that only B has: Z-9", text)
        self.assertIn("planning days that both have", text)

    def test_what_is_no_plan_is_an_error_with_its_places(self):
        broken = self.folder / "broken.json"
        broken.write_text('{"scenario": {"id": 5}, "assignments": {}}', encoding="utf-8")
        done = self.compare(self.folder / "a", broken, code=2)
        self.assertIn("scenario.id", done.stderr)
        self.assertIn("scenario.as_of", done.stderr)
        self.compare(self.folder / "a", self.folder / "none", code=2)
        self.compare(self.folder / "a", code=2)
        errors = json.loads(self.compare(self.folder / "a", broken, "--json", code=2).stdout)["errors"]
        self.assertGreater(len(errors), 1)


if __name__ == "__main__":
    tiny_scenario.main()
