// SPDX-License-Identifier: MIT
#include "planner/model/toml_schema.hpp"

#include "tests/planner/model/scenario_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relevo::planner {
namespace {

using test::summaries;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<KeySpec> kSchema{
    {.name = "title", .required = true},
    {.name = "count", .type = KeyType::Integer, .provision = true, .least = 1, .most = 10},
    {.name = "shares", .type = KeyType::Numbers, .least = 0, .most = 1, .size = 2},
    {.name = "day", .type = KeyType::Date},
    {.name = "when", .type = KeyType::Moment},
    {.name = "word", .words = {"lender", "borrower"}},
    {.name = "part", .type = KeyType::Sections, .keys = {{.name = "id", .required = true}}},
    {.name = "names", .type = KeyType::NamedTexts},
};

std::vector<std::string> faults_of(std::string_view toml) {
  Diagnostics diagnostics;
  if (const auto document = parse_toml(toml, "t.toml", diagnostics))
    check_section(section_of(*document), kSchema, "t.toml", diagnostics);
  return summaries(diagnostics);
}

TEST(TomlSchema, AcceptsWhatItDescribes) {
  EXPECT_THAT(faults_of("title = 'x'\ncount = 3\nshares = [0, 1.0]\nday = 2016-06-04\nwhen = 2016-06-04T12:00:00Z\n"
                        "word = 'lender'\nnames = { en = 'a' }\n[[part]]\nid = '1'\n"),
              IsEmpty());
  EXPECT_THAT(faults_of("title = 'x'\ncount = { value = 3, status = 'assumed', note = 'n' }\n"), IsEmpty());
}

TEST(TomlSchema, NamesLineAndPathOfEveryFault) {
  EXPECT_THAT(
      faults_of("count = 11\n"
                "shares = [0.5, 2, 1]\n"
                "day = '2016-06-04'\n"
                "word = 'lendr'\n"
                "titel = 'x'\n"
                "names = { en = 1 }\n"
                "[[part]]\n"
                "id = 5\n"
                "[[part]]\n"
                "name = 'x'\n"),
      ElementsAre("t.toml:5 titel toml.unknown_key", "t.toml:1 title toml.missing_key", "t.toml:1 count toml.too_large",
                  "t.toml:2 shares toml.size", "t.toml:2 shares toml.too_large", "t.toml:3 day toml.type",
                  "t.toml:4 word toml.word", "t.toml:8 part.id toml.type", "t.toml:10 part.name toml.unknown_key",
                  "t.toml:9 part.id toml.missing_key", "t.toml:6 names.en toml.type"));
}

TEST(TomlSchema, SyntaxErrorsNameTheLine) {
  EXPECT_THAT(faults_of("title = 'x'\ncount = = 3\n"), ElementsAre("t.toml:2  toml.syntax"));
  EXPECT_THAT(faults_of("title = 'x'\ntitle = 'y'\n"), ElementsAre("t.toml:2  toml.syntax"));
  EXPECT_THAT(faults_of("day = 2016-02-30\n"), ElementsAre("t.toml:1  toml.syntax"));
}

TEST(TomlSchema, InsideAProvisionToo) {
  EXPECT_THAT(faults_of("title = 'x'\ncount = { valu = 3 }\n"),
              ElementsAre("t.toml:2 count.valu toml.unknown_key", "t.toml:2 count.value toml.missing_key"));
}

TEST(TomlDocument, SurvivesDeepNesting) {
  Diagnostics diagnostics;
  parse_toml("a = " + std::string(100000, '['), "t.toml", diagnostics);
  EXPECT_TRUE(diagnostics.has_errors());
}

class ProvenanceReading : public ::testing::Test {
 protected:
  Provenance of_count(std::string_view toml) {
    const auto document = parse_toml(toml, "t.toml", diagnostics_);
    const auto section = section_of(*document).section("tour");
    return ProvenanceReader("ca-mx", "t.toml", diagnostics_).of_key(section, "count", "tour");
  }
  Diagnostics diagnostics_;
};

TEST_F(ProvenanceReading, AValueSpeaksForItself) {
  const auto from = of_count(
      "[tour]\nsource = 'outer'\nstatus = 'stated'\n"
      "count = { value = 1, status = 'assumed', note = 'why' }\n");
  EXPECT_EQ(from.clause, "ca-mx/tour");
  EXPECT_EQ(from.standing, Standing::Assumed);
  EXPECT_EQ(from.source, "");
  EXPECT_EQ(from.note, "why");
  EXPECT_FALSE(diagnostics_.has_errors());
}

TEST_F(ProvenanceReading, ElseTheSectionSpeaks) {
  const auto from = of_count("[tour]\nclause = 'days'\nsource = 'outer'\nstatus = 'stated'\ncount = 1\n");
  EXPECT_EQ(from.clause, "ca-mx/days");
  EXPECT_EQ(from.standing, Standing::Stated);
  EXPECT_EQ(from.source, "outer");
  EXPECT_FALSE(diagnostics_.has_errors());
}

TEST_F(ProvenanceReading, NobodySpeaks) {
  of_count("[tour]\ncount = 1\n");
  of_count("[tour]\ncount = { value = 1, status = 'stated' }\n");
  of_count("[tour]\ncount = { value = 1, status = 'assumed' }\n");
  EXPECT_THAT(summaries(diagnostics_),
              ElementsAre("t.toml:2 tour.count provenance.status", "t.toml:2 tour.count provenance.source",
                          "t.toml:2 tour.count provenance.note"));
}

}  // namespace
}  // namespace relevo::planner
