#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""A workspace from the outside: init, import, status, assess, plan, report, and what happens when things go wrong."""

import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import time

import tiny_scenario
from tiny_scenario import OUTPUT_FILES

HEADER = "latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_ti5,frp,daynight\n"


def detections(count, first=0, day="2016-05-27"):
    """VIIRS rows around the tiny scenario's fire, each at its own place."""
    return HEADER + "".join(
        f"{51.2 + i % 1000 * 1e-4:.5f},{-115.5 + i // 1000 * 1e-4:.5f},330.1,0.4,0.4,{day},0914,N,VIIRS,n,2.0NRT,290.1,3.2,D\n"
        for i in range(first, first + count)
    )


class WorkspaceTest(tiny_scenario.ProgramTest):
    def setUp(self):
        super().setUp()
        self.workspace = self.folder / "season.relevo"

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def status(self):
        return json.loads(self.relevo("status", self.workspace, "--json").stdout)

    def layers(self):
        return {layer["name"]: layer for layer in self.status()["layers"]}

    def rows(self, sql):
        connection = sqlite3.connect(f"file:{self.workspace}?mode=ro", uri=True)
        self.addCleanup(connection.close)
        return connection.execute(sql).fetchall()

    def dump(self):
        """What the file holds, as far as an import can change it."""
        return [
            self.rows(f"SELECT * FROM {table} ORDER BY 1")
            for table in ("detections", "imports", "import_files", "import_reasons", "scenario_tables", "documents")
        ]


class ImportTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.relevo("init", self.workspace)

    def test_import_again_replaces_and_append_adds_once(self):
        first = self.write("hot.csv", detections(10))
        done = self.relevo("import", self.workspace, first, "--as-of", "2016-05-27T12:00:00Z", "--source", "a test")
        self.assertIn("10 kept", done.stdout)
        self.relevo("import", self.workspace, first)
        self.assertEqual(self.rows("SELECT count(*) FROM detections"), [(10,)])
        more = self.write("more.csv", detections(10, first=5))
        done = self.relevo("import", self.workspace, more, "--name", "hot.csv", "--append")
        self.assertIn("5: there before", done.stdout)
        self.assertEqual(self.rows("SELECT count(*) FROM detections"), [(15,)])
        layer = self.layers()["hot.csv"]
        self.assertEqual((layer["theme"], layer["profile"], layer["read"]), ("hotspots", "firms-viirs", 20))

    def test_broken_file_is_an_error_and_the_next_one_is_taken(self):
        broken = self.write("broken.tif", "II*\0 this is no picture")
        good = self.write("hot.csv", detections(3))
        done = self.relevo("import", self.workspace, broken, self.folder / "absent.csv", good, code=2)
        self.assertIn("broken.tif", done.stderr)
        self.assertIn("absent.csv", done.stderr)
        self.assertEqual(list(self.layers()), ["hot.csv"])
        done = self.relevo("import", self.workspace, broken, good, "--json", code=2)
        imports = json.loads(done.stdout)["imports"]
        self.assertIn("error", imports[0])
        self.assertEqual(imports[1]["kept"], 3)

    def test_remarks_are_printed(self):
        table = self.write("stations.csv", "station,lat,lon,temp\nA,51.2,-115.5,20\n")
        grid = self.write("fwi.asc", "ncols 2\nnrows 2\nxllcorner -116\nyllcorner 51\ncellsize 0.5\n1 2\n3 4\n")
        told = self.relevo("import", self.workspace, table, grid).stdout
        for words in ("--as active-fires", "EPSG:4326 assumed", "--field variable=fwi"):
            self.assertIn(words, told)
        imports = json.loads(self.relevo("import", self.workspace, table, grid, "--json").stdout)["imports"]
        self.assertIn("custom_unused", [remark["code"] for remark in imports[0]["remarks"]])
        self.assertIn("raster_unused", [remark["code"] for remark in imports[1]["remarks"]])
        told = self.relevo("import", self.workspace, grid, "--field", "variable=fwi").stdout
        self.assertNotIn("--field", told)
        self.assertEqual(self.layers()["fwi.asc"]["theme"], "danger")
        hole = self.write("hole.asc", "ncols 1\nnrows 2\nxllcorner -116\nyllcorner 51\ncellsize 0.5\nNODATA_value -9\n1\n-9\n")
        told = self.relevo("import", self.workspace, hole, "--field", "variable=fwi").stdout
        self.assertIn("1: cells without data\n", told, "no brackets around nothing")

    def test_an_ordinary_fire_table_becomes_fires(self):
        table = self.write("fires.csv", "Y,X,When,Acres,Status,Fire\n51.2,-115.5,2016-05-27 14:00,100,active,Bow\n")
        self.relevo("import", self.workspace, table)
        self.assertEqual(self.layers()["fires.csv"]["theme"], "active-fires")
        self.assertEqual(self.rows("SELECT name, area_ha FROM fires"), [("Bow", 40.468564224)])

    def test_a_driver_that_crashes_takes_only_its_file(self):
        """GDAL before 3.7 dies on a track without times; either way the next file is taken."""
        track = self.write(
            "track.kml",
            '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2" '
            'xmlns:gx="http://www.google.com/kml/ext/2.2"><Folder><Placemark><gx:Track>'
            "<gx:coord>-115.5 51.2 1500</gx:coord><gx:coord>-115.4 51.3 1500</gx:coord>"
            "</gx:Track></Placemark></Folder></kml>",
        )
        good = self.write("hot.csv", detections(3))
        done = subprocess.run(
            [tiny_scenario.RELEVO, "import", str(self.workspace), str(track), str(good)], capture_output=True, text=True, timeout=120
        )
        self.assertIn(done.returncode, (0, 2), done.stderr)
        if done.returncode == 2:
            self.assertRegex(done.stderr, r"track\.kml: .*crashed")
        else:
            self.assertIn("track.kml: ", done.stdout)
        self.assertEqual(self.layers()["hot.csv"]["kept"], 3)

    def test_killed_import_leaves_the_workspace_as_it_was(self):
        self.relevo("import", self.workspace, self.write("hot.csv", detections(10)))
        before = self.dump()
        large = self.write("large.csv", detections(300_000))
        for wait in (0.05, 0.3, 0.8, 1.5):
            process = subprocess.Popen(
                [tiny_scenario.RELEVO, "import", self.workspace, large, "--name", "hot.csv"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
            # Ended by the kill, or done before it came.
            if process.wait() != -signal.SIGKILL:
                break
            self.status()
            self.assertEqual(self.dump(), before, f"killed after {wait} s")
        self.assertEqual(self.rows("PRAGMA integrity_check"), [("ok",)])

    def test_second_writer_waits_and_then_says_what_to_do(self):
        # Another program holds the write lock.
        other = sqlite3.connect(self.workspace, isolation_level=None)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        file = self.write("hot.csv", detections(3))
        done = self.relevo("import", self.workspace, file, "--wait", "0.2", code=2)
        self.assertIn("another program is writing", done.stderr)
        self.assertIn("--wait", done.stderr)
        self.status()
        other.execute("ROLLBACK")
        self.relevo("import", self.workspace, file)

    def test_many_writers_at_once_lose_nothing(self):
        files = [self.write(f"hot{i}.csv", detections(2000, first=2000 * i)) for i in range(4)]
        processes = [
            subprocess.Popen([tiny_scenario.RELEVO, "import", self.workspace, file, "--wait", "120", "--quiet"])
            for file in files
        ]
        self.assertEqual([process.wait() for process in processes], [0] * 4)
        self.assertEqual(self.rows("SELECT count(*) FROM detections"), [(8000,)])
        self.assertEqual(self.rows("PRAGMA integrity_check"), [("ok",)])

    def test_gis_programs_open_it_while_it_is_read_only(self):
        self.relevo("import", self.workspace, self.write("hot.csv", detections(25)))
        os.chmod(self.workspace, 0o444)
        done = subprocess.run(
            ["ogrinfo", "-ro", "-so", self.workspace, "detections"], capture_output=True, encoding="utf-8", check=True
        )
        self.assertIn("Geometry: Point", done.stdout)
        self.assertIn("Feature Count: 25", done.stdout)
        self.assertIn("time: DateTime", done.stdout)

    def test_errors_name_the_remedy(self):
        done = self.relevo("status", self.folder / "none.relevo", code=2)
        self.assertIn("relevo init", done.stderr)
        self.assertIn("relevo import", self.relevo("init", self.workspace, code=2).stderr)
        self.assertIn("relevo init", self.relevo("status", self.write("a.txt", "x" * 200), code=2).stderr)
        for lang, word in (("es", "espacio de trabajo"), ("fr", "espace de travail")):
            self.assertIn(word, self.relevo("status", self.folder / "none", "--lang", lang, code=2).stderr)
        self.relevo("import", self.workspace, self.write("hot.csv", ""), "--as", "nonsense", code=2)


class ScenarioTest(WorkspaceTest):
    def test_plan_and_report_equal_run(self):
        self.relevo("init", self.workspace, "--scenario", self.scenario)
        self.assertEqual({t["name"]: t["records"] for t in self.status()["tables"]}["units"], 2)
        self.relevo("assess", self.workspace)
        done = self.relevo("plan", self.workspace, "--name", "first")
        self.assertIn("first", done.stdout)
        self.relevo("report", self.workspace, "--plan", "first", "--out", self.folder / "out")
        self.assertLessEqual(OUTPUT_FILES, {path.name for path in (self.folder / "out").iterdir()})
        self.run_scenario(out="run")
        ours, theirs = self.plan("out"), self.plan("run")
        for plan in (ours, theirs):
            del plan["run"]
        self.assertEqual(ours, theirs)
        self.relevo("check", self.workspace, "--plan", self.folder / "out" / "plan.json")
        plans = self.status()["plans"]
        self.assertEqual([(p["id"], p["name"], p["status"]) for p in plans], [(1, "first", "optimal")])

    def test_layers_of_a_folder_give_the_same_as_layers_of_a_workspace(self):
        (self.scenario / "hot.csv").write_text(detections(50), encoding="utf-8")
        with open(self.scenario / "scenario.toml", "a", encoding="utf-8") as settings:
            settings.write('\n[[layer]]\nfile = "hot.csv"\nas = "hotspots"\nas_of = 2016-05-27T12:00:00Z\n')
        self.run_scenario(out="run")
        self.relevo("init", self.workspace, "--scenario", self.scenario)
        self.assertEqual(self.layers()["hot.csv"]["kept"], 50)
        self.relevo("plan", self.workspace)
        self.relevo("report", self.workspace, "--out", self.folder / "out")
        ours, theirs = self.plan("out"), self.plan("run")
        for plan in (ours, theirs):
            del plan["run"]
        self.assertEqual(ours, theirs)

    def test_run_leaves_no_workspace_behind(self):
        (self.scenario / "hot.csv").write_text(detections(50), encoding="utf-8")
        with open(self.scenario / "scenario.toml", "a", encoding="utf-8") as settings:
            settings.write('\n[[layer]]\nfile = "hot.csv"\nas = "hotspots"\n')
        temporary = self.folder / "tmp"
        temporary.mkdir()
        self.relevo("run", self.scenario, "--out", self.folder / "out", env={**os.environ, "TMPDIR": str(temporary)})
        self.assertEqual(list(temporary.iterdir()), [])

    def test_a_broken_layer_ends_a_run_with_its_name(self):
        (self.scenario / "hot.csv").write_text("a,b\n1,2\n", encoding="utf-8")
        with open(self.scenario / "scenario.toml", "a", encoding="utf-8") as settings:
            settings.write('\n[[layer]]\nfile = "hot.csv"\nas = "hotspots"\n')
        self.assertIn("hot.csv", self.run_scenario(code=2).stderr)

    def test_tables_and_documents_one_by_one(self):
        self.relevo("init", self.workspace)
        self.assertIn("relevo import", self.relevo("plan", self.workspace, code=2).stderr)
        files = sorted(self.scenario.glob("*.csv")) + [self.scenario / "scenario.toml", self.scenario / "agreements" / "pact.toml"]
        self.relevo("import", self.workspace, *files)
        self.relevo("plan", self.workspace)
        # A faulty table is refused by name and row when it is used, and a better one replaces it.
        units = pathlib.Path(self.scenario / "units.csv").read_text(encoding="utf-8")
        self.relevo("import", self.workspace, self.write("mine.csv", units.replace(",6,", ",six,")), "--table", "units")
        self.assertIn("mine.csv:2", self.relevo("plan", self.workspace, code=2).stderr)
        self.relevo("import", self.workspace, self.scenario / "units.csv")
        self.relevo("plan", self.workspace, "--quiet")

    def test_report_of_a_plan_of_other_inputs_is_refused(self):
        self.relevo("init", self.workspace, "--scenario", self.scenario)
        self.relevo("report", self.workspace, "--out", self.folder / "out", code=2)
        self.relevo("plan", self.workspace)
        units = (self.scenario / "units.csv").read_text(encoding="utf-8")
        self.relevo("import", self.workspace, self.write("units.csv", units.replace(",6,", ",5,")))
        self.assertIn("relevo plan", self.relevo("report", self.workspace, "--out", self.folder / "out", code=2).stderr)
        self.assertFalse((self.folder / "out").exists())


if __name__ == "__main__":
    tiny_scenario.main()
