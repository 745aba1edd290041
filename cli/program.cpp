// SPDX-License-Identifier: MIT
#include "cli/program.hpp"

#include "cli/command/commands.hpp"
#include "cli/data_dir.hpp"
#include "cli/interrupt.hpp"
#include "cli/json_output.hpp"
#include "cli/layer_text.hpp"
#include "cli/number_checks.hpp"
#include "cli/output_folder.hpp"
#include "cli/record_commands.hpp"
#include "cli/shared_options.hpp"
#include "cli/workspace_commands.hpp"
#include "geo/layer/feature.hpp"
#include "geo/layer/isolated.hpp"
#include "geo/table_error.hpp"
#include "planner/model/diagnostics.hpp"
#include "planner/model/spelling.hpp"
#include "planner/solve/solve.hpp"
#include "planner/store/workspace_error.hpp"
#include "relevo_version.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <limits>
#include <map>
#include <string_view>

namespace relevo::cli {

namespace {

using planner::generate::all_extras;
using planner::generate::extra_of;
using planner::generate::SeasonSize;
using planner::generate::size_of;
using planner::generate::SizeError;
using planner::generate::tier_of;

/// Everything that a command line may ask for.
struct Choices {
  CommonOptions options;
  RunCommand run;
  CheckCommand check;
  ExplainCommand explain;
  WorthCommand worth;
  SecondBestCommand second_best;
  LayersCommand layers;
  GenerateCommand generate;
  std::string tier = "m";
  SeasonSize free_size;
  std::string agreement;
};

void check_model_name(const std::filesystem::path& file) {
  if (!file.empty() && file.extension() != ".mps" && file.extension() != ".lp")
    throw CLI::ValidationError("--write-model", "the file must end in .mps or .lp");
}

CLI::App* add_run(CLI::App& app, Choices& choices) {
  auto* run = app.add_subcommand("run", "Plan a scenario folder: import, plan, check and report.");
  run->add_option("scenario", choices.run.scenario, "folder with scenario.toml and its tables")
      ->required()
      ->type_name("SCENARIO_DIR");
  run->add_option("-o,--out", choices.run.out,
                  "folder for plan.json, assignments.csv, unfilled.csv and report.html; replaced if Relevo made it")
      ->required()
      ->type_name("DIR");
  run->add_option("--write-model", choices.run.write_model, "also write the complete model, as MPS or LP by its ending")
      ->type_name("FILE");
  run->add_option("--explain", choices.options.explain,
                  "also look for so many changes that would fill each open line, for the report (default 0: see "
                  "`relevo explain`)")
      ->check(whole_number(0))
      ->type_name("N");
  run->add_option("--worth", choices.options.worth,
                  "also show in the report, of so many units, reserves and representatives, what one more and one less "
                  "is worth (default 0: see `relevo worth`)")
      ->check(whole_number(0))
      ->type_name("N");
  run->callback([&choices] { check_model_name(choices.run.write_model); });
  add_common(*run, choices.options);
  add_solve(*run, choices.options);
  add_edits(*run, choices.options);
  return run;
}

CLI::App* add_replan(CLI::App& app, Choices& choices) {
  auto* replan =
      app.add_subcommand("replan", "Plan anew from an earlier plan: what has left stays, changes have a price.");
  replan->add_option("scenario", choices.run.scenario, "folder of the scenario as it is today, or a workspace")
      ->required()
      ->type_name("SCENARIO_DIR|WORKSPACE");
  add_previous(*replan, choices.options, true);
  replan
      ->add_option("-o,--out", choices.run.out,
                   "folder for plan.json, assignments.csv, unfilled.csv and report.html; replaced if Relevo made it")
      ->required()
      ->type_name("DIR");
  add_common(*replan, choices.options);
  add_solve(*replan, choices.options);
  add_edits(*replan, choices.options);
  return replan;
}

CLI::App* add_check(CLI::App& app, Choices& choices) {
  auto* check =
      app.add_subcommand("check", "Judge a plan by the rules of its scenario (exit code 3 if it breaks one).");
  check->add_option("scenario", choices.check.scenario, "folder of the scenario, or a workspace")
      ->required()
      ->type_name("SCENARIO_DIR|WORKSPACE");
  auto* plan = check->add_option("--plan", choices.check.plan,
                                 "a plan.json, or a table (.csv, .xlsx, .ods), from Relevo or from elsewhere");
  plan->type_name("FILE");
  auto* solution = check->add_option("--solution", choices.check.solution,
                                     "another solver's solution of the model that `run --write-model` wrote: lines of "
                                     "column name and value");
  solution->type_name("FILE")->excludes(plan);
  check->callback([&choices] {
    if (choices.check.plan.empty() && choices.check.solution.empty())
      throw CLI::RequiredError("--plan or --solution");
  });
  add_common(*check, choices.options);
  add_previous(*check, choices.options, false);
  add_edits(*check, choices.options);
  return check;
}

void add_plan_source(CLI::App& app, PlanSource& source) {
  app.add_option("plan", source.what,
                 "a plan.json, the folder of a result, a scenario folder (planned anew), or a workspace")
      ->required()
      ->type_name("PLAN|OUTPUT_FOLDER|SCENARIO");
  app.add_option("--scenario", source.scenario, "the scenario of the plan (default: the one that it was made from)")
      ->type_name("SCENARIO_DIR");
  app.add_option("--plan", source.plan, "of a scenario folder, a plan.json or plan.csv; of a workspace, an id or name")
      ->type_name("FILE|ID|NAME");
}

CLI::App* add_explain(CLI::App& app, Choices& choices) {
  auto* explain = app.add_subcommand(
      "explain", "Say why lines are open and what would fill them, why units come and what others would cost.");
  add_plan_source(*explain, choices.explain.source);
  explain->add_option("--request", choices.explain.request, "one line, and who comes to it")->type_name("ID");
  explain->add_option("--unit", choices.explain.unit, "one row of the roster: where it goes, or why it does not")
      ->type_name("ID");
  explain->add_option("--agency", choices.explain.agency, "the lines an agency borrows for, and its units")
      ->type_name("ID");
  explain->add_option("--most", choices.explain.most, "changes to offer for one line (default 5)")
      ->check(whole_number(1))
      ->type_name("N");
  add_common(*explain, choices.options);
  add_solve(*explain, choices.options);
  add_previous(*explain, choices.options, false);
  add_edits(*explain, choices.options);
  return explain;
}

CLI::App* add_worth(CLI::App& app, Choices& choices) {
  auto* worth = app.add_subcommand(
      "worth", "Say what one more, and one less, of units, of reserve and of representatives is worth.");
  add_plan_source(*worth, choices.worth.source);
  worth->add_option("--kind", choices.worth.kind, "of this kind only")->type_name("ID");
  worth->add_option("--agency", choices.worth.agency, "of this lender only")->type_name("ID");
  worth
      ->add_option_function<std::string>(
          "--from",
          [&choices](const std::string& word) {
            choices.worth.from = planner::parse_day(word);
            if (!choices.worth.from)
              throw CLI::ValidationError("--from", fmt::format("'{}' is no day: write YYYY-MM-DD", word));
          },
          "the one more is there from this day on, the one less until then (default: the planning date)")
      ->type_name("DAY");
  add_common(*worth, choices.options);
  add_solve(*worth, choices.options);
  add_previous(*worth, choices.options, false);
  add_edits(*worth, choices.options);
  return worth;
}

CLI::App* add_second_best(CLI::App& app, Choices& choices) {
  auto* second = app.add_subcommand(
      "second-best", "Say which plan with other contingents is best, how much more it costs and what moves.");
  add_plan_source(*second, choices.second_best.source);
  second
      ->add_option("-o,--out", choices.second_best.out,
                   "folder for the second-best plan, like that of `run` (default: not written)")
      ->type_name("DIR");
  second
      ->add_option("--differs", choices.second_best.difference,
                   "in what it is another plan: any (who comes, or when), who (default: any)")
      ->transform(CLI::CheckedTransformer(std::map<std::string, planner::PlanDifference>{
          {"any", planner::PlanDifference::Contingents}, {"who", planner::PlanDifference::Who}}))
      ->type_name("WHAT");
  add_common(*second, choices.options);
  add_solve(*second, choices.options);
  add_previous(*second, choices.options, false);
  add_edits(*second, choices.options);
  return second;
}

void add_layer_options(CLI::App& app, LayersCommand& command) {
  app.add_option("--as", command.theme, "theme to read it as, instead of the one recognised")
      ->type_name("THEME")
      ->check([](const std::string& word) {
        return geo::theme_of(word) ? std::string() : fmt::format("'{}' is no theme: see `relevo formats`", word);
      });
  app.add_option("--profile", command.profile, "profile to read it by, instead of the one recognised")->type_name("ID");
  app.add_option("--layer", command.layer, "layer, band or file of an archive that has several")->type_name("NAME");
  app.add_option("--crs", command.crs, "coordinate system of a file that gives none")->type_name("EPSG:N");
  add_fields(app, command.fields);
  app.add_flag("--archives", command.archives, "also look into .zip, .gz and .tar");
}

CLI::App* add_layers(CLI::App& app, Choices& choices) {
  auto* layers = app.add_subcommand("layers", "Tell what files of any kind are, before they are imported.");
  layers->add_option("files", choices.layers.files, "vector, raster, table or alert files")
      ->required()
      ->type_name("FILE");
  add_layer_options(*layers, choices.layers);
  add_common(*layers, choices.options);
  return layers;
}

constexpr const char* kGenerateExamples =
    "Tiers: s 60 units, 20 classes, 15 requests, 21 days; m 600, 150, 150, 30; l 5000, 1500, 1000, 30;\n"
    "xl 20000, 5000, 4000, 45; 30 agencies and 12 kinds from m on. Sizes given by themselves replace those of the "
    "tier.\n"
    "Examples:\n"
    "  relevo generate --tier s --out exercise\n"
    "  relevo generate --tier l --seed 7 --out season\n"
    "  relevo generate --units 900 --classes 200 --requests 80 --days 28 --agencies 12 --out exercise\n"
    "  relevo generate --tier m --with packages,min-fill,lifts --out exercise";

/// The sizes of the tier, but for those that are given.
SeasonSize size_of(const Choices& choices) {
  SeasonSize size = size_of(*tier_of(choices.tier));
  const auto& free = choices.free_size;
  for (const auto number : {&SeasonSize::units, &SeasonSize::classes, &SeasonSize::requests, &SeasonSize::days,
                            &SeasonSize::agencies, &SeasonSize::kinds})
    if (free.*number > 0)
      size.*number = free.*number;
  return size;
}

void add_sizes(CLI::App& app, SeasonSize& size) {
  const auto add = [&app](const char* name, int& number, const char* what) {
    app.add_option(name, number, what)->check(whole_number(1))->type_name("N")->group("Size");
  };
  add("--units", size.units, "units of the roster");
  add("--classes", size.classes, "rows of the roster, no two alike");
  add("--requests", size.requests, "order lines");
  add("--days", size.days, "planning days");
  add("--agencies", size.agencies, "agencies that lend and borrow");
  add("--kinds", size.kinds, "kinds that lines ask for");
}

CLI::App* add_generate(CLI::App& app, Choices& choices) {
  auto* generate = app.add_subcommand(
      "generate", "Write a synthetic season as a scenario folder, for exercises, tests and benchmarks.");
  generate
      ->add_option("-o,--out", choices.generate.out,
                   "folder of the scenario; replaced if this command made it, else it must be empty or not there")
      ->required()
      ->type_name("DIR");
  generate->add_option("--tier", choices.tier, "size of the season: s, m, l or xl (default m)")
      ->check([](const std::string& word) {
        return tier_of(word) ? std::string() : fmt::format("'{}' is not one of s, m, l and xl", word);
      })
      ->type_name("TIER")
      ->group("Size");
  add_sizes(*generate, choices.free_size);
  generate
      ->add_option("--seed", choices.generate.season.seed,
                   "another number is another season; the same one gives the same bytes everywhere (default 1)")
      ->check(whole_number(0, std::numeric_limits<long long>::max()))
      ->type_name("N");
  std::string words;
  for (const auto extra : all_extras())
    words += fmt::format("{}{}", words.empty() ? "" : ", ", planner::generate::word_of(extra));
  generate
      ->add_option_function<std::vector<std::string>>(
          "--with",
          [&choices, words](const std::vector<std::string>& given) {
            for (const auto& word : given) {
              const auto extra = extra_of(word);
              if (!extra)
                throw CLI::ValidationError("--with", fmt::format("'{}' is not one of {}", word, words));
              choices.generate.season.extras.insert(*extra);
            }
          },
          "rules that seasons leave out otherwise, for a small share of lines: " + words)
      ->delimiter(',')
      ->type_name("LIST");
  generate->callback([&choices] { choices.generate.season.size = size_of(choices); });
  generate->footer(kGenerateExamples);
  add_common(*generate, choices.options);
  return generate;
}

void suggest_command(const CLI::App& app, int argc, char** argv) {
  std::vector<std::string> names;
  for (const auto* command : app.get_subcommands({}))
    names.push_back(command->get_name());
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word.empty() || word.front() == '-')
      continue;
    const std::string guess = planner::closest_word(word, names);
    if (std::find(names.begin(), names.end(), word) == names.end() && !guess.empty())
      fmt::print(std::cerr, "Did you mean `relevo {}`?\n", guess);
    return;
  }
}

