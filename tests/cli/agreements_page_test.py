#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The worked example of docs/agreements.md as a reader would run it, and agreements that work both ways."""

import re

import tiny_scenario

PAGE = (tiny_scenario.SOURCE_DIR / "docs" / "agreements.md").read_text(encoding="utf-8")


def section(title):
    return PAGE.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def files_of_the_example():
    """Name and text of every file of the folder, as the page shows them."""
    files = dict(re.findall(r"^`([\w.]+)`\n\n```\w+\n(.*?)^```$", section("Plan with it"), re.MULTILINE | re.DOTALL))
    agreement = re.search(r"^```toml\n(.*?)^```$", section("A worked example"), re.MULTILINE | re.DOTALL)
    return files | {"agreements/north-south-2026.toml": agreement.group(1)}


class AgreementsPageTest(tiny_scenario.ProgramTest):
    def planned_example(self):
        folder = self.folder / "neighbours"
        (folder / "agreements").mkdir(parents=True)
        for name, text in files_of_the_example().items():
            (folder / name).write_text(text, encoding="utf-8")
        done = self.run_scenario(folder, "--quiet")
        self.assertEqual(done.stderr, "")
        return self.plan()

    def test_the_page_shows_a_whole_folder(self):
        self.assertEqual(
            set(files_of_the_example()),
            {
                "scenario.toml",
                "bases.csv",
                "units.csv",
                "incidents.csv",
                "requests.csv",
                "agreements/north-south-2026.toml",
            },
        )

    def test_the_plan_is_what_the_page_says(self):
        plan = self.planned_example()
        self.assertEqual(plan["result"]["status"], "optimal")
        self.assertEqual(plan["violations"], [])
        self.assertEqual({r["request_id"]: r["status"] for r in plan["requests"]}, {"R-1": "filled", "R-2": "filled"})
        units = sorted(a["unit_id"] for a in plan["assignments"])
        self.assertEqual(units, ["AB-CREW", "AB-CREW", "AB-REP", "BC-CREW"])
        by_unit = {a["unit_id"]: a for a in plan["assignments"]}
        self.assertEqual(len(by_unit["AB-CREW"]["stints"][0]["line_days"]), 14)
        self.assertEqual(by_unit["AB-REP"]["escort"], "representative")
        self.assertLess(by_unit["AB-REP"]["depart"], by_unit["AB-CREW"]["depart"])
        self.assertTrue(all(a["depart"] >= "2026-05-06" for a in plan["assignments"]))
        self.assertEqual(by_unit["BC-CREW"]["borrower"], "CA-AB")
        self.assertIn("north-south-2026/tour", by_unit["AB-CREW"]["clauses"])


class ReciprocalTest(tiny_scenario.ProgramTest):
    def lent(self, base, unit, incident):
        scenario = self.write_scenario(
            "both-ways",
            settings=tiny_scenario.SETTINGS.replace('["pact"]', '["canus"]'),
            bases=[["base_id", "name", "agency", "lon", "lat"], base],
            units=[["unit_id", "agency", "kind", "type", "count", "base", "languages"], unit],
            incidents=[["incident_id", "name", "agency", "lon", "lat"], incident],
            requests=[
                ["request_id", "incident", "kind", "type", "quantity", "from", "to"],
                ["R", "F", "crew", "1", "1", "2016-06-02", "2016-06-12"],
            ],
        )
        self.run_scenario(scenario, "--quiet")
        return [(a["agency"], a["borrower"], a["agreement_id"]) for a in self.plan()["assignments"]]

    def test_canada_and_the_united_states_lend_to_each_other(self):
        boise, kamloops = ["-116.2", "43.6"], ["-120.3", "50.7"]
        self.assertEqual(
            self.lent(["B", "Boise", "US-NICC", *boise], ["U", "US-NICC", "crew", "1", "3", "B", "en"],
                      ["F", "Ridge", "CA-BC", *kamloops]),
            [("US-NICC", "CA-BC", "canus")],
        )
        self.assertEqual(
            self.lent(["B", "Kamloops", "CA-BC", *kamloops], ["U", "CA-BC", "crew", "1", "3", "B", "en"],
                      ["F", "Butte", "US-NICC", *boise]),
            [("CA-BC", "US-NICC", "canus")],
        )


if __name__ == "__main__":
    tiny_scenario.main()
