#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The command line itself: help, version, wrong words, and the commands that only list what Relevo knows."""

import json
import os
import re

import tiny_scenario


class UsageTest(tiny_scenario.ProgramTest):
    def refused(self, *words):
        done = self.relevo(*words, code=2)
        self.assertEqual(done.stdout, "", "what is wrong belongs on stderr")
        return done.stderr

    def test_help_names_every_command_and_exit_code(self):
        done = self.relevo("--help")
        for word in ("run", "check", "agreements", "kinds", "Exit codes"):
            self.assertIn(word, done.stdout)
        self.assertEqual(done.stderr, "")

    def test_help_of_run_names_its_options(self):
        text = self.relevo("run", "--help").stdout
        for option in ("--out", "--json", "--lang", "--quiet", "--time-limit", "--gap", "--nodes", "--threads", "--seed"):
            self.assertIn(option, text)

    def test_version_is_one_line(self):
        self.assertRegex(self.relevo("--version").stdout, r"\Arelevo \d+\.\d+\.\d+\S*\n\Z")

    def test_no_command(self):
        self.assertIn("--help", self.refused())

    def test_misspelt_command_is_guessed(self):
        self.assertIn("Did you mean `relevo check`?", self.refused("chekc"))
        self.assertIn("Did you mean `relevo agreements`?", self.refused("agreement"))

    def test_numbers_out_of_range_are_refused_in_a_short_sentence(self):
        run = ("run", self.scenario, "--out", self.folder / "o")
        generate = ("generate", "--out", self.folder / "g")
        least = "must be at least {}, not {}"
        for words, option, given, sentence in (
            (run, "--nodes", "0", least.format(1, 0)),
            (run, "--nodes", "x", "must be a whole number, not 'x'"),
            (run, "--nodes", "1.5", "must be a whole number, not '1.5'"),
            (run, "--nodes", "99999999999999999999", "must be at most 2147483647, not 99999999999999999999"),
            (run, "--threads", "0", least.format(1, 0)),
            (run, "--threads", "257", "must be at most 256, not 257"),
            (run, "--seed", "-1", least.format(0, -1)),
            (run, "--seed", "-99999999999999999999", least.format(0, -99999999999999999999)),
            (run, "--explain", "-1", least.format(0, -1)),
            (run, "--worth", "-1", least.format(0, -1)),
            (run, "--gap", "2", "must be between 0 and 1, not 2"),
            (run, "--gap", "nan", "must be a number, not 'nan'"),
            (run, "--time-limit", "0", "must be more than 0, not 0"),
            (run, "--time-limit", "inf", "must be a number, not 'inf'"),
            (("explain", "x"), "--most", "0", least.format(1, 0)),
            (("import", "x", "y"), "--wait", "-1", "must be between 0 and 86400, not -1"),
            (generate, "--units", "0", least.format(1, 0)),
            (generate, "--seed", "-1", least.format(0, -1)),
        ):
            with self.subTest(option=option, given=given):
                first = self.refused(*words, f"{option}={given}").splitlines()[0]
                self.assertEqual(first, f"{option}: {sentence}")
        for command in ("run", "replan", "generate", "explain", "import"):
            self.assertNotRegex(self.relevo(command, "--help").stdout, r"\d{20}", "limits of 300 digits")

    def test_unknown_option_is_named(self):
        self.assertIn("--frobnicate", self.refused("run", self.scenario, "--out", self.folder / "o", "--frobnicate"))

    def test_languages_are_words_and_no_others(self):
        for word in ("xx", "1", "EN", ""):
            said = self.refused("run", self.scenario, "--out", self.folder / "o", "--lang", word)
            self.assertIn("--lang", said)
            self.assertIn("en, es and fr", said)
            self.assertNotIn("->", said)

    def test_values_out_of_range_are_refused(self):
        for option, value in (
            ("--threads", "0"),
            ("--threads", "many"),
            ("--gap", "-1"),
            ("--gap", "2"),
            ("--time-limit", "0"),
            ("--nodes", "-5"),
            ("--seed", "-1"),
            ("--write-model", "model.txt"),
        ):
            with self.subTest(option=option, value=value):
                said = self.refused("run", self.scenario, "--out", self.folder / "o", option, value)
                self.assertIn(option, said)
        self.assertFalse((self.folder / "o").exists())

    def test_options_that_must_be_there(self):
        self.assertIn("--out", self.refused("run", self.scenario))
        self.assertIn("scenario", self.refused("run"))
        self.assertIn("--plan", self.refused("check", self.scenario))
        self.refused("check", self.scenario, "--plan", "a", "--solution", "b")

    def test_usage_errors_as_json(self):
        done = self.relevo("run", self.scenario, "--json", code=2)
        errors = json.loads(done.stdout)
        self.assertEqual(errors["exit_code"], 2)
        self.assertIn("--out", errors["errors"][0]["message"])

    def test_data_folder_that_is_not_there(self):
        done = self.relevo("kinds", code=2, env={**os.environ, "RELEVO_DATA": str(self.folder / "nowhere")})
        self.assertIn("nowhere", done.stderr)
        self.assertNotIn("nternal", done.stderr)