nlohmann::ordered_json json_of(const planner::Diagnostics& diagnostics, text::Lang lang) {
  auto list = nlohmann::ordered_json::array();
  for (const auto& d : diagnostics.all()) {
    if (d.severity != planner::Severity::Error)
      continue;
    list.push_back({{"file", d.file},
                    {"line", d.line},
                    {"column", d.column},
                    {"value", d.value},
                    {"rule", d.rule},
                    {"message", text::render(d.what, lang)},
                    {"remedy", text::render(d.remedy, lang)}});
  }
  return list;
}

nlohmann::ordered_json json_of(const std::string& error, ExitCode code) {
  auto list = nlohmann::ordered_json::array();
  list.push_back({{"message", error}});
  return {{"errors", list}, {"exit_code", static_cast<int>(code)}};
}

ExitCode report_errors(const planner::Diagnostics& diagnostics, const CommonOptions& options, ExitCode code) {
  int count = 0;
  for (const auto& d : diagnostics.all()) {
    if (d.severity == planner::Severity::Error)
      ++count;
    if (d.severity == planner::Severity::Error || !options.quiet)
      fmt::print(std::cerr, "{}\n", planner::format_diagnostic(d, options.lang));
  }
  if (code == ExitCode::Contradiction)
    fmt::print(std::cerr, "{}\n", text::render("cli.contradictory", options.lang));
  fmt::print(std::cerr, "{}\n", text::render({"cli.errors", {{"count", std::to_string(count)}}}, options.lang));
  if (options.json)
    print_json({{"errors", json_of(diagnostics, options.lang)}, {"exit_code", static_cast<int>(code)}});
  return code;
}

