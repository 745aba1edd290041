#!/usr/bin/env python3
"""Opens the reports in Chromium and uses them as a person would. Use: report_test.py WRITE_REPORTS OUTPUT_FOLDER

Exits with 77 (skipped) where there is no Chromium.
"""

import os
import subprocess
import sys
import unittest

import chromium

PROGRAM = chromium.find_chromium()
FOLDER = ""

# What every page must satisfy; returns a list of complaints.
ACCESSIBLE = r"""(() => {
  const wrong = [];
  const say = (what, e) => wrong.push(what + ': ' + e.outerHTML.slice(0, 120));
  const seen = new Set();
  document.querySelectorAll('[id]').forEach(e => { if (seen.has(e.id) || /\s/.test(e.id)) say('id', e); seen.add(e.id); });
  document.querySelectorAll('table').forEach(t => {
    if (!t.caption || !t.caption.textContent.trim()) say('table without caption', t);
    if (!t.closest('.scroll')) say('table outside a region that scrolls', t);
  });
  document.querySelectorAll('th').forEach(h => { if (!['row', 'col'].includes(h.scope)) say('heading without scope', h); });
  document.querySelectorAll('main svg').forEach(s => {
    if (s.closest('#live-map')) return;
    const title = s.querySelector(':scope > title');
    if (s.getAttribute('role') !== 'img' || !title || !title.textContent.trim() ||
        s.getAttribute('aria-labelledby') !== title.id) say('svg without title or role', s);
  });
  document.querySelectorAll('.scroll').forEach(r => {
    if (r.tabIndex !== 0 || r.getAttribute('role') !== 'region' || !r.getAttribute('aria-label')) say('region', r);
  });
  document.querySelectorAll('input, select').forEach(i => { if (!i.closest('label')) say('field without label', i); });
  document.querySelectorAll('[role=application], [aria-labelledby]').forEach(e => {
    const by = e.getAttribute('aria-labelledby');
    if (by ? !document.getElementById(by) : !e.getAttribute('aria-label')) say('no name', e);
  });
  document.querySelectorAll('a[href^="#"]').forEach(a => {
    if (a.closest('#live-map')) return;  // Leaflet's buttons are links to "#"
    if (!document.getElementById(a.getAttribute('href').slice(1))) say('leads nowhere', a);
  });
  let level = 0;
  document.querySelectorAll('h1, h2, h3, h4').forEach(h => {
    const next = Number(h.tagName[1]);
    if (next > level + 1) say('heading skips a level', h);
    level = next;
  });
  if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
  if (document.querySelectorAll('main').length !== 1) wrong.push('not one main');
  if (!document.documentElement.lang) wrong.push('no language');
  if (!document.title.trim()) wrong.push('no title');
  return wrong;
})()"""

POPUP = "(document.querySelector('.leaflet-popup-content') || {textContent: ''}).textContent.replaceAll('\\u00a0', ' ')"
SHOWN_ROWS = "[...document.querySelectorAll('#lines-table tbody tr')].filter(r => !r.hidden).length"


def report(name):
    return os.path.join(FOLDER, name + ".html")


class ReportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = chromium.Page(PROGRAM)

    @classmethod
    def tearDownClass(cls):
        cls.page.close()

    def open(self, name, width=1280, height=900):
        self.page.events.clear()
        self.page.size(width, height)
        self.page.open(report(name))
        return self.page

    def assert_quiet(self, page, name):
        """Nothing on the console, no dialog, and nothing asked of any server or other file."""
        own = "file://" + os.path.abspath(report(name))
        for event in page.events:
            self.assertNotIn(event["method"], ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled",
                                               "Page.javascriptDialogOpening"), event)
            if event["method"] == "Network.requestWillBeSent":
                url = event["params"]["request"]["url"]
                self.assertTrue(url.split("#")[0] == own or url.startswith("data:") or url == "about:blank", url)

    def test_every_page_is_accessible_and_quiet_at_both_widths(self):
        for name in ("en", "es", "fr", "assessed", "assessed-es", "assessed-fr", "hostile", "empty"):
            for width in (1280, 400):
                with self.subTest(name=name, width=width):
                    page = self.open(name, width)
                    self.assertEqual(page.script(ACCESSIBLE), [])
                    self.assertLessEqual(page.script("document.documentElement.scrollWidth"), width)
                    self.assertIsNone(page.script("window.attacked || null"))
                    self.assert_quiet(page, name)

    def test_worth_has_two_bars_of_each_that_fit_at_both_widths(self):
        for width in (1280, 400):
            page = self.open("en", width)
            svg = "document.querySelector('#worth svg.worth')"
            self.assertEqual(page.script(svg + ".querySelectorAll('.label').length"), 5)
            # Four rows of which one has none to take away, and a reserve that is worth nothing.
            self.assertEqual(page.script(svg + ".querySelectorAll('rect.gains').length"), 4)
            self.assertEqual(page.script(svg + ".querySelectorAll('rect.loses').length"), 3)
            self.assertEqual(page.script("document.querySelectorAll('#worth tbody tr').length"), 5)
            outside = page.script(
                svg + ".viewBox.baseVal.width - Math.max(...[...document.querySelectorAll('#worth svg text')].map("
                "t => t.getBBox().x + t.getBBox().width))")
            self.assertGreaterEqual(outside, 0)
            scroll = page.script("(r => r.scrollWidth - r.clientWidth)(" + svg + ".closest('.scroll'))")
            self.assertLessEqual(scroll, 0)
        self.assertIsNone(self.open("empty").script("document.getElementById('worth')"))

    def test_ids_of_contingents_do_not_break(self):
        page = self.open("en", 400)
        self.assertGreater(page.script("document.querySelectorAll('main .id').length"), 5)
        self.assertEqual(page.script("[...document.querySelectorAll('main .id')].filter("
                                     "e => e.getClientRects().length > 1).length"), 0)

    def test_language_of_the_page(self):
        for name, word in (("en", "4 June 2016"), ("es", "4 de junio de 2016"), ("fr", "4 juin 2016")):
            page = self.open(name)
            self.assertEqual(page.script("document.documentElement.lang"), name)
            self.assertIn(word, page.script("document.getElementById('summary').textContent"))

    def test_filters_hide_and_show_lines(self):
        page = self.open("en")
        self.assertEqual(page.script(SHOWN_ROWS), 12)
        page.click("#filters input[value=utf]")
        self.assertEqual(page.script(SHOWN_ROWS), 7)
        self.assertEqual(page.script("document.getElementById('filter-count').textContent"), "Lines shown: 7 of 12")
        page.click("#filters input[value=utf]")
        page.click("#filter-text")
        page.type("slave lake")
        page.wait_until(SHOWN_ROWS + " === 2")
        page.script("document.getElementById('filter-text').value = ''")
        page.script("(() => { const s = document.getElementById('filter-kind'); s.value = 'pump';"
                    "s.dispatchEvent(new Event('input', {bubbles: true})); })()")
        self.assertEqual(page.script(SHOWN_ROWS), 2)

    def test_a_line_shows_its_incident_on_the_map(self):
        page = self.open("en")
        page.click("#lines-table button.place-name")
        page.wait_until(POPUP + ".includes('Horse River')")
        text = page.script(POPUP)
        self.assertIn("Alberta Wildfire", text)
        self.assertIn("522,895 ha", text)
        self.assertIn("schematic", text)
        self.assertIn("C-3: hand crew, type 2, 59 people, Unable to fill (UTF)", text)
        self.assertEqual(page.script("document.querySelectorAll('#lines-table tr.chosen').length"), 5)
        self.assert_quiet(page, "en")

    def test_map_by_mouse(self):
        page = self.open("en")
        page.click(".map-mark.base.used[aria-label=Zapopan]")
        page.wait_until(POPUP + ".includes('Comisión Nacional Forestal')")
        self.assertIn("41 people in this plan", page.script(POPUP))
        page.click(".leaflet-popup-close-button")
        page.wait_until("!document.querySelector('.leaflet-popup-content')")
        place = ("(() => { const r = document.querySelector('.map-mark[aria-label=\"Horse River\"]')"
                 ".getBoundingClientRect(); return [r.left, r.top]; })()")
        x, y = page.place_of("#live-map")
        before = page.script(place)
        page.drag((x + 300, y + 150), (x + 200, y + 90))
        page.wait_until(f"Math.abs({place}[0] - {before[0] - 100}) < 40")
        far = page.script("Math.hypot(...['Kamloops', 'Zapopan'].map(n => document.querySelector("
                          "`.map-mark[aria-label=\"${n}\"]`).getBoundingClientRect().top).reduce((a, b) => [b - a]))")
        page.click(".leaflet-control-zoom-in")
        page.wait_until("Math.hypot(...['Kamloops', 'Zapopan'].map(n => document.querySelector("
                        "`.map-mark[aria-label=\"${n}\"]`).getBoundingClientRect().top)"
                        f".reduce((a, b) => [b - a])) > {far * 1.3}")
        self.assert_quiet(page, "en")

    def test_map_by_keyboard(self):
        page = self.open("en")
        page.script("document.querySelector('.map-mark[aria-label=\"Peace test fire\"]').focus()")
        page.press("Enter", 13)
        page.wait_until(POPUP + ".includes('Peace test fire')")
        self.assertIn("C-9", page.script(POPUP))
        page.press("Escape", 27)
        page.wait_until("!document.querySelector('.leaflet-popup-content')")

    def test_layer_switches_take_their_layer_off_the_map_and_back(self):
        for width in (1280, 400):
            with self.subTest(width=width):
                page = self.open("assessed", width)
                for value, css, shown in (("layer-0", "hazard-hotspots", 120), ("layer-1", "hazard-smoke", 2),
                                          ("layer-2", "hazard-perimeters", 3), ("rings", "exposure-ring", 15)):
                    count = f"document.querySelectorAll('#live-map path.{css}').length"
                    self.assertEqual(page.script(count), shown, value)
                    page.click(f"#map-controls input[value={value}]")
                    page.wait_until(count + " === 0")
                    page.click(f"#map-controls input[value={value}]")
                    page.wait_until(f"{count} === {shown}")
                incidents = "document.querySelectorAll('#live-map .map-mark.incident').length"
                self.assertEqual(page.script(incidents), 5)
                page.click("#map-controls input[value=incidents]")
                page.wait_until(incidents + " === 0")
                # A name in the table still leads to its incident: it comes back.
                page.click("#lines-table button.place-name")
                page.wait_until(POPUP + ".includes('Horse River')")
                self.assertEqual(page.script(incidents), 5)
                self.assert_quiet(page, "assessed")

    def test_day_slider_by_keyboard(self):
        for width in (1280, 400):
            with self.subTest(width=width):
                page = self.open("assessed", width)
                text = "document.getElementById('map-day-text').textContent"
                paths = "document.querySelectorAll('#live-map path.{}').length"
                self.assertEqual(page.script(text), "Everything is shown, whatever its day.")
                self.assertEqual(page.script("document.getElementById('map-day').value"), "12", "the planning date")
                page.script("document.getElementById('map-day').focus()")
                page.press("ArrowLeft", 37)
                page.wait_until(text + ".startsWith('Tuesday 31 May 2016: ')")
                self.assertEqual(page.script("document.getElementById('map-day').getAttribute('aria-valuetext')"),
                                 page.script(text))
                self.assertFalse(page.script("document.getElementById('all-days').checked"))
                # A third of the detections, the smoke of that day, the second perimeter, the alert in force.
                self.assertEqual(page.script(paths.format("hazard-hotspots")), 40)
                self.assertEqual(page.script(paths.format("hazard-smoke")), 1)
                self.assertEqual(page.script(paths.format("hazard-perimeters")), 1)
                self.assertEqual(page.script(paths.format("hazard-alerts")), 1)
                page.press("End", 35)
                page.wait_until(text + ".startsWith('Thursday 30 June 2016: ')")
                self.assertEqual(page.script(paths.format("hazard-hotspots")), 0)
                self.assertEqual(page.script(paths.format("hazard-smoke")), 0)
                self.assertEqual(page.script(paths.format("hazard-perimeters")), 1)
                self.assertEqual(page.script(paths.format("hazard-alerts")), 0)
                page.click("#all-days")
                page.wait_until(paths.format("hazard-hotspots") + " === 120")
                self.assert_quiet(page, "assessed")

    def test_without_layers_there_is_nothing_to_switch(self):
        page = self.open("en")
        self.assertIsNone(page.script("document.getElementById('map-controls')"))
        self.assertIsNone(page.script("document.getElementById('hazards')"))

    def test_a_hazard_tells_what_it_is(self):
        page = self.open("assessed")
        page.script("document.querySelector('#live-map path.hazard-alerts').dispatchEvent("
                    "new MouseEvent('click', {bubbles: true}))")
        page.wait_until(POPUP + ".includes('Air quality')")
        self.assertIn("Severe", page.script(POPUP))
        self.assertIn("30 May – 3 June 2016", page.script(POPUP))

    def test_further_reasons_open(self):
        page = self.open("en")
        shown = "document.querySelector('#lines-table details ul').checkVisibility({contentVisibilityAuto: true})"
        self.assertFalse(page.script("document.querySelector('#lines-table details').open"))
        page.click("#lines-table details summary")
        page.wait_until("document.querySelector('#lines-table details').open")
        self.assertTrue(page.script(shown))

    def test_hostile_names_are_text(self):
        page = self.open("hostile")
        page.click("#lines-table button.place-name")
        page.wait_until(POPUP + ".includes('window.attacked')")
        page.script("document.querySelectorAll('#live-map path.hazard-smoke').forEach(p => "
                    "p.dispatchEvent(new MouseEvent('click', {bubbles: true})))")
        page.script("document.querySelectorAll('main details').forEach(d => d.open = true)")
        self.assertIsNone(page.script("window.attacked || null"))
        self.assertEqual(page.script("document.querySelectorAll('main img, main b, main a[href^=javascript]').length"), 0)
        self.assertEqual(page.script("document.querySelector('h1').textContent"),
                         "</title><script>alert('title')</script>")
        self.assert_quiet(page, "hostile")

    def test_everything_is_there_without_script(self):
        self.page.call("Emulation.setScriptExecutionDisabled", value=True)
        self.addCleanup(self.page.call, "Emulation.setScriptExecutionDisabled", value=False)
        page = self.open("en")
        height = "document.querySelector({}).getBoundingClientRect().height"
        self.assertGreater(page.script(height.format("'.static-map'")), 300)
        self.assertEqual(page.script(height.format("'#filters'")), 0)
        self.assertEqual(page.script("document.querySelectorAll('#lines-table tbody tr').length"), 12)
        self.assertEqual(page.script(ACCESSIBLE), [])
        page = self.open("assessed")
        self.assertEqual(page.script(height.format("'#map-controls'")), 0)
        for layer in ("hotspots", "smoke", "perimeters", "alerts", "earthquakes", "cyclones"):
            self.assertTrue(page.script(f"document.querySelector('.static-map .hazard-{layer} path') !== null"), layer)
            self.assertGreater(page.script(height.format(f"'.map-legend .hazard-{layer}'")), 0)
        self.assertGreater(page.script(height.format("'.exposure-ring'")), 0)

    def test_prints(self):
        for name in ("en", "es", "fr", "assessed"):
            page = self.open(name)
            document = page.pdf()
            with open(os.path.join(FOLDER, name + ".pdf"), "wb") as file:
                file.write(document)
            self.assertTrue(document.startswith(b"%PDF-"))
            # A4 upright, in points; more than a page and fewer than a book.
            self.assertRegex(document, rb"/MediaBox \[0 0 59[45][.0-9]* 84[12][.0-9]*\]")
            pages = document.count(b"/Type /Page\n")
            self.assertGreater(pages, 3)
            self.assertLess(pages, 60)


if __name__ == "__main__":
    if PROGRAM is None:
        print("no Chromium: skipped")
        sys.exit(77)
    writer, FOLDER = sys.argv[1], sys.argv[2]
    subprocess.run([writer, FOLDER], check=True)
    unittest.main(argv=sys.argv[:1], verbosity=2)
