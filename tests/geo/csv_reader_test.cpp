// SPDX-License-Identifier: MIT
#include "geo/csv_reader.hpp"

#include "tests/geo/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <string>
#include <string_view>

namespace relevo::geo {
namespace {

using namespace std::string_view_literals;
using testing::ElementsAre;
using testing::HasSubstr;

Table parse(std::string_view bytes, const CsvLimits& limits = {}) {
  return parse_csv(bytes, "units.csv", limits);
}

/// The problem of a file that must be refused.
TableProblem problem_of(std::string_view bytes, const CsvLimits& limits = {}) {
  try {
    parse(bytes, limits);
  } catch (const TableError& error) {
    return error.problem();
  }
  ADD_FAILURE() << "was read: " << testing::PrintToString(std::string(bytes));
  return {};
}

/// ASCII and Latin-1 letters as UTF-16 without a byte order mark.
std::string utf16(std::u16string_view text, bool is_little) {
  std::string bytes;
  for (const char16_t unit : text) {
    const char low = static_cast<char>(unit & 0xFFU);
    const char high = static_cast<char>(static_cast<unsigned>(unit) >> 8U);
    bytes.push_back(is_little ? low : high);
    bytes.push_back(is_little ? high : low);
  }
  return bytes;
}

TEST(CsvReader, KeepsCellsAndLines) {
  const Table table = parse("unit_id,name\nU-1,Brigada Jalisco 1\nU-2, spaced \n");
  EXPECT_EQ(table.file, "units.csv");
  EXPECT_EQ(table.sheet, "");
  EXPECT_EQ(table.encoding, "UTF-8");
  EXPECT_THAT(table.columns, ElementsAre("unit_id", "name"));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].line, 2U);
  EXPECT_THAT(table.rows[0].cells, ElementsAre("U-1", "Brigada Jalisco 1"));
  EXPECT_THAT(table.rows[1].cells, ElementsAre("U-2", " spaced ")) << "cells are kept as written";
}

TEST(CsvReader, TakesEveryLineEnding) {
  for (const auto bytes : {"a,b\n1,2\n3,4\n"sv, "a,b\r\n1,2\r\n3,4\r\n"sv, "a,b\r1,2\r3,4\r"sv, "a,b\n1,2\n3,4"sv}) {
    const Table table = parse(bytes);
    ASSERT_EQ(table.rows.size(), 2U) << testing::PrintToString(std::string(bytes));
    EXPECT_EQ(table.rows[1].line, 3U);
    EXPECT_THAT(table.rows[1].cells, ElementsAre("3", "4"));
  }
}

TEST(CsvReader, FindsTheSeparatorInTheHeader) {
  EXPECT_THAT(parse("a;b;c,d\n1;2;3\n").columns, ElementsAre("a", "b", "c,d"));
  EXPECT_THAT(parse("a\tb\n1\t2\n").columns, ElementsAre("a", "b"));
  EXPECT_THAT(parse("a,b\n1;2,3\n").rows.at(0).cells, ElementsAre("1;2", "3"));
  EXPECT_THAT(parse("\"a;b;c;d\",e\n").columns, ElementsAre("a;b;c;d", "e")) << "quoted separators do not count";
  EXPECT_THAT(parse("only\nx,y\n").columns, ElementsAre("only"));
}

TEST(CsvReader, FollowsExcelsSeparatorLine) {
  const Table table = parse("sep=;\r\na,x;b\r\n1;2\r\n");
  EXPECT_THAT(table.columns, ElementsAre("a,x", "b"));
  EXPECT_EQ(table.rows.at(0).line, 3U);
}

TEST(CsvReader, UnwrapsQuotes) {
  const Table table = parse("a,b\n\"x, \"\"y\"\"\",\"two\r\nlines\"\n \"spaced\" ,5\" hose\nlast,1\n");
  EXPECT_THAT(table.rows.at(0).cells, ElementsAre("x, \"y\"", "two\nlines"));
  EXPECT_THAT(table.rows.at(1).cells, ElementsAre("spaced", "5\" hose"));
  EXPECT_EQ(table.rows.at(1).line, 4U) << "the record before spans two lines";
  EXPECT_EQ(table.rows.at(2).line, 5U);
}

TEST(CsvReader, SkipsBlankRecordsAndCountsThem) {
  const Table table = parse("\n\na,b\n\n , \n1,2\n,,,\n3,4\n\n");
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].line, 6U);
  EXPECT_EQ(table.rows[1].line, 8U);
}

