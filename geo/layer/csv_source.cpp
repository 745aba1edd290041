// SPDX-License-Identifier: MIT
#include "geo/layer/csv_source.hpp"

#include "geo/csv_stream.hpp"
#include "geo/layer/title_rows.hpp"
#include "geo/layer/value_text.hpp"
#include "geo/table_error.hpp"
#include "geo/text_encoding.hpp"

#include <cpl_vsi.h>
#include <ogr_geometry.h>

#include <map>
#include <optional>
#include <set>

namespace relevo::geo {

namespace {

struct CloseFile {
  void operator()(VSILFILE* file) const { VSIFCloseL(file); }
};

std::string_view code_of(const std::string& rule) {
  if (rule == "table.quote")
    return "csv_quote";
  if (rule == "table.limit")
    return "csv_limit";
  if (rule == "table.encoding")
    return "csv_encoding";
  return rule == "table.empty" ? "empty_file" : "not_text";
}

std::unique_ptr<OGRGeometry> geometry_of_text(std::string_view text) {
  text = trim(text);
  if (text.starts_with("SRID=")) {
    const std::size_t semicolon = text.find(';');
    text.remove_prefix(semicolon == std::string_view::npos ? text.size() : semicolon + 1);
  }
  const std::string copy(text);
  if (copy.starts_with('{'))
    return std::unique_ptr<OGRGeometry>(OGRGeometryFactory::createFromGeoJson(copy.c_str()));
  OGRGeometry* geometry = nullptr;
  const bool is_hex = copy.starts_with("00") || copy.starts_with("01");
  if (is_hex) {
    int size = 0;
    const std::unique_ptr<GByte, decltype(&VSIFree)> bytes(CPLHexToBinary(copy.c_str(), &size), &VSIFree);
    OGRGeometryFactory::createFromWkb(bytes.get(), nullptr, &geometry, static_cast<size_t>(size));
  } else {
    OGRGeometryFactory::createFromWkt(copy.c_str(), nullptr, &geometry);
  }
  return std::unique_ptr<OGRGeometry>(geometry);
}

constexpr int kSampledRecords = 50;

/// A number with that mark and other than three digits behind it, which could be thousands.
bool has_decimals_after(std::string_view cell, char mark) {
  cell = trim(cell);
  const std::size_t at = cell.find(mark);
  if (at == std::string_view::npos || at == 0 || cell.find_first_not_of("-+0123456789., ") != std::string_view::npos)
    return false;
  const std::string_view after = cell.substr(at + 1);
  return !after.empty() && after.size() != 3 && after.find_first_not_of("0123456789") == std::string_view::npos;
}

class CsvSource : public RecordSource {
 public:
  CsvSource(const LayerRequest& request, LayerFile file) : shown_name_(request.shown_name), file_(std::move(file)) {
    skip_title();
    open();
    head_.format = "CSV";
    head_.geometry = GeometryKind::None;
    head_.comma_is_decimal = stream_->separator() == ';' && !has_decimal_points();
    for (const auto& name : stream_->header())
      head_.columns.push_back({name, CellKind::Text});
    for (const auto& name : make_unique(head_.columns))
      head_.remarks.emplace_back("column_duplicate", name);
    if (stream_->encoding() != "UTF-8")
      head_.remarks.emplace_back("encoding", stream_->encoding());
  }

  const SourceHead& head() const override { return head_; }

  bool next(SourceRecord& record) override {
    try {
      if (!stream_->next(csv_))
        return false;
    } catch (const TableError& error) {
      fail(error);
    }
    record.number = csv_.line + title_.lines;
    record.correction = {};
    record.refusal = {};
    record.geometry = nullptr;
    if (stream_->is_reencoded())
      record.correction = has_utf8_letters_ ? "mixed_encoding" : "not_utf8";
    else if (stream_->has_utf8_letters())
      has_utf8_letters_ = true;
    record.cells.assign(csv_.cells.begin(), csv_.cells.end());
    if (record.cells.size() < head_.columns.size())
      record.cells.resize(head_.columns.size(), std::string_view(""));
    if (geometry_column_)
      take_geometry(record);
    return true;
  }

