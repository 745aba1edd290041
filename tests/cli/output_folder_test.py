#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The output folder is the old one, the new one or not there, and never somebody else's, whatever happens."""

import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import time

import tiny_scenario

# Enough alternatives for a search of some seconds, so that a signal falls into it.
BUSY_DAYS = 40
BUSY_REQUESTS = 5


def files_of(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class OutputFolderTest(tiny_scenario.ProgramTest):
    def setUp(self):
        super().setUp()
        self.out = self.folder / "out"

    def refused(self, out):
        done = self.relevo("run", self.scenario, "--out", out, code=2)
        self.assertEqual(done.stdout, "")
        self.assertNotIn("nternal", done.stderr)
        self.assertIn(str(out).rstrip("/"), done.stderr)
        return done.stderr

    def test_folder_of_somebody_else_is_left_alone(self):
        (self.out / "deep").mkdir(parents=True)
        (self.out / "deep" / "thesis.txt").write_text("years of work")
        (self.out / "plan.json").write_text("{}")
        before = files_of(self.out)
        self.assertIn("not made by Relevo", self.refused(self.out))
        self.assertEqual(files_of(self.out), before)

    def test_the_scenario_itself_is_no_output_folder(self):
        before = files_of(self.scenario)
        self.refused(self.scenario)
        self.assertEqual(files_of(self.scenario), before)
        self.assertIn("not made by Relevo", self.refused(self.folder))

    def test_file_in_the_way(self):
        self.out.write_text("precious")
        self.refused(self.out)
        self.assertEqual(self.out.read_text(), "precious")

    def test_folder_of_ours_is_replaced(self):
        self.run_scenario(self.scenario, "--quiet")
        (self.out / "plan.json").write_text("{}")
        self.run_scenario(self.scenario, "--quiet")
        self.assert_whole(self.out)
        self.assertEqual(self.plan()["schema_version"], 1)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["out", "scenario"])

    def test_empty_folder_is_taken(self):
        self.out.mkdir()
        self.run_scenario(self.scenario, "--quiet")
        self.assert_whole(self.out)

    def test_parents_are_made_and_odd_spellings_understood(self):
        for out in ("a/b/c", "d/", "./e", "a/../g", "ñandú & 'quotes' \"x\""):
            with self.subTest(out=out):
                self.relevo("run", self.scenario, "--out", out, "--quiet", cwd=self.folder)
                self.assert_whole(self.folder / out)

    def test_a_wrong_run_leaves_the_old_plan(self):
        self.run_scenario(self.scenario, "--quiet")
        before = files_of(self.out)
        broken = self.write_scenario("broken", requests=None)
        self.run_scenario(broken, code=2)
        self.assertEqual(files_of(self.out), before)

    def test_parent_that_cannot_hold_a_folder(self):
        (self.folder / "file").write_text("")
        self.assertIn("cannot be written", self.refused(self.folder / "file" / "out"))
        self.assertIn("cannot be written", self.refused("/proc/relevo-test/out"))

    def test_parent_that_nobody_may_write(self):
        # Not even root makes folders in /proc.
        self.assertIn("cannot be written", self.refused(pathlib.Path("/proc/relevo/out")))

    def test_full_disk_leaves_the_old_plan(self):
        self.run_scenario(self.scenario, "--quiet")
        before = files_of(self.out)

        def small_files():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))

        done = self.relevo("run", self.scenario, "--out", self.out, code=2, preexec_fn=small_files)
        self.assertIn("cannot be written", done.stderr)
        self.assertEqual(files_of(self.out), before)
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["out", "scenario"])

    def start(self, *words):
        return subprocess.Popen(
            [tiny_scenario.RELEVO, *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def test_killed_at_any_moment(self):
        started = time.monotonic()
        self.run_scenario(self.scenario, "--quiet")
        usual = time.monotonic() - started
        for seed in range(12):
            with self.subTest(seed=seed):
                if seed % 4 == 0:
                    shutil.rmtree(self.out, ignore_errors=True)
                was_there = self.out.exists()
                process = self.start("run", self.scenario, "--out", self.out, "--quiet")
                time.sleep(random.Random(seed).uniform(0.2, 1.1) * usual)
                process.kill()
                process.communicate()
                if was_there:
                    self.assertTrue(self.out.exists(), "the old plan is gone")
                if self.out.exists():
                    self.assert_whole(self.out)
        self.run_scenario(self.scenario, "--quiet")
        self.assert_whole(self.out)

    def test_killed_while_the_folder_is_written(self):
        # The moment that matters is short: watch for the folder beside, then kill.
        self.run_scenario(self.scenario, "--quiet")
        for seed in range(12):
            with self.subTest(seed=seed):
                process = self.start("run", self.scenario, "--out", self.out, "--quiet")
                beside = self.folder / f".out.new-{process.pid}"
                while process.poll() is None and not beside.exists():
                    time.sleep(0.0005)
                time.sleep(random.Random(seed).uniform(0, 0.01))
                process.kill()
                process.communicate()
                self.assert_whole(self.out)

    def busy_scenario(self):
        """A few lenders and lines that overlap: long enough to be interrupted."""
        rng = random.Random(7)
        lenders = ("CA-BC", "CA-MB", "CA-ON")
        bases, units = [tiny_scenario.TABLES["bases"][0]], [tiny_scenario.TABLES["units"][0]]
        for i, agency in enumerate(lenders):
            bases.append([f"B{i}", "", agency, str(-120 + 3 * i), str(50 + i % 3)])
            for kind, kind_type, count in (("crew", "1", 3), ("crew", "2", 4), ("contingent-lead", "", 3)):
                units.append([f"U{i}-{kind}-{kind_type}", "", agency, kind, kind_type, str(count), f"B{i}"])
        requests = [[*tiny_scenario.TABLES["requests"][0], "min_fill"]]
        for i in range(BUSY_REQUESTS):
            first, length, wanted = rng.randint(2, 18), rng.randint(5, 11), rng.randint(2, 6)
            days = [f"2016-06-{first:02d}", f"2016-06-{first + length:02d}"]
            requests.append([f"R{i}", "F1", "crew", rng.choice("12"), str(wanted), *days, str(1 + i % 5), "", "2"])
        members = ", ".join(f'"agency:{agency}"' for agency in lenders)
        return self.write_scenario(
            "busy",
            settings=tiny_scenario.SETTINGS.replace("days = 20", f"days = {BUSY_DAYS}"),
            agreement=tiny_scenario.AGREEMENT.replace('"agency:CA-BC"', members).replace("per_persons = 100", "per_persons = 30"),
            bases=bases,
            units=units,
            requests=requests,
        )

    def start_search(self, out):
        """A run whose search has just begun: the model is written right before."""
        model = self.folder / f"{out.name}.lp"
        process = self.start("run", self.busy_scenario(), "--out", out, "--write-model", model)
        while process.poll() is None and not model.exists():
            time.sleep(0.001)
        return process

    def test_interrupted_search_gives_a_whole_plan(self):
        # The last one is what `timeout` does: the same signal to the process and to its group.
        for i, (signs, pause) in enumerate(
            (((signal.SIGINT,), 0), ((signal.SIGINT,), 0.5), ((signal.SIGTERM,), 1.5), ((signal.SIGTERM, signal.SIGTERM), 0.2))
        ):
            with self.subTest(signals=[sign.name for sign in signs], pause=pause):
                out = self.folder / f"out{i}"
                process = self.start_search(out)
                time.sleep(pause)
                for sign in signs:
                    process.send_signal(sign)
                    time.sleep(0.02)
                said, complaints = process.communicate(timeout=300)
                if len(signs) > 1 and process.returncode == -signs[-1]:
                    # On a slow machine the two arrive as two, and the second one insists: then there is nothing.
                    self.assertFalse(out.exists())
                    continue
                self.assertEqual(process.returncode, 0, complaints)
                self.assert_whole(out)
                self.assertEqual(self.plan(out.name)["result"]["status"], "interrupted")
                self.assertIn("Interrupted", said)
                self.relevo("check", self.folder / "busy", "--plan", out / "plan.json", "--quiet")

    def test_insisting_ends_it_and_leaves_nothing_half(self):
        process = self.start_search(self.out)
        while process.poll() is None:
            process.send_signal(signal.SIGINT)
            time.sleep(0.05)
        process.communicate()
        self.assertIn(process.returncode, (0, -signal.SIGINT))
        if self.out.exists():
            self.assert_whole(self.out)


if __name__ == "__main__":
    tiny_scenario.main()