TEST(CsvReader, KeepsSurplusAndPadsShortRecords) {
  const Table table = parse("a,b\n1,2,3,,4,,\n5\n6,7,\n");
  EXPECT_THAT(table.rows.at(0).cells, ElementsAre("1", "2"));
  EXPECT_THAT(table.rows.at(0).surplus, ElementsAre("3", "", "4"));
  EXPECT_THAT(table.rows.at(1).cells, ElementsAre("5", ""));
  EXPECT_TRUE(table.rows.at(2).surplus.empty()) << "a trailing separator holds nothing";
}

TEST(CsvReader, TrimsHeaderNamesAndNamesTheNameless) {
  const Table table = parse(",Unit ID , ,name,,\n0,1,2,3\n");
  EXPECT_THAT(table.columns, ElementsAre("column 1", "Unit ID", "column 3", "name"));
}

TEST(CsvReader, RefusesTwoColumnsOfOneName) {
  const TableProblem problem = problem_of("\nname,type, Name\n");
  EXPECT_EQ(problem.rule, "table.header");
  EXPECT_EQ(problem.line, 2U);
  EXPECT_EQ(problem.value, "Name");
  EXPECT_THAT(problem.reason, HasSubstr("columns 1 and 3"));
}

TEST(CsvReader, ReadsUtf8WithAndWithoutMark) {
  for (const auto mark : {""sv, "\xEF\xBB\xBF"sv}) {
    const Table table = parse(std::string(mark) + "año,n\nMéxico 🔥,1\n");
    EXPECT_EQ(table.encoding, "UTF-8");
    EXPECT_THAT(table.columns, ElementsAre("año", "n"));
    EXPECT_EQ(table.rows.at(0).cells.at(0), "México 🔥");
  }
}

TEST(CsvReader, ReadsUtf16WithAndWithoutMark) {
  constexpr std::u16string_view kText = u"a\tprovincia\r\n1\tQuébec 🔥\r\n2\tAlberta\r\n";
  for (const bool is_little : {true, false}) {
    for (const bool has_mark : {true, false}) {
      const std::string bytes = utf16((has_mark ? u"\uFEFF" : u"") + std::u16string(kText), is_little);
      const Table table = parse(bytes);
      EXPECT_EQ(table.encoding, is_little ? "UTF-16LE" : "UTF-16BE");
      ASSERT_THAT(table.columns, ElementsAre("a", "provincia"));
      EXPECT_EQ(table.rows.at(0).cells.at(1), "Québec 🔥");
      EXPECT_EQ(table.rows.at(1).line, 3U);
    }
  }
}

TEST(CsvReader, ReadsSingleByteEncodings) {
  const Table latin1 = parse("a\xF1o,n\nM\xE9xico,1\n");
  EXPECT_EQ(latin1.encoding, "ISO-8859-1");
  EXPECT_EQ(latin1.columns.at(0), "año");
  EXPECT_EQ(latin1.rows.at(0).cells.at(0), "México");
  const Table windows = parse("cost\n5 \x80 \x96 M\xE9xico\n");
  EXPECT_EQ(windows.encoding, "windows-1252");
  EXPECT_EQ(windows.rows.at(0).cells.at(0), "5 € – México");
}

TEST(CsvReader, RefusesTextThatIsNearlyUtf8) {
  const TableProblem problem = problem_of("a\nMéxico\nBogotá\xC3\nx\n");
  EXPECT_EQ(problem.rule, "table.encoding");
  EXPECT_EQ(problem.line, 3U);
}

struct Malformed {
  const char* what;
  std::string_view bytes;
  const char* rule;
  std::size_t line;
};

class MalformedCsv : public testing::TestWithParam<Malformed> {};

TEST_P(MalformedCsv, IsRefusedWithItsLine) {
  const TableProblem problem = problem_of(GetParam().bytes);
  EXPECT_EQ(problem.rule, GetParam().rule);
  EXPECT_EQ(problem.line, GetParam().line);
  EXPECT_EQ(problem.file, "units.csv");
  EXPECT_FALSE(problem.reason.empty());
  EXPECT_TRUE(problem.remedy.ends_with('.')) << problem.remedy;
}