class CatalogueTest(tiny_scenario.ProgramTest):
    def test_agreements_lists_every_file(self):
        files = {path.stem for path in (tiny_scenario.SOURCE_DIR / "data" / "agreements").glob("*.toml")}
        lines = self.relevo("agreements").stdout.splitlines()
        self.assertEqual({line.split()[0] for line in lines}, files)
        self.assertEqual({entry["id"] for entry in json.loads(self.relevo("agreements", "--json").stdout)}, files)

    def test_every_agreement_in_full(self):
        for entry in json.loads(self.relevo("agreements", "--json").stdout):
            with self.subTest(agreement=entry["id"]):
                shown = json.loads(self.relevo("agreements", entry["id"], "--json").stdout)
                self.assertEqual(shown["id"], entry["id"])
                self.assertIn("line days of a tour", {p["provision"] for p in shown["provisions"]})
                for provision in shown["provisions"]:
                    # What the file leaves out has its default and no clause.
                    if provision["clause"]:
                        self.assertTrue(provision["clause"].startswith(entry["id"] + "/"), provision)
                        self.assertTrue(provision["source"] or provision["note"], provision)
                    self.assertIn(provision["status"], ("stated", "assumed"))
                    self.assertTrue(provision["source"] or provision["status"] == "assumed", provision)
                text = self.relevo("agreements", entry["id"]).stdout
                self.assertTrue(text.startswith(entry["id"] + ": "))
                # What the file leaves out has neither a clause nor a standing.
                self.assertNotIn("[]", text)
                clauses = sum(1 for provision in shown["provisions"] if provision["clause"])
                self.assertEqual(len(re.findall(r" (?:stated|assumed) \[\S+\]$", text, re.MULTILINE)), clauses)

    def test_misspelt_agreement(self):
        done = self.relevo("agreements", "ca-mx-2014-2061", code=2)
        self.assertIn("ca-mx-2014-2016", done.stderr)
        errors = json.loads(self.relevo("agreements", "mrs", "--json", code=2).stdout)
        self.assertEqual(errors["errors"][0]["rule"], "agreement.unknown")

    def test_kinds(self):
        kinds = {kind["id"]: kind for kind in json.loads(self.relevo("kinds", "--json").stdout)}
        self.assertEqual([t["id"] for t in kinds["crew"]["types"]], ["1", "2IA", "2", "3"])
        self.assertIn("crew - Hand crew\n", self.relevo("kinds").stdout)
        self.assertIn("crew - Brigada de combate\n", self.relevo("kinds", "--lang", "es").stdout)
        french = {kind["id"]: kind["name"] for kind in json.loads(self.relevo("kinds", "--json", "--lang", "fr").stdout)}
        self.assertEqual(french["crew"], "Équipe de lutte")


if __name__ == "__main__":
    tiny_scenario.main()
