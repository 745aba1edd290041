#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The roster as spreadsheet or geodata gives the plan that it gives as CSV. Skipped parts say what they lack."""

import shutil
import subprocess
import unittest
import zipfile
from xml.sax.saxutils import escape

import tiny_scenario
from tiny_scenario import TABLES, csv_text

CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" \
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
{sheets}</Types>"""
SHEET_TYPE = """<Override PartName="/xl/worksheets/sheet{n}.xml" \
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>"""
RELATION = """<Relationship Id="rId{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type}" \
Target="{target}"/>"""
WORKBOOK = """<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>"""
SHEET = """<?xml version="1.0" encoding="UTF-8"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"""


def xlsx_cell(column, row, value):
    place = f"{chr(ord('A') + column)}{row}"
    if value.isdigit():
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else ""


def write_xlsx(path, sheets):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        numbers = range(1, len(sheets) + 1)
        book.writestr("[Content_Types].xml", CONTENT_TYPES.format(sheets="".join(SHEET_TYPE.format(n=n) for n in numbers)))
        book.writestr(
            "_rels/.rels", RELATIONS.format(relations=RELATION.format(n=1, type="officeDocument", target="xl/workbook.xml"))
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            RELATIONS.format(
                relations="".join(RELATION.format(n=n, type="worksheet", target=f"worksheets/sheet{n}.xml") for n in numbers)
            ),
        )
        names = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in zip(numbers, sheets))
        book.writestr("xl/workbook.xml", WORKBOOK.format(sheets=names))
        for n, rows in zip(numbers, sheets.values()):
            lines = "".join(
                f'<row r="{r}">' + "".join(xlsx_cell(c, r, value) for c, value in enumerate(row)) + "</row>"
                for r, row in enumerate(rows, 1)
            )
            book.writestr(f"xl/worksheets/sheet{n}.xml", SHEET.format(rows=lines))


ODS_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" \
xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" \
office:version="1.2"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"""
ODS_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def ods_cell(value):
    if not value:
        return "<table:table-cell/>"
    kind = f'office:value-type="float" office:value="{value}"' if value.isdigit() else 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(value)}</text:p></table:table-cell>"


def write_ods(path, sheets):
    tables = ""
    for name, rows in sheets.items():
        lines = "".join("<table:table-row>" + "".join(map(ods_cell, row)) + "</table:table-row>" for row in rows)
        tables += f'<table:table table:name="{escape(name)}">{lines}</table:table>'
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", ODS_CONTENT.format(tables=tables))
        book.writestr("META-INF/manifest.xml", ODS_MANIFEST)


class FormatsTest(tiny_scenario.ProgramTest):
    def setUp(self):
        super().setUp()
        self.plain = self.planned(self.scenario, "plain")

    def assert_same_plan(self, **without):
        scenario = self.folder / "other"
        self.assertEqual(self.planned(scenario, "other-out"), self.plain, without)
        return scenario

    def test_roster_as_xlsx(self):
        write_xlsx(self.write_scenario("other", units=None) / "units.xlsx", {"units": TABLES["units"]})
        self.assert_same_plan()

    def test_only_sheet_of_a_workbook_may_have_any_name(self):
        write_xlsx(self.write_scenario("other", units=None) / "units.xlsx", {"Hoja 1": TABLES["units"]})
        self.assert_same_plan()

    def test_workbook_with_several_sheets(self):
        scenario = self.write_scenario("other", units=None)
        write_xlsx(scenario / "units.xlsx", {"read me": [["how"], ["to"]], "units": TABLES["units"]})
        self.assert_same_plan()
        write_xlsx(scenario / "units.xlsx", {"read me": [["how"], ["to"]], "crews": TABLES["units"]})
        self.assertIn("units.xlsx", self.run_scenario(scenario, out="none", code=2).stderr)

    def test_one_workbook_for_all_tables(self):
        named = "".join(f'{table} = "season.xlsx"\n' for table in TABLES)
        scenario = self.write_scenario(
            "other", settings=tiny_scenario.SETTINGS + "\n[tables]\n" + named, **{table: None for table in TABLES}
        )
        write_xlsx(scenario / "season.xlsx", TABLES)
        self.assert_same_plan()

    def test_roster_as_ods(self):
        write_ods(self.write_scenario("other", units=None) / "units.ods", {"units": TABLES["units"]})
        self.assert_same_plan()

    def test_fault_in_a_workbook_names_its_row(self):
        scenario = self.write_scenario("other", units=None)
        rows = [*TABLES["units"], ["U3", "", "CA-XX", "crew", "1", "1", "KAM"]]
        write_xlsx(scenario / "units.xlsx", {"units": rows})
        said = self.run_scenario(scenario, out="none", code=2).stderr
        self.assertRegex(said, r"units\.xlsx:4: .*CA-XX.*\[table\.reference\]")

    @unittest.skipUnless(shutil.which("ogr2ogr"), "ogr2ogr is not installed")
    def test_tables_as_geopackage_and_geojson(self):
        for ending, driver in (("gpkg", "GPKG"), ("geojson", "GeoJSON")):
            with self.subTest(ending):
                scenario = self.write_scenario("other", units=None, bases=None)
                for table, options in (
                    ("units", ()),
                    ("bases", ("-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat", "-a_srs", "EPSG:4326")),
                ):
                    source = self.folder / f"{table}.csv"
                    source.write_text(csv_text(TABLES[table]), encoding="utf-8")
                    subprocess.run(
                        ["ogr2ogr", "-f", driver, scenario / f"{table}.{ending}", source, *options, "-nln", table],
                        check=True,
                        capture_output=True,
                    )
                self.assert_same_plan()


if __name__ == "__main__":
    tiny_scenario.main()
