// SPDX-License-Identifier: MIT
#include "cli/shared_options.hpp"

#include "cli/number_checks.hpp"
#include "planner/model/edits.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace relevo::cli {

namespace {

const std::map<std::string, text::Lang> kLanguages = {
    {"en", text::Lang::En}, {"es", text::Lang::Es}, {"fr", text::Lang::Fr}};

std::map<std::string, std::string> pairs_of(const std::vector<std::string>& words) {
  std::map<std::string, std::string> pairs;
  for (const auto& word : words) {
    const auto equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
      throw CLI::ValidationError("--field", fmt::format("'{}' is not OURS=THEIRS", word));
    pairs[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return pairs;
}

}  // namespace

void add_fields(CLI::App& app, std::map<std::string, std::string>& fields) {
  app.add_option_function<std::vector<std::string>>(
         "--field", [&fields](const std::vector<std::string>& words) { fields = pairs_of(words); },
         "our field and the file's column, or variable=WORD for a raster; may be repeated")
      ->type_name("OURS=THEIRS");
}

void add_common(CLI::App& app, CommonOptions& options) {
  app.add_flag("--json", options.json, "the result, or the errors, as JSON on stdout")->group("Output");
  app.add_option_function<std::string>(
         "--lang",
         [&options](const std::string& word) {
           const auto it = kLanguages.find(word);
           if (it == kLanguages.end())
             throw CLI::ValidationError("--lang", fmt::format("'{}' is not one of en, es and fr", word));
           options.lang = it->second;
         },
         "language of everything a person reads: en, es or fr (default en)")
      ->type_name("LANG")
      ->group("Output");
  app.add_flag("-q,--quiet", options.quiet, "no summary, no notes, no progress; errors still show")->group("Output");
}

void add_solve(CLI::App& app, CommonOptions& options) {
  app.add_option("--time-limit", options.seconds,
                 "stop after this many seconds with the best plan so far; the plan may then differ from run to run "
                 "(default: none)")
      ->check(number_above_zero())
      ->type_name("SECONDS")
      ->group("Search");
  app.add_option("--gap", options.gap, "stop when the plan is proven within this fraction of the best (default 0)")
      ->check(number_within(0.0, 1.0))
      ->type_name("FRACTION")
      ->group("Search");
  app.add_option("--nodes", options.nodes,
                 "branch-and-bound nodes, a limit that keeps plans repeatable (default 200000)")
      ->check(whole_number(1))
      ->type_name("N")
      ->group("Search");
  app.add_option("--method", options.method,
                 "how to look for the best plan: auto; arcs, exact, for small scenarios; rosters, for all sizes "
                 "(default auto)")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, planner::SolveMethod>{{"auto", planner::SolveMethod::Automatic},
                                                      {"arcs", planner::SolveMethod::Arcs},
                                                      {"rosters", planner::SolveMethod::Rosters}},
          CLI::ignore_case))
      ->type_name("auto|arcs|rosters")
      ->group("Search");
  app.add_option(
         "--effort", options.effort,
         "how long to look in large scenarios: full; or quick, seconds instead of minutes, with a plan and a bound "
         "that are a little worse (default: full, for replan quick)")
      ->transform(
          CLI::CheckedTransformer(std::map<std::string, planner::SolveEffort>{{"full", planner::SolveEffort::Full},
                                                                              {"quick", planner::SolveEffort::Quick}},
                                  CLI::ignore_case))
      ->type_name("full|quick")
      ->group("Search");
  app.add_flag("--lexicographic", options.lexicographic,
               "least unmet need first, then least disturbance, then least cost, instead of the three merged into "
               "points")
      ->group("Search");
  app.add_option(
         "--start", options.start,
         "begin with this plan (plan.json or plan.csv): the plan found is never worse than what of it still fits")
      ->check(CLI::ExistingFile)
      ->type_name("FILE")
      ->group("Search");
  app.add_option("--threads", options.threads, "processor threads; never changes the plan (default 1)")
      ->check(whole_number(1, 256))
      ->type_name("N")
      ->group("Search");
  app.add_option("--seed", options.seed, "seed of the parts of the search that use chance (default 0)")
      ->check(whole_number(0, std::numeric_limits<long long>::max()))
      ->type_name("N")
      ->group("Search");
}

void add_edits(CLI::App& app, CommonOptions& options) {
  const auto list = [&app](const char* name, const char* about, const char* type, auto take) {
    app.add_option_function<std::vector<std::string>>(
           name,
           [name, take](const std::vector<std::string>& given) {
             for (const auto& text : given)
               if (!take(text))
                 throw CLI::ValidationError(name, fmt::format("'{}' is not as --help says", text));
           },
           about)
        ->type_name(type)
        ->allow_extra_args(false)
        ->group("What if");
  };
  list("--set", "another value for this run: policy.KEY, scenario.KEY, agreements.ID.KEY or TABLE.ID.COLUMN",
       "PATH=VALUE", [&options](const std::string& text) {
         auto set = planner::parse_set(text);
         if (set)
           options.edits.sets.push_back(std::move(*set));
         return set.has_value();
       });
  const auto choice = [&options](bool pin) {
    return [&options, pin](const std::string& text) {
      auto made = planner::parse_choice(text, pin);
      if (made)
        options.edits.choices.push_back(std::move(*made));
      return made.has_value();
    };
  };
  list("--pin", "N units of the row (default 1) serve the line at some time", "UNIT:LINE[:N]", choice(true));
  app.add_flag("--domestic", options.edits.domestic, "nobody new comes from another country than the borrower's")
      ->group("What if");
  list("--forbid", "the unit, or every unit of the agency, is kept off the line, or off all", "UNIT|AGENCY[:LINE]",
       choice(false));
}

void add_previous(CLI::App& app, CommonOptions& options, bool required) {
  app.add_option("--previous", options.previous,
                 "the earlier plan: what has left stays, what was announced costs to change (plan.json, its folder, or "
                 "plan.csv)")
      ->required(required)
      ->check(CLI::ExistingPath)
      ->type_name("PLAN");
}

}  // namespace relevo::cli
