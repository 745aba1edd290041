#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""`relevo history`: timelines of orders from tables, plans and a workspace, and the table request_history."""

import json
import signal
import sqlite3
import subprocess
import time

import tiny_scenario

HEADER = ["request", "state", "when", "agency", "quantity", "reason_code", "reason"]


class HistoryTest(tiny_scenario.ProgramTest):
    def setUp(self):
        super().setUp()
        self.workspace = self.folder / "season.relevo"

    def record(self, *rows):
        """The scenario with these rows of request_history."""
        self.scenario = self.write_scenario("scenario", request_history=[HEADER, *rows])

    def orders(self, *words):
        done = self.relevo("history", *words, "--json")
        return {order["request_id"]: order for order in json.loads(done.stdout)["orders"]}

    @staticmethod
    def said(order):
        return [(entry["when"], entry["state"], entry["origin"]) for entry in order["entries"]]

    def test_the_table_and_the_plan_in_one_timeline(self):
        self.record(
            ["R1", "created", "2016-05-26", "", "", "", "first call"],
            ["R1", "offered", "2016-05-27", "CA-BC", "2", "", "ready tomorrow"],
            ["R2", "utf", "2016-05-27", "", "", "no_answer", ""],
        )
        self.run_scenario()
        orders = self.orders(self.scenario, "--plan", self.folder / "out")
        plan = {line["request_id"]: line for line in self.plan()["requests"]}
        self.assertEqual(
            self.said(orders["R1"])[:3],
            [("2016-05-26", "created", "table"), ("2016-05-27", "offered", "table"), ("2016-05-28", plan["R1"]["status"], "plan")],
        )
        sent = [entry for entry in orders["R1"]["entries"] if entry["origin"] == "sent"]
        planned = [a for a in self.plan()["assignments"] if any(s["request_id"] == "R1" for s in a["stints"])]
        self.assertEqual(sum(entry["quantity"] for entry in sent), len(planned))
        self.assertTrue(all(entry["expected"] for entry in sent))
        self.assertEqual(orders["R2"]["state"], "utf")
        self.assertEqual(orders["R2"]["entries"][-1]["reason_code"], plan["R2"]["reason_code"])
        text = self.relevo("history", self.scenario, "--plan", self.folder / "out", "--request", "R2").stdout
        self.assertIn("nobody answered in time", text)
        self.assertNotIn("R1", text)

    def test_a_cancelled_line_is_not_planned_for(self):
        self.record(["R1", "cancelled", "2016-06-03", "", "", "need_gone", "rain"])
        self.run_scenario()
        wanted = {line["request_id"]: sum(line["wanted"]) for line in self.plan()["requests"]}
        self.assertEqual(wanted["R1"], 2 * 2)
        worked = [d for a in self.plan()["assignments"] for s in a["stints"] if s["request_id"] == "R1" for d in s["line_days"]]
        self.assertLess(max(worked), "2016-06-03")
        order = self.orders(self.scenario, "--request", "R1")["R1"]
        self.assertEqual((order["cancelled"], order["to"], order["state"]), ("2016-06-03", "2016-06-02", "created"))
        self.record(["R1", "cancelled", "2016-05-28", "", "", "gave_up", ""])
        self.run_scenario()
        self.assertEqual([a for a in self.plan()["assignments"] if any(s["request_id"] == "R1" for s in a["stints"])], [])
        self.assertIn("Cancelled", self.relevo("history", self.scenario, "--request", "R1").stdout)
        self.assertIn("cancelled from 28", self.read("out", "report.html"))
        self.assertIn("cancelled before the need", self.read("out", "report.html"))
        self.assertIn("0 of 2 lines filled, 0 in part, 1 cancelled", self.run_scenario(out="again").stdout)

    def test_faults_name_row_rule_and_remedy(self):
        self.record(
            ["R1", "utf", "2016-05-27", "", "", "", ""],
            ["R11", "created", "2016-05-27", "", "", "", ""],
            ["R2", "cancelled", "2016-05-27", "", "", "need_gone", ""],
            ["R2", "filled", "2016-05-28", "", "", "", ""],
        )
        said = self.relevo("history", self.scenario, code=2).stderr
        for words in ("request_history.csv:2", "[request_history.no_reason]", "request_history.csv:3", "Did you mean 'R",
                      "request_history.csv:5", "[request_history.order]"):
            self.assertIn(words, said)
        self.assertIn("[request_history.order]", self.run_scenario(code=2).stderr)

    def test_an_unknown_order_is_guessed(self):
        self.assertIn("Did you mean 'R1'?", self.relevo("history", self.scenario, "--request", "R11", code=2).stderr)

    def test_three_languages(self):
        self.run_scenario()
        for lang, word in (("en", "created"), ("es", "creada"), ("fr", "créée")):
            self.assertIn(word, self.relevo("history", self.scenario, "--lang", lang).stdout)

    def stored(self):
        connection = sqlite3.connect(f"file:{self.workspace}?mode=ro", uri=True)
        self.addCleanup(connection.close)
        return connection.execute("SELECT request_id, state, day, plan_name FROM request_events ORDER BY id").fetchall()

    def test_a_workspace_keeps_what_is_news(self):
        self.relevo("init", self.workspace, "--scenario", self.scenario)
        before = self.orders(self.workspace)
        self.assertEqual(self.said(before["R1"]), [(None, "created", "request")])
        self.relevo("plan", self.workspace, "--name", "monday", "--quiet")
        first = self.stored()
        self.assertEqual({row[0] for row in first}, {"R1", "R2"})
        self.relevo("plan", self.workspace, "--name", "monday", "--quiet")
        self.relevo("plan", self.workspace, "--name", "again", "--quiet")
        self.assertEqual(self.stored(), first, "the same again is no news")
        units = (self.scenario / "units.csv").read_text(encoding="utf-8").replace(",6,", ",2,")
        fewer = self.folder / "units.csv"
        fewer.write_text(units, encoding="utf-8")
        self.relevo("import", self.workspace, fewer, "--quiet")
        self.relevo("plan", self.workspace, "--name", "fewer", "--quiet")
        self.assertIn(("R1", "partial", "2016-05-28", "fewer"), self.stored()[len(first):])
        order = self.orders(self.workspace, "--request", "R1")["R1"]
        self.assertEqual(order["state"], "partial")
        self.assertEqual([entry["name"] for entry in order["entries"] if entry["origin"] == "plan"], ["monday", "fewer"])
        self.relevo("history", self.workspace, "--plan", "none", code=2)

    def test_a_killed_plan_says_nothing(self):
        """Whenever it is killed, the plan and what it says of lines are both there or both not."""
        scenario = tiny_scenario.write_busy_scenario(self.folder / "busy")
        self.relevo("init", self.workspace, "--scenario", scenario)
        for wait in (0.2, 0.6):
            process = subprocess.Popen(
                [tiny_scenario.RELEVO, "plan", self.workspace, "--name", "killed", "--nodes", "1", "--quiet"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            process.wait()
            connection = sqlite3.connect(self.workspace)
            plans, events = (connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("plans", "request_events"))
            connection.close()
            self.assertEqual(plans > 0, events > 0, f"killed after {wait} s")


if __name__ == "__main__":
    tiny_scenario.main()
