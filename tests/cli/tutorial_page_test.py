#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""docs/tutorial.md as a reader would follow it: files are written as the page shows them, commands are run in its order,
and print what it shows. A line `...` stands for lines left out. `RELEVO_WRITE_PAGE=1 tutorial_page_test.py RELEVO`
writes what they print into the page. And what the README says of the first plan, of commands and of pages."""

import os
import pathlib
import re
import subprocess

import tiny_scenario

PAGE = tiny_scenario.SOURCE_DIR / "docs" / "tutorial.md"
BLOCK = re.compile(r"^(?:`(?P<name>[\w./-]+)`\n\n)?```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


def commands_of(block):
    """Pairs of a command and the lines that it is said to print."""
    parts = []
    for line in block.splitlines():
        if line.startswith("$ "):
            parts.append((line[2:], []))
        else:
            parts[-1][1].append(line)
    return parts


def is_shown(printed, shown):
    """Whether the lines are those shown, `...` standing for any number of them."""
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in shown)
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


class TutorialPageTest(tiny_scenario.ProgramTest):
    def setUp(self):
        super().setUp()
        self.home = self.folder / "home"
        self.home.mkdir()
        (self.home / "data").symlink_to(tiny_scenario.SOURCE_DIR / "data")
        self.path = f"{pathlib.Path(tiny_scenario.RELEVO).parent}:{os.environ['PATH']}"

    def printed(self, command):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.home,
            env={**os.environ, "PATH": self.path, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}")
        return done.stdout.replace("\r\n", "\n").splitlines()

    def follow(self, page):
        """Runs the page; what it ought to say, and the first command that prints something else."""
        wrong = []

        def block(match):
            if match["kind"] != "console":
                if match["name"]:
                    (self.home / match["name"]).write_text(match["text"], encoding="utf-8")
                return match[0]
            lines = []
            for command, shown in commands_of(match["text"]):
                printed = self.printed(command)
                if not is_shown(printed, shown):
                    wrong.append((command, shown, printed))
                    shown = printed
                lines += [f"$ {command}", *shown]
            return "```console\n" + "".join(line + "\n" for line in lines) + "```"

        return BLOCK.sub(block, page), wrong

    def test_every_command_prints_what_the_page_shows(self):
        page = PAGE.read_text(encoding="utf-8")
        said, wrong = self.follow(page)
        if os.environ.get("RELEVO_WRITE_PAGE"):
            PAGE.write_text(said, encoding="utf-8")
            return
        for command, shown, printed in wrong:
            self.assertEqual(shown, printed, command)
        self.assert_headings_are_in_the_report(page)

    def assert_headings_are_in_the_report(self, page):
        report = (self.home / "report" / "report.html").read_text(encoding="utf-8")
        named = re.findall(r"\*\*(.+?)\*\*", page.split("In `report/report.html`", 1)[1].split("\n## ", 1)[0])
        self.assertGreater(len(named), 8)
        for heading in named:
            self.assertRegex(report, rf"<h[1-4][^>]*>{re.escape(heading)}", heading)


class ReadmeTest(tiny_scenario.ProgramTest):
    README = (tiny_scenario.SOURCE_DIR / "README.md").read_text(encoding="utf-8")

    def section(self, title):
        return self.README.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]

    def test_the_first_plan_is_the_one_shown(self):
        shown = self.README.split("and prints\n\n", 1)[1].split("\n\n", 1)[0]
        done = self.relevo("run", tiny_scenario.SOURCE_DIR / "data/scenarios/fort-mcmurray-2016",
                           "--out", "out/fort-mcmurray-2016", cwd=self.folder)
        self.assertEqual("".join(f"    {line}\n" for line in done.stdout.splitlines()), shown + "\n")

    def test_every_command_is_named(self):
        words = re.findall(r"^    relevo ([a-z|-]+)", self.section("Commands"), re.MULTILINE)
        named = {command for word in words for command in word.split("|")}
        listed = self.relevo("--help").stdout.split("Subcommands:\n", 1)[1].split("\n\n", 1)[0]
        self.assertEqual(named, set(re.findall(r"^  ([a-z-]+) ", listed, re.MULTILINE)))

    def test_options_said_to_work_everywhere_do(self):
        for word in re.findall(r"^    relevo ([a-z|-]+)", self.section("Commands"), re.MULTILINE):
            for command in word.split("|"):
                options = self.relevo(command, "--help").stdout
                for option in ("--json", "--lang", "--quiet"):
                    self.assertIn(option, options, command)
        options = self.relevo("run", "--help").stdout
        for option in re.findall(r"`(?:run )?(--[a-z-]+)", self.section("Commands")):
            self.assertIn(option, options)

    def test_files_and_pages_named_are_there(self):
        for link in re.findall(r"\]\(([^)#]+)[^)]*\)", self.README):
            if not link.startswith("http"):
                self.assertTrue((tiny_scenario.SOURCE_DIR / link).exists(), link)
        pages = re.search(r"^    docs/ +(.*?)decisions/", self.section("Where things are"), re.MULTILINE | re.DOTALL)
        named = set(re.split(r",\s+", pages[1].strip().rstrip(",")))
        there = {path.stem for path in (tiny_scenario.SOURCE_DIR / "docs").glob("*.md")}
        self.assertEqual(named, there)


class ShownTest(tiny_scenario.unittest.TestCase):
    def test_dots_stand_for_any_lines(self):
        self.assertTrue(is_shown(["a", "b", "c"], ["a", "...", "c"]))
        self.assertTrue(is_shown(["a", "c"], ["a", "...", "c"]))
        self.assertFalse(is_shown(["a", "b"], ["a", "...", "c"]))
        self.assertFalse(is_shown(["a", "b"], ["a"]))
        self.assertTrue(is_shown([], []))


if __name__ == "__main__":
    tiny_scenario.main()