  void rewind() override { open(); }

  void use_geometry_column(std::size_t column) override {
    geometry_column_ = column;
    head_.geometry = GeometryKind::Any;
  }

 private:
  void skip_title() {
    constexpr std::size_t kHead = std::size_t{64} << 10U;
    const std::unique_ptr<VSILFILE, CloseFile> handle(VSIFOpenL(file_.path.c_str(), "rb"));
    if (!handle)
      throw LayerError(shown_name_, 0, "file_missing");
    std::string text(kHead, '\0');
    text.resize(VSIFReadL(text.data(), 1, text.size(), handle.get()));
    if (!utf16_byte_order(text))
      title_ = title_lines(text);
    if (title_.lines > 0)
      head_.remarks.emplace_back("title_rows", std::to_string(title_.lines + 1));
  }

  /// Numbers such as 19.94 and none such as 19,94 among the first records: then a comma groups thousands, whatever the
  /// separator.
  bool has_decimal_points() {
    bool has_points = false;
    bool has_commas = false;
    CsvRecord record;
    try {
      for (int i = 0; i < kSampledRecords && stream_->next(record); ++i) {
        for (const std::string_view cell : record.cells) {
          has_points = has_points || has_decimals_after(cell, '.');
          has_commas = has_commas || has_decimals_after(cell, ',');
        }
      }
    } catch (const TableError&) {
      // met again, and told, where the record is read
    }
    open();
    return has_points && !has_commas;
  }

  void open() {
    has_utf8_letters_ = false;
    handle_.reset(VSIFOpenL(file_.path.c_str(), "rb"));
    if (!handle_)
      throw LayerError(shown_name_, 0, "file_missing");
    if (VSIFSeekL(handle_.get(), title_.bytes, SEEK_SET) != 0)
      throw LayerError(shown_name_, 0, "file_missing");
    CsvLimits limits;
    limits.field_bytes = std::size_t{16} << 20U;  // a perimeter as WKT may be long
    try {
      stream_ = std::make_unique<CsvStream>(
          [this](char* to, std::size_t size) { return VSIFReadL(to, 1, size, handle_.get()); }, shown_name_, limits);
    } catch (const TableError& error) {
      fail(error);
    }
  }

  [[noreturn]] void fail(const TableError& error) const {
    const std::size_t line = error.problem().line;
    throw LayerError(shown_name_, line == 0 ? 0 : line + title_.lines, std::string(code_of(error.problem().rule)));
  }

  void take_geometry(SourceRecord& record) {
    const std::string_view text = trim(record.cells[*geometry_column_]);
    geometry_.reset();
    if (text.empty())
      return;
    geometry_ = geometry_of_text(text);
    record.geometry = geometry_.get();
    if (!geometry_)
      record.refusal = "geometry_unreadable";
  }

  std::string shown_name_;
  LayerFile file_;
  SourceHead head_;
  TitleLines title_;
  std::unique_ptr<VSILFILE, CloseFile> handle_;
  std::unique_ptr<CsvStream> stream_;
  CsvRecord csv_;
  bool has_utf8_letters_ = false;
  std::optional<std::size_t> geometry_column_;
  std::unique_ptr<OGRGeometry> geometry_;
};

}  // namespace

std::vector<std::string> make_unique(std::vector<SourceColumn>& columns) {
  std::vector<std::string> doubled;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    std::string& name = columns[i].name;
    if (name.empty())
      name = "column " + std::to_string(i + 1);
    const std::string first = name;
    for (int n = 2; !taken.insert(plain_word(name)).second; ++n)
      name = first + " (" + std::to_string(n) + ")";
    if (name != first)
      doubled.push_back(first);
  }
  return doubled;
}

std::unique_ptr<RecordSource> open_csv_source(const LayerRequest& request, const LayerFile& file) {
  return std::make_unique<CsvSource>(request, file);
}

}  // namespace relevo::geo
