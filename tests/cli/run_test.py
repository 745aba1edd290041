#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""`relevo run` where all goes well: what it writes and says, in which language, and that it does the same again."""

import contextlib
import csv
import io
import json
import os
import pty
import re
import subprocess

import tiny_scenario
from tiny_scenario import TABLES

# Words of the English summary and reasons of the tiny scenario; none of them is a word of the other two languages.
ENGLISH = (
    "plan of",
    "Proven",
    "Open need",
    "filled",
    "Not covered",
    "unit-days open",
    "lacking",
    "Moves in",
    "people",
    "Hand crew",
    "outlook",
    "lenders",
    "at home",
    "Report:",
)


class RunTest(tiny_scenario.ProgramTest):
    def test_writes_every_file_and_says_so(self):
        done = self.run_scenario()
        self.assert_whole(self.folder / "out")
        lines = done.stdout.splitlines()
        self.assertLessEqual(len(lines), 25)
        self.assertIn(str(self.folder / "out" / "report.html"), lines[-1])
        self.assertEqual(done.stderr, "")

    def test_the_plan_is_the_one_worked_out_by_hand(self):
        # Seven days of two crews with tours of five days and a day off between two of them: two crews that begin
        # together are off together, so three are needed, and of the shapes that leave no day open one crew works two
        # tours with its day off covered by the two others. R2 stays open for want of the qualification.
        self.run_scenario()
        plan = self.plan()
        self.assertEqual(plan["result"]["status"], "optimal")
        self.assertEqual(plan["result"]["vector"]["need"], 5 * 1000)
        requests = {r["request_id"]: r for r in plan["requests"]}
        self.assertEqual(requests["R1"]["status"], "filled")
        self.assertEqual(requests["R2"]["status"], "utf")
        self.assertEqual(requests["R2"]["reason_code"], "qualification")
        crews = [a for a in plan["assignments"] if a["unit_id"] == "CREW"]
        self.assertEqual(len(crews), 3)
        self.assertEqual(sum(len(s["line_days"]) for a in crews for s in a["stints"]), 2 * 7)
        self.assertEqual(plan["violations"], [])
        self.assertTrue(any(a["escort"] == "lead" for a in plan["assignments"]))

    def test_tables_say_what_the_plan_says(self):
        self.run_scenario()
        plan = self.plan()
        rows = list(csv.DictReader(io.StringIO(self.read("out", "assignments.csv"))))
        self.assertEqual([r["assignment_id"] for r in rows], [a["assignment_id"] for a in plan["assignments"]])
        self.assertEqual([r["depart"] for r in rows], [a["depart"] for a in plan["assignments"]])
        unfilled = list(csv.DictReader(io.StringIO(self.read("out", "unfilled.csv"))))
        self.assertEqual([(r["request_id"], r["reason_code"]) for r in unfilled], [("R2", "qualification")])
        self.assertIn("falling", unfilled[0]["reason"])

    def test_quiet_prints_nothing(self):
        done = self.run_scenario(self.scenario, "--quiet")
        self.assertEqual((done.stdout, done.stderr), ("", ""))
        self.assert_whole(self.folder / "out")

    def test_json_prints_exactly_the_plan(self):
        done = self.run_scenario(self.scenario, "--json")
        self.assertEqual(done.stdout, self.read("out", "plan.json"))

    def test_other_languages_leave_no_english(self):
        english = self.run_scenario().stdout
        for word in ENGLISH:
            self.assertIn(word, english)
        reason = {}
        for lang, word in (("es", "calificación"), ("fr", "qualification")):
            with self.subTest(lang=lang):
                said = self.run_scenario(self.scenario, "--lang", lang, out=lang).stdout
                for word_of_english in ENGLISH:
                    self.assertNotIn(word_of_english, said)
                self.assertIn(word, said)
                for name in ("unfilled.csv", "plan.json"):
                    self.assertNotIn("lacking", self.read(lang, name))
                self.assertIn(word, self.read(lang, "unfilled.csv"))
                self.assertIn(f'lang="{lang}"', self.read(lang, "report.html"))
                reason[lang] = next(r["reason"] for r in self.plan(lang)["requests"] if r["request_id"] == "R2")
        self.assertNotEqual(reason["es"], reason["fr"])

    def test_report_says_how_long_the_plan_took(self):
        self.run_scenario(self.scenario, "--quiet")
        said = re.search(r"the plan took ([0-9.]+) s\.", self.read("out", "report.html"))
        self.assertIsNotNone(said)
        self.assertGreater(float(said[1]), 0)
        self.assertLessEqual(float(said[1]), self.plan()["run"]["seconds"] + 0.06)

    def test_an_unproven_plan_says_why_in_the_language(self):
        busy = tiny_scenario.write_busy_scenario(self.folder / "busy")
        for lang, words in (
            ("en", "limit of work reached"),
            ("es", "límite de trabajo alcanzado"),
            ("fr", "limite de travail atteinte"),
        ):
            with self.subTest(lang=lang):
                said = self.run_scenario(busy, "--nodes", "1", "--lang", lang).stdout
                self.assertIn(f"({words})", said)
                self.assertEqual(self.plan()["result"]["status"], "work_limit")

    def test_counts_agree_with_their_nouns(self):
        requests = [list(row) for row in tiny_scenario.TABLES["requests"]]
        requests[2][6] = requests[2][5]  # one day, which nobody can cover
        scenario = self.write_scenario("one", requests=requests)
        for lang, words in (("en", "1 of 1 unit-day open"), ("es", "1 de 1 día-unidad"), ("fr", "1 sur 1 jour-unité non couvert.")):
            self.assertIn(words, self.run_scenario(scenario, "--lang", lang).stdout)
        requests[2][4] = "many"
        self.write_scenario("one", requests=requests)
        for lang, words in (("en", "1 error."), ("es", "1 error."), ("fr", "1 erreur.")):
            self.assertIn(words, self.run_scenario(scenario, "--lang", lang, code=2).stderr)

    def test_language_changes_words_and_not_the_plan(self):
        plans = []
        for lang in ("en", "es", "fr"):
            self.run_scenario(self.scenario, "--quiet", "--lang", lang, out=lang)
            plan = self.plan(lang)
            plans.append((plan["result"], plan["assignments"], plan["contingents"]))
        self.assertEqual(plans[0], plans[1])
        self.assertEqual(plans[0], plans[2])

    def test_same_command_twice_gives_the_same_bytes(self):
        self.run_scenario(self.scenario, "--quiet")
        first = {path.name: path.read_bytes() for path in (self.folder / "out").iterdir()}
        for threads in ("1", "2"):
            with self.subTest(threads=threads):
                self.run_scenario(self.scenario, "--quiet", "--threads", threads, out="again")
                self.assert_same_files(first, self.folder / "again")

    def assert_same_files(self, first, folder):
        """All equal but for the object `run` of plan.json, which comes last, and for what the report shows of it."""
        for path in folder.iterdir():
            if path.name == "plan.json":
                self.assertEqual(self.without_run(path.read_bytes()), self.without_run(first["plan.json"]))
            elif path.name == "report.html":
                self.assertEqual(self.without_footer(path.read_bytes()), self.without_footer(first[path.name]))
            else:
                self.assertEqual(path.read_bytes(), first[path.name], path.name)

    def without_footer(self, page):
        """The footer of the report says when and by which command it was made."""
        rest, count = re.subn(rb'<footer class="page">.*?</footer>', b"", page, flags=re.DOTALL)
        self.assertEqual(count, 1)
        return rest

    def without_run(self, text):
        before, mark, after = text.partition(b'\n  "run": {')
        self.assertTrue(mark)
        self.assertEqual(list(json.loads(b'{"run": {' + after)), ["run"])
        return before

    def test_summary_of_a_large_plan_still_fits(self):
        requests = [TABLES["requests"][0]]
        for i in range(12):
            requests.append([f"R{i}", "F1", "crew", "1", "1", f"2016-06-{1 + i % 5:02d}", "2016-06-08", "3", ""])
            requests.append([f"X{i}", "F1", "crew", "2", "2", "2016-06-01", "2016-06-05", "3", "falling"])
        scenario = self.write_scenario("large", requests=requests)
        done = self.run_scenario(scenario)
        self.assertLessEqual(len(done.stdout.splitlines()), 25)

    def test_need_after_the_horizon_is_said(self):
        scenario = self.write_scenario(
            "late", settings=tiny_scenario.SETTINGS.replace("days = 20", "days = 9"), requests=TABLES["requests"][:2]
        )
        self.assertIn("R1", self.run_scenario(scenario).stderr)
        self.assertEqual(self.run_scenario(scenario, "--quiet").stderr, "")

    def test_nothing_asked_is_a_plan_too(self):
        scenario = self.write_scenario("calm", requests=TABLES["requests"][:1])
        self.run_scenario(scenario)
        self.assert_whole(self.folder / "out")
        self.assertEqual(self.plan()["assignments"], [])
        self.assertEqual(self.plan()["result"]["status"], "optimal")

    def test_model_is_written_beside(self):
        for ending in ("mps", "lp"):
            self.run_scenario(self.scenario, "--write-model", self.folder / f"model.{ending}")
            self.assertGreater((self.folder / f"model.{ending}").stat().st_size, 0)
        self.run_scenario(self.scenario, "--write-model", self.folder / "nowhere" / "model.lp", out="no", code=2)
        self.assertFalse((self.folder / "no").exists())


