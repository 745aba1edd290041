// SPDX-License-Identifier: MIT
// Writes the reports of the hand-made plans into a folder, for the browser to open.
#include "cli/report/html.hpp"
#include "tests/cli/report/fixture.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

namespace {

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) {
    std::cerr << path << " cannot be written\n";
    std::exit(1);
  }
}

}  // namespace

int main(int argc, char** argv) {
  namespace cli = relevo::cli;
  namespace text = relevo::text;
  if (argc != 2) {
    std::cerr << "use: write_reports FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  const std::filesystem::path data_dir = std::filesystem::path(RELEVO_SOURCE_DIR) / "data";
  std::filesystem::create_directories(folder);
  const auto world = cli::test::alberta_2016();
  write(folder / "en.html", cli::report_html(world.input(text::Lang::En), data_dir));
  write(folder / "es.html", cli::report_html(world.input(text::Lang::Es), data_dir));
  write(folder / "fr.html", cli::report_html(world.input(text::Lang::Fr), data_dir));
  const auto assessed = cli::test::assessed_world();
  write(folder / "assessed.html", cli::report_html(assessed.input(text::Lang::En), data_dir));
  write(folder / "assessed-es.html", cli::report_html(assessed.input(text::Lang::Es), data_dir));
  write(folder / "assessed-fr.html", cli::report_html(assessed.input(text::Lang::Fr), data_dir));
  const auto hostile = cli::test::hostile();
  write(folder / "hostile.html", cli::report_html(hostile.input(), data_dir));
  const auto empty = cli::test::empty_world();
  write(folder / "empty.html", cli::report_html(empty.input(), data_dir));
  return 0;
}