ExitCode report_error(const std::string& text, const CommonOptions& options, ExitCode code) {
  fmt::print(std::cerr, "{}\n", text);
  if (options.json)
    print_json(json_of(text, code));
  return code;
}

template <class Command>
ExitCode guarded(const CommonOptions& options, Command command) {
  try {
    return command();
  } catch (const planner::InputError& e) {
    return report_errors(e.diagnostics(), options, ExitCode::BadInput);
  } catch (const planner::ContradictionError& e) {
    return report_errors(e.diagnostics(), options, ExitCode::Contradiction);
  } catch (const geo::TableError& e) {
    return report_error(e.what(), options, ExitCode::BadInput);
  } catch (const geo::LayerError& e) {
    return report_error(describe(e, options.lang), options, ExitCode::BadInput);
  } catch (const planner::WorkspaceError& e) {
    return report_error(text::render(e.message(), options.lang) + " " + text::render(e.remedy(), options.lang), options,
                        ExitCode::BadInput);
  } catch (const OutputError& e) {
    return report_error(e.what(), options, ExitCode::BadInput);
  } catch (const SizeError& e) {
    return report_error(text::render(e.message(), options.lang), options, ExitCode::BadInput);
  } catch (const DataDirError& e) {
    return report_error(e.what(), options, ExitCode::BadInput);
  } catch (const planner::LimitReachedError&) {
    return report_error(text::render("cli.limit_reached", options.lang), options, ExitCode::LimitReached);
  } catch (const std::exception& e) {
    return report_error(text::render({"cli.internal", {{"what", e.what()}}}, options.lang), options,
                        ExitCode::Internal);
  }
}