class LimitTest(tiny_scenario.ProgramTest):
    """No time is enough for a first plan where pins keep dispatch from making one."""

    def test_a_limit_before_any_plan_is_exit_code_4(self):
        hard = tiny_scenario.write_hard_to_pin_scenario(self.folder / "hard")
        for method in ("arcs", "rosters"):
            with self.subTest(method=method):
                done = self.run_scenario(hard, "--time-limit", "0.000001", "--method", method, code=4)
                self.assertEqual(done.stdout, "")
                self.assertIn("Raise --time-limit or --nodes.", done.stderr)
                self.assertFalse((self.folder / "out").exists())
        said = json.loads(self.run_scenario(hard, "--time-limit", "0.000001", "--json", code=4).stdout)
        self.assertEqual(said["exit_code"], 4)
        self.assertEqual(len(said["errors"]), 1)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["hard", "scenario"])

    def test_one_goal_after_the_other(self):
        self.run_scenario(None, "--quiet", "--lexicographic")
        plan = self.plan()
        self.assertEqual(plan["options"]["lexicographic"], "true")
        self.assertEqual(plan["result"]["status"], "optimal")
        self.assertIn("need, then disturbance, then cost", plan["result"]["proof"])
        by_arcs = plan["result"]
        self.run_scenario(None, "--quiet", "--lexicographic", "--method", "rosters")
        result = self.plan()["result"]
        self.assertEqual(result["vector"], by_arcs["vector"])
        self.assertEqual(result["status"], "optimal")
        self.assertIn("no plan has less need than", result["proof"])

    def test_a_limit_leaves_the_plan_that_was_there(self):
        self.run_scenario()
        before = self.read("out", "plan.json")
        hard = tiny_scenario.write_hard_to_pin_scenario(self.folder / "hard")
        self.run_scenario(hard, "--time-limit", "0.000001", code=4)
        self.assertEqual(self.read("out", "plan.json"), before)

    def test_the_pins_can_be_met(self):
        # So it was the limit. One node is enough.
        hard = tiny_scenario.write_hard_to_pin_scenario(self.folder / "hard")
        self.run_scenario(hard, "--nodes", "1", "--quiet")
        served = {s["request_id"] for a in self.plan()["assignments"] if a["unit_id"] == "ONE" for s in a["stints"]}
        self.assertEqual(served, {"Q1", "Q2"})


