// SPDX-License-Identifier: MIT
#include "planner/model/diagnostics.hpp"

#include <gtest/gtest.h>

namespace relevo::planner {
namespace {

TEST(Diagnostics, NamesFileLineColumnValueRuleAndRemedy) {
  const auto d = make_diagnostic(Severity::Error, {"units.csv", 12, "persons"}, "tw3nty", "table.integer");
  EXPECT_EQ(
      format_diagnostic(d, text::Lang::En),
      "units.csv:12: persons: 'tw3nty' is not a whole number. Write digits only, for example 20. [table.integer]");
  EXPECT_EQ(format_diagnostic(d, text::Lang::Es),
            "units.csv:12: persons: 'tw3nty' no es un número entero. Escriba solo dígitos, por ejemplo 20. "
            "[table.integer]");
}

TEST(Diagnostics, SaysWhatIsNoError) {
  const auto d = make_diagnostic(Severity::Warning, {"a.csv", 0, ""}, "a.csv", "file.unused");
  EXPECT_TRUE(format_diagnostic(d, text::Lang::En).starts_with("a.csv: warning: "));
  EXPECT_TRUE(format_diagnostic(d, text::Lang::Fr).starts_with("a.csv: avertissement: "));
}

TEST(Diagnostics, SuggestsInsteadOfTheGeneralRemedy) {
  const auto d = make_diagnostic_with_suggestion(Severity::Error, {"u.csv", 2, "kind"}, "crw", "table.kind", "crew");
  EXPECT_NE(format_diagnostic(d, text::Lang::En).find("Did you mean 'crew'?"), std::string::npos);
}

TEST(Diagnostics, ShortensByCharactersAndBlanksControls) {
  EXPECT_EQ(shorten_value("a\x1b[31mb\r\n"), "a [31mb  ");
  const auto shown = shorten_value(std::string("é") + std::string(100, 'x'));
  EXPECT_EQ(shown, "é" + std::string(59, 'x') + "...");
}

}  // namespace
}  // namespace relevo::planner