std::string joined(int argc, char** argv) {
  std::string all = "relevo";
  for (int i = 1; i < argc; ++i)
    all += std::string(" ") + argv[i];
  return all;
}

}  // namespace

int run_program(int argc, char** argv) {
  Choices choices;
  CLI::App app{"Relevo plans who goes where when fires and other disasters outgrow the agency that owns them.",
               "relevo"};
  app.set_version_flag("--version", std::string("relevo ") + kVersion, "print the version");
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 done (unfilled requests included), 1 internal error, 2 usage or bad input,\n"
      "3 contradictory commitments or rules, 4 limit reached before any plan.");
  const auto* run = add_run(app, choices);
  const auto* replan = add_replan(app, choices);
  const auto* check = add_check(app, choices);
  const auto* explain = add_explain(app, choices);
  const auto* worth = add_worth(app, choices);
  const auto* second_best = add_second_best(app, choices);
  const auto* generate = add_generate(app, choices);
  WorkspaceCommands workspace_commands(app, choices.options);
  const RecordCommands record_commands(app, choices.options);
  auto* agreements = app.add_subcommand("agreements", "The agreements that come with Relevo; with an id, one in full.");
  agreements->add_option("id", choices.agreement, "agreement id")->type_name("ID");
  add_common(*agreements, choices.options);
  auto* kinds = app.add_subcommand("kinds", "The kinds and types of resources it knows, with other systems' words.");
  add_common(*kinds, choices.options);
  const auto* layers = add_layers(app, choices);
  auto* formats = app.add_subcommand("formats", "The sources, themes and formats of layers it knows.");
  add_common(*formats, choices.options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& e) {
    return app.exit(e);
  } catch (const CLI::ParseError& e) {
    app.exit(e);
    suggest_command(app, argc, argv);
    if (std::find(argv, argv + argc, std::string_view("--json")) != argv + argc)
      print_json(json_of(e.what(), ExitCode::BadInput));
    return static_cast<int>(ExitCode::BadInput);
  }
  choices.run.command_line = choices.second_best.command_line = joined(argc, argv);
  workspace_commands.set_command_line(choices.run.command_line);
  catch_interrupts();
  const auto code = guarded(choices.options, [&] {
    if (run->parsed() || replan->parsed())
      return run_scenario(choices.run, choices.options);
    if (generate->parsed())
      return generate_scenario(choices.generate, choices.options);
    if (workspace_commands.is_given())
      return workspace_commands.run();
    if (worth->parsed())
      return worth_of_plan(choices.worth, choices.options);
    if (second_best->parsed())
      return second_best_plan(choices.second_best, choices.options);
    if (explain->parsed())
      return explain_plan(choices.explain, choices.options);
    if (record_commands.is_given())
      return record_commands.run();
    if (check->parsed())
      return check_plan(choices.check, choices.options);
    if (kinds->parsed())
      return list_kinds(choices.options);
    if (layers->parsed())
      return list_layers(choices.layers, choices.options);
    if (formats->parsed())
      return list_formats(choices.options);
    return choices.agreement.empty() ? list_agreements(choices.options)
                                     : show_agreement(choices.agreement, choices.options);
  });
  return static_cast<int>(code);
}

}  // namespace relevo::cli
