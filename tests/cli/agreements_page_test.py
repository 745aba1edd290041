#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The worked example of docs/agreements.md as a reader would run it, and agreements that work both ways."""

import datetime
import re

import tiny_scenario

PAGE = (tiny_scenario.SOURCE_DIR / "docs" / "agreements.md").read_text(encoding="utf-8")


date = datetime.date.fromisoformat


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


class ShippedAgreementTest(tiny_scenario.ProgramTest):
    """One line planned under an agreement that no shipped scenario uses, in each direction in which it lends."""

    BOISE = ["B", "Boise", "US-NICC", "-116.2", "43.6"]
    KAMLOOPS = ["K", "Kamloops", "CA-BC", "-120.3", "50.7"]

    def lent(self, agreement, base, borrower, year=2016):
        """Three crews of the owner of `base`; one is wanted by `borrower` on 10 to 20 June."""
        place = self.KAMLOOPS if borrower.startswith("CA") else self.BOISE
        scenario = self.write_scenario(
            "lent",
            settings=tiny_scenario.SETTINGS.replace('["pact"]', f'["{agreement}"]')
            .replace("2016-05-28", f"{year}-05-28")
            .replace("days = 20", "days = 40"),
            bases=[["base_id", "name", "agency", "lon", "lat"], base],
            units=[
                ["unit_id", "agency", "kind", "type", "count", "base", "languages", "documents"],
                ["U", base[2], "crew", "1", "3", base[0], "en", "passport"],
            ],
            incidents=[["incident_id", "name", "agency", "lon", "lat"], ["F", "Ridge", borrower, *place[3:]]],
            requests=[
                ["request_id", "incident", "kind", "type", "quantity", "from", "to"],
                ["R", "F", "crew", "1", "1", f"{year}-06-10", f"{year}-06-20"],
            ],
        )
        self.run_scenario(scenario, "--quiet")
        plan = self.plan()
        self.assertEqual(plan["violations"], [])
        self.assertEqual(plan["result"]["status"], "optimal")
        self.assertEqual([r["status"] for r in plan["requests"]], ["filled"])
        self.assertEqual({(a["borrower"], a["agreement_id"]) for a in plan["assignments"]}, {(borrower, agreement)})
        (assignment,) = plan["assignments"]
        self.assertEqual(assignment["agency"], base[2])
        return plan, assignment

    def test_canada_and_the_united_states_lend_to_each_other(self):
        self.lent("canus", self.BOISE, "CA-BC")
        self.lent("canus", self.KAMLOOPS, "US-NICC")

    def test_areas_of_the_united_states_lend_to_each_other(self):
        missoula = ["M", "Missoula", "US-NRCC", "-114.0", "46.9"]
        _, crew = self.lent("us-national", missoula, "US-GBCC")
        # Without shadow day or orientation: the days of the line, no more.
        self.assertEqual(len(crew["stints"][0]["line_days"]), 11)
        self.assertIn("us-national/tour", crew["clauses"])

    def test_states_lend_under_the_compact_for_all_hazards(self):
        missoula = ["M", "Missoula", "US-NRCC", "-114.0", "46.9"]
        _, crew = self.lent("all-hazard-template", missoula, "US-GBCC")
        self.assertEqual(len(crew["stints"][0]["line_days"]), 11)
        self.assertIn("all-hazard-template/tour", crew["clauses"])

    def test_many_countries_and_canada_lend_under_one_protocol(self):
        for base, borrower in ((self.BOISE, "CA-BC"), (self.KAMLOOPS, "US-NICC")):
            with self.subTest(borrower=borrower):
                plan, crew = self.lent("multilateral-template", base, borrower, year=2026)
                # A day of orientation, and a representative of the lender a day ahead of the crew.
                first = crew["stints"][0]["line_days"][0]
                self.assertEqual((date(first) - date(crew["arrive"])).days, 2)
                (line,) = [line for line in plan["representatives"] if line["role"] == "representative"]
                self.assertEqual(line["supply"], "implicit")
                begins = (date(first) - date("2026-05-28")).days
                self.assertEqual(line["persons"][begins - 1 : begins + 1], [0, 20])
                self.assertEqual(line["present"][begins - 2 : begins + 1], [0, 1, 1])

    def test_eight_lenders_of_one_protocol_fill_one_line(self):
        capitals = {"US": (-116.2, 43.6), "MX": (-103.4, 20.7), "AU": (149.1, -35.3), "ZA": (28.2, -25.7),
                    "KR": (126.9, 37.5), "FR": (2.3, 48.8), "DE": (13.4, 52.5), "IT": (12.5, 41.9)}  # fmt: skip
        places = {country: [str(degrees) for degrees in place] for country, place in capitals.items()}
        scenario = self.write_scenario(
            "charter",
            settings=tiny_scenario.SETTINGS.replace('["pact"]', '["multilateral-template"]')
            .replace("2016-05-28", "2026-05-28")
            .replace("days = 20", "days = 40"),
            agencies=[
                ["agency_id", "name", "country", "lon", "lat"],
                *([f"{country}-FIRE", country, country, *place] for country, place in places.items()),
            ],
            bases=[
                ["base_id", "name", "agency", "lon", "lat"],
                *([country, country, f"{country}-FIRE", *place] for country, place in places.items()),
            ],
            units=[
                ["unit_id", "agency", "kind", "type", "count", "base", "languages", "documents"],
                *([f"{country}-CREW", f"{country}-FIRE", "crew", "1", "1", country, "en", "passport"] for country in places),
            ],
            requests=[
                ["request_id", "incident", "kind", "type", "quantity", "from", "to"],
                ["R", "F1", "crew", "1", "8", "2026-06-10", "2026-06-20"],
            ],
        )
        self.run_scenario(scenario, "--quiet", "--set", "policy.exportable_share=[1, 1, 1, 1, 1]")
        plan = self.plan()
        self.assertEqual([r["status"] for r in plan["requests"]], ["filled"], plan["requests"])
        self.assertEqual({a["agency"] for a in plan["assignments"]}, {f"{country}-FIRE" for country in places})
        self.assertEqual({a["agreement_id"] for a in plan["assignments"]}, {"multilateral-template"})
        # Each lender's people have a representative of their own.
        lenders = {line["lender"] for line in plan["representatives"] if line["role"] == "representative"}
        self.assertEqual(len(lenders), 8)

    def two_states_in_need(self, name, **tables):
        """A crew of the Rocky Mountains; a line in one state, and when that is over one in another."""
        return self.write_scenario(
            name,
            settings=tiny_scenario.SETTINGS.replace('["pact"]', '["all-hazard-template"]').replace("days = 20", "days = 40")
            + "[policy]\nexportable_share = [1, 1, 1, 1, 1]\n",
            bases=[["base_id", "name", "agency", "lon", "lat"], ["D", "Denver", "US-RMCC", "-104.9", "39.7"]],
            units=[["unit_id", "agency", "kind", "type", "count", "base"], ["U", "US-RMCC", "crew", "1", "1", "D"]],
            incidents=[
                ["incident_id", "name", "agency", "hazard", "lon", "lat"],
                ["F", "Flood", "US-GBCC", "flood", "-111.9", "40.8"],
                ["G", "Storm", "US-NRCC", "storm", "-112.6", "44.9"],
            ],
            requests=[
                ["request_id", "incident", "kind", "type", "quantity", "from", "to"],
                ["R", "F", "crew", "1", "1", "2016-06-10", "2016-06-13"],
                ["S", "G", "crew", "1", "1", "2016-06-14", "2016-06-18"],
            ],
            **tables,
        )

    def test_a_change_of_mission_is_an_amendment_that_the_lender_signs(self):
        def stays(scenario):
            self.run_scenario(scenario, "--quiet")
            self.assertEqual(self.plan()["violations"], [])
            return [[stint["request_id"] for stint in a["stints"]] for a in self.plan()["assignments"]]

        self.assertNotIn(["R", "S"], stays(self.two_states_in_need("unsigned")))
        for borrower, expected in (("US-NRCC", True), ("US-NWCC", False)):
            signed = self.two_states_in_need("signed", consents=[["agency", "borrower"], ["US-RMCC", borrower]])
            self.assertEqual(["R", "S"] in stays(signed), expected, borrower)


if __name__ == "__main__":
    tiny_scenario.main()
