#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""`relevo layers` tells what files are, one by one, and goes on after one that cannot be read; `relevo formats` lists."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = sys.argv.pop(1)
VIIRS = "acq_time,latitude,frp,longitude,bright_ti4,acq_date\n645,56.7,77.7,-111.4,367,2016-05-03\n"


def relevo(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=120)


class Layers(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, text):
        path = pathlib.Path(self.folder.name) / name
        path.write_text(text, encoding="utf-8")
        return path

    def test_tells_what_a_file_is(self):
        done = relevo("layers", self.file("renamed.bin", VIIRS))
        self.assertEqual(done.returncode, 0, done.stderr)
        for part in ("hotspots, CSV", "firms-viirs", "time <- acq_date, acq_time", "2016-05-03T06:45:00Z", "bright_ti4"):
            self.assertIn(part, done.stdout)

    def test_goes_on_after_a_file_that_cannot_be_read(self):
        broken = self.file("a.geojson", "{'type': 'FeatureCollection'}")
        for lang, words in (("en", "is Python"), ("es", "es Python"), ("fr", "c'est du Python")):
            done = relevo("layers", broken, self.file("b.csv", VIIRS), "--lang", lang)
            self.assertEqual(done.returncode, 2)
            self.assertIn(words, done.stderr)
            self.assertIn("firms-viirs", done.stdout)

    def test_json_has_what_a_program_needs(self):
        done = relevo("layers", self.file("a", VIIRS), self.file("b", "name\nA\n"), "--json")
        good, bad = json.loads(done.stdout)
        self.assertEqual((good["theme"], good["profile"], good["format"]), ("hotspots", "firms-viirs", "CSV"))
        self.assertEqual(good["fields"]["frp_mw"], "frp")
        self.assertEqual(good["unmapped"], ["bright_ti4"])
        self.assertEqual(bad["error"]["code"], "no_coordinates")

    def test_theme_and_profile_can_be_forced(self):
        path = self.file("a.csv", VIIRS)
        self.assertIn("custom layer", relevo("layers", path, "--as", "custom").stdout)
        self.assertEqual(relevo("layers", path, "--as", "lava").returncode, 2)
        self.assertIn("There is no profile 'nobody'", relevo("layers", path, "--profile", "nobody").stderr)

    def grid(self, name="fwi_noon.asc"):
        return self.file(name, "ncols 2\nnrows 2\nxllcorner -116\nyllcorner 51\ncellsize 0.5\n1 2\n3 4\n")

    def test_a_raster_that_says_nothing_is_not_danger(self):
        told = relevo("layers", self.grid()).stdout
        self.assertIn("custom", told)
        self.assertIn("--field variable=fwi", told)
        self.assertIn("danger", relevo("layers", self.grid(), "--field", "variable=fwi").stdout)
        self.assertEqual(relevo("layers", self.grid(), "--field", "fwi").returncode, 2)

    def test_errors_give_their_reason(self):
        done = relevo("layers", self.file("two.bin", "II*\0" + "\1" * 64))
        self.assertEqual(done.returncode, 2)
        self.assertNotRegex(done.stderr, r": ?\. ")

    def test_names_of_strangers_are_inert(self):
        done = relevo("layers", self.file("a.csv", 'lat,lon,"\x1b[31mred"\n1,2,3\n'))
        self.assertNotIn("\x1b", done.stdout + done.stderr)

    def test_formats_lists_every_profile_and_theme(self):
        listed = json.loads(relevo("formats", "--json").stdout)
        profiles = {profile["id"] for profile in listed["profiles"]}
        self.assertLessEqual({"firms-viirs", "ciffc-fires", "wfigs-perimeters", "ibtracs"}, profiles)
        self.assertEqual(len(listed["themes"]), 12)
        self.assertIn("GPKG", listed["vector_drivers"])
        words = relevo("formats", "--lang", "fr").stdout
        for profile in profiles:
            self.assertIn(profile, words)
        self.assertIn("feux actifs", words)


if __name__ == "__main__":
    unittest.main()
