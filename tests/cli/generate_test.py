#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""`relevo generate` writes an ordinary scenario folder that the other commands take, and never over somebody's work."""

import json
import re

import tiny_scenario


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class GenerateTest(tiny_scenario.ProgramTest):
    def setUp(self):
        super().setUp()
        self.season = self.folder / "season"

    def generate(self, *options, code=0, out=None):
        return self.relevo("generate", "--out", out or self.season, *options, code=code)

    def test_help_has_examples_and_sizes(self):
        text = self.relevo("generate", "--help").stdout
        for word in ("--tier", "--seed", "--units", "--classes", "--requests", "--days", "--agencies", "--kinds", "--with",
                     "relevo generate --tier l --seed 7", "packages, min-fill"):
            self.assertIn(word, text)
        self.assertIn("generate", self.relevo("--help").stdout)

    def test_same_seed_same_bytes(self):
        self.generate("--tier", "s", "--seed", "4")
        self.generate("--tier", "s", "--seed", "4", out=self.folder / "again")
        self.generate("--tier", "s", "--seed", "5", out=self.folder / "other")
        self.assertEqual(files_of(self.season), files_of(self.folder / "again"))
        self.assertNotEqual(files_of(self.season), files_of(self.folder / "other"))

    def test_writes_a_scenario_that_run_takes(self):
        done = self.generate("--tier", "s", "--seed", "1")
        self.assertRegex(done.stdout, r"60 units in 20 classes, 15 lines .* 21 days\.\nPeak demand on day \d+: ")
        self.assertEqual(done.stderr, "")
        names = set(files_of(self.season))
        self.assertLessEqual({".relevo-season", "scenario.toml", "units.csv", "requests.csv", "preparedness.csv",
                              "agreements/season-own.toml", "layers/hotspots.csv"}, names)
        # Chance leaves a search of any length: the first nodes give a plan that has been checked.
        run = self.run_scenario(self.season, "--nodes", "20", "--gap", "0.05")
        self.assertNotRegex(run.stderr, r"error|warning")
        plan = self.plan()
        self.assertTrue(plan["assignments"])
        self.assertTrue(plan["assessment"]["incidents"])
        self.relevo("check", self.season, "--plan", self.folder / "out" / "plan.json")

    def test_layers_are_recognised_and_add_no_fire(self):
        self.generate("--tier", "s", "--seed", "2")
        layers = self.season / "layers"
        told = self.relevo("layers", layers / "hotspots.csv", layers / "perimeters.geojson").stdout
        for words in ("firms-viirs", "fire perimeters", "area_ha <- area_ha"):
            self.assertIn(words, told)
        told = self.relevo("layers", layers / "fires.geojson", "--as", "active-fires").stdout
        for words in ("key <- incident_id", "stage_of_control <- stage_of_control", "discovered <- discovered"):
            self.assertIn(words, told)
        run = self.run_scenario(self.season, "--nodes", "20", "--gap", "0.05")
        self.assertNotIn("were added", run.stderr)
        self.assertNotIn("were not used", run.stderr)

    def test_sizes_of_ones_own(self):
        done = self.generate("--units", "90", "--classes", "30", "--requests", "20", "--days", "14", "--agencies", "5",
                             "--kinds", "3", "--json")
        told = json.loads(done.stdout)
        self.assertEqual([told[key] for key in ("units", "classes", "requests", "days", "agencies", "kinds")],
                         [90, 30, 20, 14, 5, 3])
        self.assertEqual({name for name in files_of(self.season) if not name.startswith(".")}, set(told["files"]))
        self.assertGreater(told["peak"]["demand"], told["peak"]["available"])

    def test_extras(self):
        self.generate("--tier", "s", "--with", "packages,min-fill,handover,pools,lifts,movements,people")
        self.assertTrue((self.season / "lifts.csv").exists())
        self.assertTrue((self.season / "pools.csv").exists())
        self.assertIn("movement_points = { value = 5", (self.season / "scenario.toml").read_text(encoding="utf-8"))
        self.run_scenario(self.season, "--nodes", "20", "--gap", "0.2")

    def test_speaks_three_languages(self):
        for lang, words in (("en", "Peak demand on day"), ("es", "Demanda máxima el día"), ("fr", "Demande maximale le jour")):
            self.assertIn(words, self.generate("--tier", "s", "--lang", lang).stdout)
        self.assertEqual(self.generate("--tier", "s", "--quiet").stdout, "")

    def test_wrong_words_and_sizes_are_refused(self):
        for options, words in (
            (("--tier", "huge"), "s, m, l and xl"),
            (("--with", "magic"), "min-fill"),
            (("--units", "0"), "--units"),
            (("--seed", "-1"), "--seed"),
            (("--tier", "s", "--classes", "61"), "--classes: 61 is more than --units allows, 60."),
            (("--days", "900"), "between 7 and 120"),
        ):
            with self.subTest(options=options):
                done = self.generate(*options, code=2)
                self.assertIn(words, done.stderr)
                self.assertEqual(done.stdout, "")
        self.assertIn("--out", self.relevo("generate", code=2).stderr)
        self.assertFalse(self.season.exists())
        refused = self.generate("--days", "900", "--json", code=2)
        self.assertEqual(json.loads(refused.stdout)["exit_code"], 2)
        self.assertIn("no está entre", self.generate("--days", "900", "--lang", "es", code=2).stderr)

    def test_small_size_says_that_it_falls_short(self):
        done = self.generate("--units", "1", "--classes", "1", "--requests", "1", "--agencies", "1", "--kinds", "1")
        self.assertIn("as near as it can", done.stderr)

    def test_leaves_the_work_of_others_alone(self):
        self.season.mkdir()
        (self.season / "thesis.txt").write_text("years of work")
        before = files_of(self.season)
        self.assertIn("was not made by `relevo generate`", self.generate("--tier", "s", code=2).stderr)
        self.assertEqual(files_of(self.season), before)

    def test_replaces_its_own_and_no_plan(self):
        self.generate("--tier", "s", "--seed", "1")
        first = files_of(self.season)
        self.generate("--tier", "s", "--seed", "2")
        self.assertNotEqual(files_of(self.season), first)
        self.assertEqual([path.name for path in self.folder.iterdir() if path.name.startswith(".")], [])
        # A plan never takes the place of the scenario it was made from, nor a season that of a plan.
        before = files_of(self.season)
        self.relevo("run", self.season, "--out", self.season, code=2)
        self.assertEqual(files_of(self.season), before)
        self.run_scenario(self.scenario, "--quiet")
        self.generate("--tier", "s", out=self.folder / "out", code=2)
        self.assert_whole(self.folder / "out")

    def test_needs_its_reference_tables(self):
        (self.folder / "data").mkdir()
        env = {"RELEVO_DATA": str(self.folder / "data"), "PATH": "/usr/bin"}
        done = self.relevo("generate", "--out", self.season, code=2, env=env)
        self.assertIn("reference/kinds.toml", done.stderr)
        self.assertFalse(self.season.exists())
        self.assertIsNone(re.search("nternal", done.stderr))


if __name__ == "__main__":
    tiny_scenario.main()
