// SPDX-License-Identifier: MIT
#include "planner/model/table_schema.hpp"

#include "geo/csv_reader.hpp"
#include "tests/planner/model/scenario_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace relevo::planner {
namespace {

using test::in_words;
using test::sentence_of;
using test::summaries;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const TableSpec kTable{.name = "things",
                       .about = "for tests",
                       .columns = with_provenance({
                           {.name = "thing_id", .type = CellType::Identifier, .required = true, .aliases = {"id"}},
                           {.name = "number", .type = CellType::Number, .least = 0},
                           {.name = "count", .type = CellType::Integer, .least = 1, .most = 100},
                           {.name = "day", .type = CellType::Date},
                           {.name = "words", .type = CellType::List},
                           {.name = "choice", .type = CellType::Word, .words = {"on-incident", "planned"}},
                       })};

struct TableReading {
  std::vector<Record> records;
  Diagnostics diagnostics;
};

TableReading read_table(std::string_view csv) {
  TableReading reading;
  reading.records = read_records(geo::parse_csv(csv, "things.csv"), kTable, reading.diagnostics);
  return reading;
}

TEST(Numbers, PlainOnly) {
  EXPECT_EQ(parse_number("1234.5"), 1234.5);
  EXPECT_EQ(parse_number("-3"), -3.0);
  EXPECT_EQ(parse_number("+3"), 3.0);
  for (const char* text : {"", "1,234", "1e5", "inf", "nan", "0x10", "3 ", " 3", "1.2.3", "+-3", "--3", "١"})
    EXPECT_FALSE(parse_number(text)) << text;
  EXPECT_EQ(parse_integer("20.0"), 20);
  EXPECT_FALSE(parse_integer("20.5"));
  EXPECT_FALSE(parse_integer("99999999999"));
}

TEST(Lists, SplitAtSemicolons) {
  EXPECT_THAT(split_list(" es; en ;;fr;"), ElementsAre("es", "en", "fr"));
  EXPECT_THAT(split_list(";"), IsEmpty());
}

TEST(Records, ReadEveryTypeOfCell) {
  const auto reading =
      read_table("ID,Number,COUNT,day,words,choice,note\nT-1,2.5,3,2016-06-04,a;b,On Incident,remark\n");
  ASSERT_EQ(reading.records.size(), 1U) << in_words(reading.diagnostics);
  const auto& record = reading.records[0];
  EXPECT_TRUE(record.valid());
  EXPECT_EQ(record.text("thing_id"), "T-1");
  EXPECT_EQ(record.number("number"), 2.5);
  EXPECT_EQ(record.integer("count"), 3);
  EXPECT_EQ(record.day("day"), parse_day("2016-06-04"));
  EXPECT_THAT(record.list("words"), ElementsAre("a", "b"));
  EXPECT_EQ(record.text("choice"), "on-incident");
  EXPECT_EQ(record.text("note"), "remark");
  EXPECT_EQ(record.line(), 2U);
}

TEST(Records, EmptyCellsAreNotThere) {
  const auto reading = read_table("thing_id,number,count\nT-1,,\n");
  ASSERT_EQ(reading.records.size(), 1U);
  EXPECT_FALSE(reading.records[0].has("number"));
  EXPECT_FALSE(reading.records[0].integer("count"));
  EXPECT_FALSE(reading.records[0].day("day"));  // a column the file does not have
  EXPECT_THAT(summaries(reading.diagnostics), IsEmpty());
}

TEST(Records, EveryFaultOfEveryRow) {
  const auto reading = read_table(
      "thing_id,number,count,day,choice\n"
      "T-1,\"1,234\",0,04/06/2016,on-incdent\n"
      "T-1,-1,101,2016-02-30,\n"
      "=cmd,x,1.5,1016-01-01,planned\n"
      ",1,1,,\n");
  EXPECT_THAT(
      summaries(reading.diagnostics),
      ElementsAre("things.csv:2 number table.thousands", "things.csv:2 count table.zero", "things.csv:2 day table.date",
                  "things.csv:2 choice table.word", "things.csv:3 number table.too_small",
                  "things.csv:3 count table.too_large", "things.csv:3 day table.date",
                  "things.csv:4 thing_id table.identifier", "things.csv:4 number table.number",
                  "things.csv:4 count table.integer", "things.csv:4 day table.date_range",
                  "things.csv:5 thing_id table.empty_cell", "things.csv:3 thing_id table.duplicate_id"));
  EXPECT_THAT(sentence_of(reading.diagnostics, "table.word"), HasSubstr("Did you mean 'on-incident'?"));
  EXPECT_THAT(sentence_of(reading.diagnostics, "table.thousands"), HasSubstr("1234.5"));
  EXPECT_THAT(sentence_of(reading.diagnostics, "table.zero"), HasSubstr("Remove the row"));
  for (const auto& record : reading.records)
    EXPECT_FALSE(record.valid()) << record.line();
}

TEST(Records, HeaderFaults) {
  const auto reading = read_table("thing_idd,number,whatever,cuont,id2\nT-1,1,x,3,\n");
  EXPECT_THAT(summaries(reading.diagnostics),
              ElementsAre("things.csv:1 thing_idd table.unknown_column", "things.csv:1 whatever table.unknown_column",
                          "things.csv:1 cuont table.unknown_column", "things.csv:1 id2 table.unknown_column",
                          "things.csv:1 thing_id table.missing_column"));
  EXPECT_THAT(in_words(reading.diagnostics), HasSubstr("Rename it to 'thing_id'"));
  EXPECT_THAT(in_words(reading.diagnostics), HasSubstr("Did you mean 'count'?"));
  EXPECT_EQ(reading.diagnostics.all()[1].severity, Severity::Note);
  EXPECT_EQ(reading.diagnostics.all()[2].severity, Severity::Warning);
}

TEST(Records, AColumnAndItsAliasAreTwice) {
  const auto reading = read_table("thing_id,id\nT-1,T-1\n");
  EXPECT_THAT(summaries(reading.diagnostics), ElementsAre("things.csv:1 thing_id table.duplicate_column"));
}

TEST(Records, SurplusCellsNameTheRow) {
  const auto reading = read_table("thing_id,number\nT-1,1\nT-2,2,3,4\n");
  EXPECT_THAT(summaries(reading.diagnostics), ElementsAre("things.csv:3  table.surplus_cells"));
  EXPECT_TRUE(reading.records[0].valid());
  EXPECT_FALSE(reading.records[1].valid());
}

TEST(Records, EncodingsAndLineEnds) {
  const std::string utf8 = "thing_id,note\nT-1,Équipe\n";
  const std::string latin1 = "thing_id,note\r\nT-1,\xC9quipe\r\n";
  std::string utf16 = "\xFF\xFE";
  for (const char16_t c : std::u16string(u"thing_id,note\r\nT-1,Équipe\r\n")) {
    utf16 += static_cast<char>(c & 0xFFU);
    utf16 += static_cast<char>(c >> 8U);
  }
  for (const auto& text : {utf8, "\xEF\xBB\xBF" + utf8, latin1, utf16}) {
    const auto reading = read_table(text);
    ASSERT_EQ(reading.records.size(), 1U);
    EXPECT_EQ(reading.records[0].text("note"), "Équipe");
  }
}

TEST(Provenance, TheWordStatusMayBeTaken) {
  const auto columns = with_provenance({{.name = "status"}});
  EXPECT_EQ(columns[2].name, "standing");
  EXPECT_EQ(with_provenance({})[1].name, "status");
}

}  // namespace
}  // namespace relevo::planner