class ProgressTest(tiny_scenario.ProgramTest):
    """The line of progress belongs to a terminal; nothing of it may end up in a file or a pipe."""

    LINE = re.compile(r"\r\x1b\[K *[0-9]+\.[0-9] s  nodes +[0-9]+")

    def on_a_terminal(self, *options):
        """What a run of the busy scenario writes on stderr, which is a terminal, until it ends."""
        busy = tiny_scenario.write_busy_scenario(self.folder / "busy")
        keyboard, screen = pty.openpty()
        self.addCleanup(os.close, keyboard)
        words = ["run", busy, "--out", self.folder / "out", "--nodes", "30", *options]
        process = subprocess.Popen(
            [tiny_scenario.RELEVO, *map(str, words)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=screen
        )
        os.close(screen)
        written = b""
        # A terminal that its last writer has closed gives an error instead of an end.
        with contextlib.suppress(OSError):
            while piece := os.read(keyboard, 4096):
                written += piece
        process.communicate()
        self.assertEqual(process.returncode, 0, written)
        self.assert_whole(self.folder / "out")
        return written.decode()

    def test_a_terminal_shows_progress_and_is_left_clean(self):
        written = self.on_a_terminal()
        self.assertRegex(written, self.LINE)
        self.assertIn("bound", written)
        # The last thing written on that line is that it is empty.
        self.assertEqual(written.rpartition("\r")[2], "\x1b[K")

    def test_quiet_shows_none_on_a_terminal_either(self):
        self.assertEqual(self.on_a_terminal("--quiet"), "")

    def test_a_pipe_gets_none(self):
        busy = tiny_scenario.write_busy_scenario(self.folder / "busy")
        done = self.run_scenario(busy, "--nodes", "30")
        self.assertNotIn("\x1b", done.stderr + done.stdout)
        self.assertNotIn("nodes ", done.stderr)


class HostileNamesTest(tiny_scenario.ProgramTest):
    def test_markup_and_formulas_are_inert(self):
        markup = "<script>alert(1)</script><img src=x onerror=alert(2)>"
        formula = '=HYPERLINK("http://example.org","x")'
        scenario = self.write_scenario(
            "hostile",
            settings=tiny_scenario.SETTINGS.replace('"Two neighbours"', f'"{markup}"'),
            units=[
                TABLES["units"][0],
                ["CREW", markup, *TABLES["units"][1][2:5], "1", "KAM"],
                ["CREW2", formula, *TABLES["units"][1][2:]],
                ["LEAD", "+1+1\n@SUM(1)", *TABLES["units"][2][2:]],
            ],
            incidents=[TABLES["incidents"][0], ["F1", "</title></script><b>R", *TABLES["incidents"][1][2:]]],
            bases=[TABLES["bases"][0], ["KAM", '"><svg onload=alert(3)>', *TABLES["bases"][1][2:]]],
        )
        self.run_scenario(scenario)
        report = self.read("out", "report.html")
        for opening in ("<script>alert", "<img src=x", "<b>R", "</title></script>", "<svg onload"):
            self.assertNotIn(opening, report)
        self.assertIn("&lt;", report)
        names = [row["unit_name"] for row in csv.DictReader(io.StringIO(self.read("out", "assignments.csv"), newline=""))]
        self.assertTrue(names)
        for name in names:
            self.assertNotIn(name[:1], ("=", "+", "-", "@", "\t", "\r"), name)
        self.assertTrue(any("HYPERLINK" in name for name in names), names)
        self.assertEqual(self.plan()["scenario"]["title"], markup)

    def test_scenario_id_is_no_path(self):
        for name in ("../../escape", "/abs/olute", "a\\\\b"):
            with self.subTest(id=name):
                scenario = self.write_scenario(
                    "odd", settings=tiny_scenario.SETTINGS.replace('id = "tiny"', f'id = "{name}"')
                )
                before = sorted(path.name for path in self.folder.iterdir())
                done = subprocess.run(
                    [tiny_scenario.RELEVO, "run", scenario, "--out", self.folder / "out"],
                    capture_output=True,
                    check=False,
                )
                self.assertIn(done.returncode, (0, 2))
                after = sorted(path.name for path in self.folder.iterdir() if path.name != "out")
                self.assertEqual([n for n in before if n != "out"], after)
                if done.returncode == 0:
                    self.assert_whole(self.folder / "out")

    def test_control_characters_do_not_reach_the_terminal(self):
        scenario = self.write_scenario(
            "bell",
            bases=[TABLES["bases"][0], ["KAM", "Kam\x1b[31m\x07loops", *TABLES["bases"][1][2:]]],
            units=[TABLES["units"][0], ["CREW", "x", "CA-BC", "cr\x1b[2Jew", "1", "6", "KAM"], TABLES["units"][2]],
        )
        done = self.run_scenario(scenario, code=2)
        self.assertNotIn("\x1b", done.stderr)


if __name__ == "__main__":
    tiny_scenario.main()
