// SPDX-License-Identifier: MIT
#include "cli/report/html.hpp"

#include "cli/report/html_writer.hpp"
#include "tests/cli/report/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <filesystem>
#include <string>

namespace relevo::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using text::Lang;

const std::filesystem::path kData = std::filesystem::path(RELEVO_SOURCE_DIR) / "data";
// Without the background of the map a page is written in no time; most tests do not look at it.
const std::filesystem::path kNoMap = "/nowhere";

// The page without what stands between its script and style tags, which XML would read as markup.
std::string without_code(std::string html) {
  for (const std::string tag : {"script", "style"}) {
    std::size_t from = 0;
    while ((from = html.find("<" + tag, from)) != std::string::npos) {
      const auto begin = html.find('>', from) + 1;
      html.erase(begin, html.find("</" + tag, begin) - begin);
      from = begin;
    }
  }
  return html;
}

TEST(HtmlWriter, EscapesEverything) {
  EXPECT_EQ(escape_html("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
  EXPECT_EQ(escape_html("Comisión ✕ 日本"), "Comisión ✕ 日本");
  EXPECT_EQ(escape_html(std::string("a\0b\x01\x7F", 5)), "a\uFFFDb\uFFFD\uFFFD");
  EXPECT_EQ(escape_html("\xFF\xC3(\xE2\x82"), "\uFFFD\uFFFD(\uFFFD\uFFFD");
  EXPECT_EQ(escape_html("\xC0\xAF \xED\xA0\x80"), "\uFFFD\uFFFD \uFFFD\uFFFD\uFFFD") << "overlong, surrogate";
}

TEST(HtmlWriter, JsonCannotEndItsScript) {
  const std::string json = nlohmann::json("</script><!-- \u2028").dump();
  const std::string escaped = escape_json_for_script(json);
  EXPECT_THAT(escaped, Not(HasSubstr("<")));
  EXPECT_EQ(nlohmann::json::parse(escaped), nlohmann::json::parse(json));
}

TEST(HtmlWriter, ClosesInTheOrderOfScopes) {
  HtmlWriter html;
  {
    const auto list = html.in("ul", {{"class", "a\"b"}});
    html.element("li", "x");
    html.empty("br");
  }
  EXPECT_EQ(html.take(), "<ul class=\"a&quot;b\"><li>x</li>\n<br /></ul>\n");
}

class ReportHtmlTest : public testing::TestWithParam<Lang> {};

TEST_P(ReportHtmlTest, IsWellFormed) {
  for (const auto& world : {test::alberta_2016(), test::assessed_world(), test::hostile(), test::empty_world()}) {
    const std::string html = report_html(world.input(GetParam()), kNoMap);
    pugi::xml_document document;
    const auto result = document.load_string(without_code(html).c_str(), pugi::parse_full);
    EXPECT_TRUE(result) << result.description() << " at "
                        << without_code(html).substr(static_cast<std::size_t>(result.offset), 200);
  }
}

TEST_P(ReportHtmlTest, IsTheSameTwice) {
  const auto world = test::alberta_2016();
  EXPECT_EQ(report_html(world.input(GetParam()), kNoMap), report_html(world.input(GetParam()), kNoMap));
}

TEST_P(ReportHtmlTest, LoadsNothingAndIsBelowOneMegabyte) {
  const auto world = test::alberta_2016();
  const std::string html = report_html(world.input(GetParam()), kData);
  EXPECT_LT(html.size(), 1000U * 1000U);
  EXPECT_THAT(html, HasSubstr("default-src &#39;none&#39;"));
  for (const char* loading : {"<link", "<img", " src=", "url(http", "@import", "sourceMappingURL", "images/"})
    EXPECT_THAT(without_code(html), Not(HasSubstr(loading)));
  EXPECT_THAT(html, Not(HasSubstr("sourceMappingURL=leaflet")));
}

INSTANTIATE_TEST_SUITE_P(Languages, ReportHtmlTest, testing::Values(Lang::En, Lang::Es, Lang::Fr));

TEST(ReportHtml, WritesDatesAsTheLanguageDoes) {
  const auto world = test::alberta_2016();
  EXPECT_THAT(report_html(world.input(Lang::En), kNoMap), HasSubstr("Saturday 4 June 2016"));
  EXPECT_THAT(report_html(world.input(Lang::Es), kNoMap), HasSubstr("sábado, 4 de junio de 2016"));
  EXPECT_THAT(report_html(world.input(Lang::Fr), kNoMap), HasSubstr("samedi 4 juin 2016"));
}

TEST(ReportHtml, PutsWhatIsOpenBeforeEverythingElse) {
  const auto world = test::alberta_2016();
  const std::string html = report_html(world.input(), kNoMap);
  const auto place = [&](const char* text) {
    const auto at = html.find(text);
    EXPECT_NE(at, std::string::npos) << text;
    return at;
  };
  EXPECT_LT(place("id=\"summary\""), place("id=\"lines\""));
  EXPECT_LT(place("id=\"lines\""), place("id=\"map\""));
  EXPECT_LT(place("data-status=\"utf\""), place("data-status=\"partial\""));
  EXPECT_LT(place("data-status=\"partial\""), place("data-status=\"pending\""));
  EXPECT_LT(place("data-status=\"pending\""), place("data-status=\"filled\""));
}

TEST(ReportHtml, DaysOffAreNotOpen) {
  const auto world = test::alberta_2016();
  // C-1: fifteen crews from the first to the last day, three days off in between. The planner counts them as unmet.
  ASSERT_EQ(world.plan.requests[0].status, planner::RequestStatus::Partial);
  EXPECT_THAT(report_html(world.input(), kNoMap), HasSubstr("Filled; the crews take their days off in place."));
}

TEST(ReportHtml, ShowsMovesExtensionsLiftsAndDrops) {
  const auto world = test::with_moves_and_lifts();
  const std::string html = report_html(world.input(), kNoMap);
  for (const char* shown : {"CHARTER", "Leaving unrelieved", "class=\"move\"", "class=\"extension\"", "extension days"})
    EXPECT_THAT(html, HasSubstr(shown));
  EXPECT_THAT(report_html(test::alberta_2016().input(), kNoMap), Not(HasSubstr("Leaving unrelieved")));
}

TEST(ReportHtml, OwnForcesTravelInNoContingent) {
  const auto world = test::alberta_2016();
  const std::string html = report_html(world.input(), kNoMap);
  EXPECT_THAT(html, HasSubstr("25 people of its own forces go as well."));
  EXPECT_THAT(html, HasSubstr("Own forces: 25 people set out."));
  EXPECT_THAT(html, HasSubstr("Assignments of own forces"));
}

TEST(ReportHtml, SaysHowMuchBetterTheBestPlanCouldBe) {
  EXPECT_THAT(report_html(test::alberta_2016().input(), kNoMap), HasSubstr("3,000.0 * (1,500.0)"));
}

TEST(ReportHtml, TellsOfManyContingentsByBorrower) {
  auto world = test::alberta_2016();
  ASSERT_FALSE(world.plan.contingents.empty());
  auto contingent = world.plan.contingents.front();
  contingent.commitment = false;
  contingent.persons = 20;
  contingent.release = world.scenario->horizon.last();
  world.plan.contingents.clear();
  const auto leaves = [&](int number) {
    contingent.id = "N-" + std::to_string(number);
    contingent.depart = world.scenario->as_of + planner::Days{number % 2};
    world.plan.contingents.push_back(contingent);
  };
  for (int i = 0; i < 8; ++i)
    leaves(i);
  EXPECT_THAT(report_html(world.input(), kNoMap), HasSubstr("(N-7)."));
  EXPECT_THAT(report_html(world.input(), kNoMap), Not(HasSubstr("in 8 contingents")));
  leaves(8);
  EXPECT_THAT(report_html(world.input(), kNoMap), Not(HasSubstr("(N-7).")));
  EXPECT_THAT(report_html(world.input(), kNoMap), HasSubstr("180 people leave for Alberta"));
  EXPECT_THAT(report_html(world.input(), kNoMap), HasSubstr("in 9 contingents."));
  EXPECT_THAT(report_html(world.input(Lang::Es), kNoMap), HasSubstr("en 9 contingentes."));
  // Those with most people come first; of six the last is not named.
  const auto agencies = world.scenario->agencies.indices();
  ASSERT_GE(world.scenario->agencies.size(), 6U);
  int persons = 1;
  for (const auto agency : agencies) {
    if (agency == contingent.borrower || persons > 5)
      continue;
    world.plan.contingents.push_back(contingent);
    world.plan.contingents.back().borrower = agency;
    world.plan.contingents.back().persons = persons++;
  }
  const std::string html = report_html(world.input(), kNoMap);
  EXPECT_THAT(html, HasSubstr("1 more person leaves for 1 other agency, in 1 contingent."));
  EXPECT_LT(html.find("180 people leave for"), html.find("5 people leave for"));
  EXPECT_LT(html.find("5 people leave for"), html.find("2 people leave for"));
}

TEST(ReportHtml, ComparesWithWhatHappened) {
  const auto world = test::alberta_2016();
  const std::string html = report_html(world.input(), kNoMap);
  EXPECT_THAT(html, HasSubstr("People sent, representatives not counted</th><td>Comisión Nacional Forestal · ca-mx-2014"
                              "</td><td>40</td><td>41</td>"));
  EXPECT_THAT(html, HasSubstr("<td>4 June 2016</td><td>4 June 2016</td>"));
}

TEST(ReportHtml, WithoutAnAssessmentNothingIsSaidOfHazards) {
  auto world = test::alberta_2016();
  const std::string html = without_code(report_html(world.input(), kNoMap));
  for (const char* what : {"hazard", "map-controls", "map-day", "exposure-ring", "Fires and hazards"})
    EXPECT_THAT(html, Not(HasSubstr(what)));
}

TEST(ReportHtml, ShowsHowAPriorityCameAbout) {
  const auto world = test::assessed_world();
  const std::string html = report_html(world.input(), kNoMap);
  EXPECT_THAT(html, HasSubstr("How the priority of Horse River came about"));
  EXPECT_THAT(html, HasSubstr("people nearby</th><td class=\"num\">61,374</td><td class=\"num\">0.80</td>"
                              "<td class=\"num\">30</td><td class=\"num\">24.0</td>"));
  EXPECT_THAT(html, HasSubstr("no data: neutral</td>"));
  EXPECT_THAT(html, HasSubstr("priority 1, from the assessment: score 68.0"));
}

TEST(ReportHtml, ShowsClustersRiskAndCountsOfLayers) {
  const auto world = test::assessed_world();
  const std::string html = without_code(report_html(world.input(), kNoMap));
  EXPECT_THAT(html, HasSubstr("H-1</th>"));
  EXPECT_THAT(html, Not(HasSubstr("H-2</th>"))) << "belongs to an incident";
  EXPECT_THAT(html, HasSubstr("5, given; the matrix gives 5"));
  EXPECT_THAT(html, HasSubstr("3\u00A0Jun\u00A0–\u00A030\u00A0Jun</td>")) << "a line for each change, not for each day";
  EXPECT_THAT(html, HasSubstr("<td class=\"num\">4,210</td><td class=\"num\">4,188</td><td class=\"num\">0</td>"
                              "<td class=\"num\">22</td><td>20 × no coordinates"));
}

TEST(ReportHtml, ManyIncidentsOfALayerKeepItBounded) {
  auto world = test::assessed_world();
  planner::ScenarioData data = world.scenario.data();
  for (int i = 0; i < 3000; ++i) {
    auto incident = data.incidents[planner::IncidentIndex{4U}];
    incident.id = "L-" + std::to_string(i);
    const auto index = data.incidents.push(incident);
    auto assessed = data.assessment.incidents[4];
    assessed.incident = index;
    data.assessment.incidents.push_back(assessed);
  }
  const std::size_t before = report_html(world.input(), kNoMap).size();
  const planner::Scenario many(std::move(data));
  const ReportInput input{many, world.plan, world.baseline};
  const std::string html = report_html(input, kNoMap);
  EXPECT_LT(html.size(), before + 500U * 1000U);
  EXPECT_THAT(html, HasSubstr("2,855 further incidents of lower priority are in plan.json and plan.gpkg."));
}

TEST(ReportHtml, HostileNamesStayText) {
  const auto world = test::hostile();
  const std::string all = report_html(world.input(), kNoMap);
  EXPECT_THAT(all, Not(HasSubstr("<script>window.attacked")));
  const std::string html = without_code(all);
  EXPECT_THAT(html, Not(HasSubstr("<svg onload")));
  EXPECT_THAT(html, Not(HasSubstr("href=\"javascript:")));
  EXPECT_THAT(html, Not(HasSubstr("\" onclick=")));
  EXPECT_THAT(html, Not(HasSubstr("\" onmouseover=")));
}

TEST(ReportHtml, MapIsDrawnWithoutABackground) {
  const auto world = test::alberta_2016();
  EXPECT_THAT(report_html(world.input(), kNoMap), HasSubstr("static-map"));
}

}  // namespace
}  // namespace relevo::cli
