// SPDX-License-Identifier: MIT
#include "planner/generate/content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace relevo::planner::generate {

namespace {

/// Sources of the shipped agreements whose terms a season takes over.
constexpr std::string_view kFourteenDays =
    "http://amp.cbc.ca/news/canada/edmonton/fort-mcmurray-wildfire-by-the-numbers-1.3572193";
constexpr std::string_view kNineteenDays =
    "https://www.energeticcity.ca/2019/05/bc-sending-forest-firefighters-to-help-in-alberta/";
constexpr std::string_view kNationalRules =
    "https://studylib.net/doc/11286939/national-wildfire-coordinating-group-national-interagency...";
constexpr std::string_view kTwoShifts =
    "https://mexiconewsdaily.com/news/mexicans-will-help-fight-huge-wildfire-in-canada/";

enum class Escorts { None, Implicit, Roster };

/// One agreement of a season; docs/generate.md shows them side by side.
struct Terms {
  std::string_view id;
  std::string_view title;
  std::string_view lenders;
  std::string_view borrowers;  ///< empty: own forces of anybody
  bool reciprocal = false;
  std::string_view asking;
  std::string_view answering;
  std::string_view kinds;   ///< as TOML; empty: all
  std::string_view source;  ///< of the tour; empty: assumed from end to end
  int line_days = 14;
  int days_off = 0;
  int tours = 1;
  int least_line_days = 1;
  int orientation = 0;
  int deployment_days = 0;  ///< 0: no limit
  bool travel_counts = true;
  int notice = 0;
  int muster = 0;
  bool no_night_travel = false;
  Escorts escorts = Escorts::None;
  std::string_view languages;  ///< as TOML; empty: no rule
  bool passport = false;
  int tier = 0;
};

constexpr std::string_view kPersonnel =
    R"("crew", "initial-attack-crew", "strike-team-leader", "division-supervisor", "safety-officer", "incident-management-team", "agency-representative", "contingent-lead")";

constexpr Terms kAgreements[] = {
    {.id = "season-own",
     .title = "Own forces, in a season",
     .lenders = "anyone",
     .source = kTwoShifts,
     .days_off = 3,
     .tours = 2},
    {.id = "season-canada",
     .title = "Within Canada, in a season",
     .lenders = "country:CA",
     .borrowers = "country:CA",
     .asking = "CA-CIFFC",
     .answering = "CA-CIFFC",
     .source = kNineteenDays,
     .least_line_days = 3,
     .deployment_days = 19,
     .notice = 1,
     .escorts = Escorts::Implicit,
     .tier = 1},
    {.id = "season-united-states",
     .title = "Within the United States, in a season",
     .lenders = "country:US",
     .borrowers = "country:US",
     .asking = "US-NICC",
     .answering = "US-NICC",
     .source = kNationalRules,
     .days_off = 2,
     .tours = 2,
     .least_line_days = 2,
     .deployment_days = 30,
     .travel_counts = false,
     .notice = 1,
     .no_night_travel = true,
     .escorts = Escorts::Implicit,
     .tier = 1},
    {.id = "season-mexico",
     .title = "Within Mexico, in a season",
     .lenders = "country:MX",
     .borrowers = "country:MX",
     .asking = "MX-CONAFOR",
     .answering = "MX-CONAFOR",
     .line_days = 19,
     .least_line_days = 3,
     .notice = 1,
     .escorts = Escorts::Implicit,
     .tier = 1},
    {.id = "season-canada-united-states",
     .title = "Canada and the United States, in a season",
     .lenders = "country:US",
     .borrowers = "country:CA",
     .reciprocal = true,
     .asking = "CA-CIFFC",
     .answering = "US-NICC",
     .source = kNationalRules,
     .least_line_days = 3,
     .notice = 2,
     .no_night_travel = true,
     .escorts = Escorts::Roster,
     .languages = R"("en", "fr")",
     .passport = true,
     .tier = 2},
    {.id = "season-canada-mexico",
     .title = "Canada and Mexico, in a season",
     .lenders = "country:MX",
     .borrowers = "country:CA",
     .reciprocal = true,
     .asking = "CA-CIFFC",
     .answering = "MX-CONAFOR",
     .kinds = kPersonnel,
     .source = kTwoShifts,
     .days_off = 3,
     .tours = 2,
     .least_line_days = 7,
     .orientation = 1,
     .notice = 4,
     .muster = 1,
     .escorts = Escorts::Roster,
     .languages = R"("en", "fr")",
     .passport = true,
     .tier = 3},
    {.id = "season-united-states-mexico",
     .title = "The United States and Mexico, in a season",
     .lenders = "country:MX",
     .borrowers = "country:US",
     .reciprocal = true,
     .asking = "US-NICC",
     .answering = "MX-CONAFOR",
     .kinds = kPersonnel,
     .days_off = 3,
     .tours = 2,
     .least_line_days = 5,
     .notice = 3,
     .muster = 1,
     .escorts = Escorts::Roster,
     .languages = R"("en", "es")",
     .passport = true,
     .tier = 3},
};

std::string assumed(std::string_view note) {
  return fmt::format("status = \"assumed\"\nnote = \"{}\"\n", note);
}

std::string value(std::string_view key, int number, std::string_view source, std::string_view note) {
  if (source.empty())
    return fmt::format("{} = {{ value = {}, status = \"assumed\", note = \"{}\" }}\n", key, number, note);
  return fmt::format("{} = {{ value = {}, source = \"{}\", status = \"stated\", note = \"{}\" }}\n", key, number,
                     source, note);
}

std::string parties_section(const Terms& terms) {
  std::string text = "\n[parties]\n";
  text += fmt::format("lenders = [\"{}\"]\n", terms.lenders);
  text += fmt::format("borrowers = [\"{}\"]\n", terms.borrowers.empty() ? terms.lenders : terms.borrowers);
  if (terms.borrowers.empty())
    text += "own_forces = true\n";
  if (terms.reciprocal)
    text += "reciprocal = true\n";
  return text + assumed("every agency of the countries lends and borrows in an exercise");
}

std::string tour_section(const Terms& terms, bool shadow_day) {
  const bool is_canadian = terms.id == "season-canada";
  std::string text = "\n[tour]\n";
  text += value("max_line_days", terms.line_days, is_canadian ? kFourteenDays : terms.source, "days of one tour");
  text += fmt::format("days_off_in_place = {}\n", terms.days_off);
  text += fmt::format("max_tours = {}\n", terms.tours);
  text += fmt::format("min_line_days = {}\n", terms.least_line_days);
  text += fmt::format("orientation_days = {}\n", terms.orientation);
  text += "rest_days_home = 2\n";
  text += "max_moves = 1\n";
  if (shadow_day)
    text += "shadow_days = 1\n";
  if (terms.deployment_days > 0) {
    text += value("max_deployment_days", terms.deployment_days, terms.source, "days away");
    text += fmt::format("travel_counts = {}\n", terms.travel_counts);
  }
  return text + assumed("as the shipped agreements say or assume; one move everywhere is assumed");
}

std::string mobilization_section(const Terms& terms) {
  std::string text = "\n[mobilization]\n";
  text += fmt::format("notice_days = {}\nmuster_days = {}\n", terms.notice, terms.muster);
  if (terms.no_night_travel)
    text += "no_travel_from = 22\nno_travel_until = 5\n";
  text += assumed("as the shipped agreements say or assume, mustering shortened");
  if (terms.passport)
    text += "\n[[mobilization.document]]\ndocument = \"passport\"\n" +
            assumed("nobody crosses without; visas are left out");
  return text;
}

std::string escort_section(std::string_view role, std::string_view kind, int threshold, int per_persons, int ahead,
                           bool roster) {
  return fmt::format(
      "\n[[escort]]\nrole = \"{}\"\nkind = \"{}\"\nthreshold = {}\nper_persons = {}\nahead_days = {}\nsupply = "
      "\"{}\"\n{}",
      role, kind, threshold, per_persons, ahead, roster ? "roster" : "implicit", assumed("no written ratio was found"));
}

std::string escort_sections(const Terms& terms) {
  switch (terms.escorts) {
    case Escorts::None:
      return {};
    case Escorts::Implicit:
      return escort_section("representative", kRepresentative, 0, 100, 0, false);
    case Escorts::Roster:
      break;
  }
  return escort_section("representative", kRepresentative, 0, 100, 1, true) +
         escort_section("lead", kLead, 0, 30, 0, false);
}

std::string text_of(const Terms& terms, const Content& content) {
  std::string text = fmt::format(
      "# An agreement of synthetic seasons; its terms are those of shipped agreements, made alike "
      "(docs/generate.md).\nid = \"{}\"\ntitle = \"{}\"\nedition = \"1\"\n"
      "instrument = \"None: written for exercises\"\n\n[in_force]\n{}",
      terms.id, terms.title, assumed("always"));
  text += parties_section(terms);
  if (!terms.asking.empty())
    text += fmt::format("\n[channel]\nasking = \"{}\"\nanswering = \"{}\"\n{}", terms.asking, terms.answering,
                        assumed("through the national centres"));
  if (!terms.kinds.empty())
    text += fmt::format("\n[kinds]\ncovered = [{}]\n{}", terms.kinds, assumed("people only"));
  const bool is_near = terms.tier <= 1;
  text += tour_section(terms, content.has(Extra::Handover) && is_near);
  text += mobilization_section(terms);
  text += escort_sections(terms);
  if (!terms.languages.empty())
    text += fmt::format("\n[language]\nworking = [{}]\n{}", terms.languages, assumed("the language of the line"));
  if (content.has(Extra::Movements) && terms.id == "season-canada-mexico")
    text += "\n[contingent]\nmin_persons = 20\n" + assumed("a crew at least");
  text += fmt::format("\n[cost]\nwages = \"borrower\"\ntravel = \"borrower\"\nlodging = \"borrower\"\n{}",
                      assumed("who asks pays"));
  text += fmt::format("\n[precedence]\ntier = {}\n{}", terms.tier, assumed("nearest first"));
  return text;
}

}  // namespace

std::vector<std::string> agreement_ids() {
  std::vector<std::string> ids;
  for (const auto& terms : kAgreements)
    ids.emplace_back(terms.id);
  return ids;
}

std::vector<SeasonFile> agreement_files(const Content& content) {
  std::vector<SeasonFile> files;
  for (const auto& terms : kAgreements)
    files.push_back({fmt::format("agreements/{}.toml", terms.id), text_of(terms, content)});
  return files;
}

}  // namespace relevo::planner::generate