INSTANTIATE_TEST_SUITE_P(Files, MalformedCsv,
                         testing::Values(Malformed{"empty", ""sv, "table.empty", 0},
                                         Malformed{"blank", "\n \n,,\n"sv, "table.empty", 0},
                                         Malformed{"mark_only", "\xEF\xBB\xBF"sv, "table.empty", 0},
                                         Malformed{"nul", "a,b\n1,\0\n"sv, "table.binary", 2},
                                         Malformed{"control", "a,b\n1,2\n3,\x01\n"sv, "table.binary", 3},
                                         Malformed{"zip", "PK\x03\x04 and so on"sv, "table.binary", 0},
                                         Malformed{"sqlite", "SQLite format 3\0"sv, "table.binary", 0},
                                         Malformed{"open_quote", "a,b\n1,\"two\nthree\n"sv, "table.quote", 2},
                                         Malformed{"text_after_quote", "a,b\n\"1\"x,2\n"sv, "table.quote", 2},
                                         Malformed{"utf32", "\xFF\xFE\0\0a\0\0\0"sv, "table.encoding", 1},
                                         Malformed{"half_utf16",
                                                   "\xFF\xFE"
                                                   "a\0,"sv,
                                                   "table.encoding", 1},
                                         Malformed{"lone_surrogate",
                                                   "\xFF\xFE"
                                                   "a\0\n\0\x00\xDC"sv,
                                                   "table.encoding", 2},
                                         Malformed{"undefined_byte", "a\nx\x81\n"sv, "table.encoding", 2},
                                         Malformed{"utf8_mark_then_latin1",
                                                   "\xEF\xBB\xBF"
                                                   "a\nM\xE9x\n"sv,
                                                   "table.encoding", 2}),
                         [](const auto& tested) { return tested.param.what; });

TEST(CsvReader, KeepsToItsLimits) {
  EXPECT_EQ(problem_of("a,b\n1,2\n", {.file_bytes = 7}).rule, "table.limit");
  EXPECT_EQ(problem_of("a,b\n1,22222\n", {.field_bytes = 4}).line, 2U);
  EXPECT_EQ(problem_of("a\n\"1\n2\n3\n", {.field_bytes = 3}).line, 2U) << "where the quote opens";
  EXPECT_EQ(problem_of("a,b\n1,2,3\n", {.columns = 2}).rule, "table.limit");
  EXPECT_EQ(problem_of("a,b,c\n1\n2\n3\n", {.cells = 6}).line, 4U) << "padding counts";
  EXPECT_EQ(problem_of("a\n1,2,3,4\n", {.cells = 3}).line, 2U) << "surplus counts";
}

TEST(CsvReader, ReadsFilesAndNamesThoseItCannot) {
  const ScratchFolder folder;
  std::ofstream(folder / "t.csv", std::ios::binary) << "a\n1\n\x1A";
  EXPECT_EQ(read_csv(folder / "t.csv", "shown.csv").rows.size(), 1U) << "a DOS end-of-file mark is no row";
  EXPECT_THROW(read_csv(folder.path(), "folder"), TableError);
  try {
    read_csv(folder / "missing.csv", "tables/missing.csv");
    ADD_FAILURE();
  } catch (const TableError& error) {
    EXPECT_EQ(error.problem().rule, "table.open");
    EXPECT_THAT(error.what(), HasSubstr("tables/missing.csv: "));
  }
}

/// Writing any cells with every one quoted and reading them back gives the cells.
TEST(CsvReader, RoundTripsRandomCells) {
  std::mt19937 random(20160604);
  constexpr std::string_view kLetters = "ab \",;\t\n'\\";
  for (int round = 0; round < 300; ++round) {
    std::vector<std::vector<std::string>> rows(5, std::vector<std::string>(3));
    std::string bytes = "x,y,z\n";
    for (auto& row : rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        std::string quoted;
        for (auto length = random() % 6; length > 0; --length)
          row[i].push_back(kLetters[random() % kLetters.size()]);
        row[i].push_back('.');  // no cell is blank
        for (const char c : row[i])
          quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
        bytes += (i == 0 ? "\"" : ",\"") + quoted + "\"";
      }
      bytes += '\n';
    }
    const Table table = parse(bytes);
    ASSERT_EQ(table.rows.size(), rows.size()) << bytes;
    for (std::size_t i = 0; i < rows.size(); ++i)
      ASSERT_EQ(table.rows[i].cells, rows[i]) << bytes;
  }
}

/// Whatever the bytes are, the answer is a table or a TableError.
TEST(CsvReader, SurvivesRandomBytes) {
  std::mt19937 random(7);
  constexpr std::string_view kLetters = "a,;\"\n\r\t\xE9\xC3\xB1\xFF\xFE\0"sv;
  for (int round = 0; round < 20000; ++round) {
    std::string bytes;
    for (auto length = random() % 24; length > 0; --length)
      bytes.push_back(kLetters[random() % kLetters.size()]);
    try {
      const Table table = parse(bytes);
      for (const TableRow& row : table.rows)
        ASSERT_EQ(row.cells.size(), table.columns.size());
    } catch (const TableError&) {
      continue;
    }
  }
}

}  // namespace
}  // namespace relevo::geo
