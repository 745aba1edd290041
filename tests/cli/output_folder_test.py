#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The output folder is the old one, the new one or not there, and never somebody else's, whatever happens."""

import fcntl
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import time

import tiny_scenario


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

        self.run_scenario(self.scenario, "--quiet")
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["out", "scenario"])

    def test_killed_while_the_old_folder_is_removed(self):
        for share in (0.9, 0.7, 0.5, 0.3, 0.6, 0.4):
            self.run_scenario(self.scenario, "--quiet")
            for i in range(3000):
                (self.out / f"extra-{i}").touch()
            process = self.start("run", self.scenario, "--out", self.out, "--quiet")
            beside = self.folder / f".out.new-{process.pid}"
            while process.poll() is None:
                # The old folder stands there now, with its 3,000 files, until it is removed.
                try:
                    left = len(os.listdir(beside))
                except FileNotFoundError:
                    continue
                if not (self.out / "extra-0").exists() and 0 < left < 3000 * share:
                    break
            process.kill()
            process.communicate()
            self.assert_whole(self.out)
        self.run_scenario(self.scenario, "--quiet")
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["out", "scenario"])

    def gone(self):
        """The id of a process that has ended."""
        process = subprocess.Popen(["true"])
        process.wait()
        return process.pid

    def make_beside(self, name, *files):
        folder = self.folder / name
        folder.mkdir()
        for file in files:
            (folder / file).write_text("half")
        return folder

    def test_what_killed_runs_left_is_cleaned_up(self):
        pid = self.gone()
        # As kill -9 leaves them: just made, half written, and an old result that was about to be removed.
        self.make_beside(f".out.new-{self.gone()}")
        self.make_beside(f".out.new-{pid}", ".relevo-output", "plan.json")
        self.make_beside(f".out.old-{pid}", *tiny_scenario.OUTPUT_FILES)
        self.run_scenario(self.scenario, "--quiet")
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["out", "scenario"])

    def test_only_what_is_ours_and_abandoned_is_cleaned_up(self):
        pid = self.gone()
        somebodys = self.make_beside(f".out.new-{pid}", "thesis.txt")
        running = self.make_beside(f".out.new-{os.getpid()}", ".relevo-output")
        locked = self.make_beside(f".out.old-{pid}", ".relevo-output")
        (self.folder / "elsewhere").mkdir()
        others = [
            self.make_beside(f".out.new-{pid}x", ".relevo-output"),
            self.make_beside(".out.new-", ".relevo-output"),
            self.make_beside(".out.new--1", ".relevo-output"),
            self.make_beside(f".other.new-{pid}", ".relevo-output"),
            self.make_beside(f"out.new-{pid}", ".relevo-output"),
            self.make_beside("elsewhere/folder", ".relevo-output"),
        ]
        link = self.folder / f".out.new-{self.gone()}"
        link.symlink_to(others[-1])
        file = self.folder / f".out.old-{self.gone()}"
        file.write_text("a file")
        # The lock of a run on another machine or in another container, whose process is not seen here.
        lock = os.open(locked, os.O_RDONLY)
        self.addCleanup(os.close, lock)
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = {path: files_of(path) for path in (somebodys, running, locked, *others)}
        self.run_scenario(self.scenario, "--quiet")
        self.assertEqual({path: files_of(path) for path in before}, before)
        self.assertTrue(link.is_symlink() and file.is_file())

    def test_a_run_that_fails_cleans_nothing_up(self):
        # The folder may hold the only plan there is.
        left = self.make_beside(f".out.old-{self.gone()}", *tiny_scenario.OUTPUT_FILES)
        self.run_scenario(self.write_scenario("broken", requests=None), code=2)
        self.assertEqual(set(files_of(left)), tiny_scenario.OUTPUT_FILES)

    def hidden(self):
        return [path.name for path in self.folder.iterdir() if path.name.startswith(".")]

    def start_search(self, out):
        """A run whose search has just begun: the model is written right before."""
        model = self.folder / f"{out.name}.lp"
        process = self.start("run", tiny_scenario.write_busy_scenario(self.folder / "busy"), "--out", out, "--write-model", model)
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
                self.assertEqual(self.hidden(), [])
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
        # Should it have ended in the middle of writing, the next run clears that away.
        self.run_scenario(self.scenario, "--quiet")
        self.assert_whole(self.out)
        self.assertEqual(self.hidden(), [])


if __name__ == "__main__":
    tiny_scenario.main()
