// SPDX-License-Identifier: MIT
#include "geo/layer/layer_file.hpp"

#include "geo/ascii_text.hpp"
#include "geo/layer/source_file.hpp"
#include "geo/text_encoding.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <string_view>
#include <system_error>
#include <vector>

namespace relevo::geo {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kHead = std::size_t{64} << 10U;
constexpr std::size_t kLongestProlog = std::size_t{1} << 20U;

std::string read_head(const std::string& path, std::size_t size) {
  const auto close = [](VSILFILE* file) { VSIFCloseL(file); };
  const std::unique_ptr<VSILFILE, decltype(close)> file(VSIFOpenL(path.c_str(), "rb"), close);
  if (!file)
    return {};
  std::string head(size, '\0');
  head.resize(VSIFReadL(head.data(), 1, head.size(), file.get()));
  return head;
}

/// Refuses everything but files of this machine, before GDAL sees the path.
void check_path(const LayerRequest& request) {
  const std::string written = lower_ascii(request.file.string());
  const std::string normal = lower_ascii(request.file.lexically_normal().string());
  const auto is_virtual = [](std::string_view text) {
    return text.starts_with('/') && text.substr(std::min(text.find_first_not_of('/'), text.size())).starts_with("vsi");
  };
  if (is_virtual(written) || is_virtual(normal) || written.find("://") != std::string::npos)
    refuse_layer(request, "path_refused");
  std::error_code error;
  if (!std::filesystem::exists(request.file, error))
    refuse_layer(request, "file_missing");
  const bool is_readable_kind =
      std::filesystem::is_regular_file(request.file, error) || std::filesystem::is_directory(request.file, error);
  if (!is_readable_kind)
    refuse_layer(request, "path_refused");
}

bool is_geodatabase(const std::filesystem::path& folder) {
  std::error_code error;
  return std::filesystem::exists(folder / "a00000001.gdbtable", error);
}

/// "zip", "gzip", "tar" or nothing.
std::string_view archive_kind(std::string_view head) {
  if (head.starts_with("PK\x03\x04"sv) || head.starts_with("PK\x05\x06"sv))
    return "zip";
  if (head.starts_with("\x1F\x8B"sv))
    return "gzip";
  if (head.size() > 262 && head.substr(257, 5) == "ustar")
    return "tar";
  if (head.starts_with("7z\xBC\xAF\x27\x1C"sv) || head.starts_with("BZh"sv) ||
      head.starts_with("\xFD"
                       "7zXZ\0"sv) ||
      head.starts_with("Rar!"sv))
    return "other";
  return {};
}

/// ".xlsx", ".ods" or nothing: spreadsheets are archives, but one table for whoever has them.
std::string spreadsheet_ending(const LayerRequest& request, std::string_view head) {
  constexpr std::string_view kOpenDocument = "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
  if (head.substr(0, 200).find(kOpenDocument) != std::string_view::npos)
    return ".ods";
  VSIStatBufL status;
  const std::string book = "/vsizip/{" + std::filesystem::absolute(request.file).string() + "}/xl/workbook.xml";
  return VSIStatExL(book.c_str(), &status, VSI_STAT_EXISTS_FLAG) == 0 ? ".xlsx" : "";
}

LayerFile spreadsheet(const LayerRequest& request, const std::string& ending) {
  auto parts = std::make_shared<MappedParts>(request, request.file, ending);
  std::string path = parts->path_of(ending);
  return {std::move(path), FileKind::Spreadsheet, std::move(parts)};
}

/// Endings of layers that are as often those of a readme or of metadata.
bool has_weak_ending(std::string_view name) {
  const std::string lowered = lower_ascii(name);
  return lowered.ends_with(".txt") || lowered.ends_with(".xml") || lowered.ends_with(".json");
}

bool has_layer_ending(std::string_view name) {
  constexpr std::array<std::string_view, 15> kEndings = {".shp",     ".csv", ".tsv",  ".txt", ".json",
                                                         ".geojson", ".kml", ".gpkg", ".fgb", ".gpx",
                                                         ".gml",     ".xml", ".tab",  ".mif", ".topojson"};
  const std::string lowered = lower_ascii(name);
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view end) { return lowered.ends_with(end); });
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names)
    text += (text.empty() ? "" : ", ") + name;
  return text;
}

/// The one file in an archive that can be a layer, or the one that `layer` names.
std::string entry_of(const LayerRequest& request, const std::string& inside) {
  const CPLStringList list(VSIReadDirRecursive(inside.c_str()));
  std::vector<std::string> entries;
  for (int i = 0; i < list.size(); ++i) {
    const std::string name = list[i];
    if (name == request.layer)
      return std::string(inside).append("/").append(name);
    if (has_layer_ending(name))
      entries.push_back(name);
  }
  if (entries.size() != 1 &&
      std::count_if(entries.begin(), entries.end(), [](const auto& name) { return !has_weak_ending(name); }) == 1)
    std::erase_if(entries, [](const auto& name) { return has_weak_ending(name); });
  std::sort(entries.begin(), entries.end());
  if (entries.empty())
    refuse_layer(request, "archive_without_layer");
  if (entries.size() != 1)
    refuse_layer(request, "archive_ambiguous", {{"entries", joined(entries)}});
  return inside + "/" + entries.front();
}

/// The document of a KMZ, as which KML is mostly passed on: the only .kml at the root of a zip archive, with nothing
/// beside it that could be a layer. Empty: no KMZ.
std::string kmz_document(const LayerRequest& request) {
  const std::string inside = "/vsizip/{" + std::filesystem::absolute(request.file).string() + "}";
  const CPLStringList list(VSIReadDir(inside.c_str()));
  std::string document;
  for (int i = 0; i < list.size(); ++i) {
    const std::string name = list[i];
    const bool is_kml = lower_ascii(name).ends_with(".kml");
    if (has_layer_ending(name) && (!is_kml || !document.empty()))
      return {};
    if (is_kml)
      document = std::string(inside).append("/").append(name);
  }
  return document;
}

std::string path_in_archive(const LayerRequest& request, std::string_view kind) {
  if (!request.archives || kind == "other")
    refuse_layer(request, "archive_refused", {{"kind", std::string(kind)}});
  const std::string path = std::filesystem::absolute(request.file).string();
  if (kind == "gzip")
    return "/vsigzip/" + path;
  // Braces keep GDAL from guessing where the archive's path ends.
  return entry_of(request, (kind == "zip" ? "/vsizip/{" : "/vsitar/{") + path + "}");
}

/// Text in UTF-8 whatever its encoding, for looking at.
std::string readable(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF"sv))
    head.remove_prefix(3);
  const auto order = utf16_byte_order(head);
  if (!order)
    return std::string(head);
  std::string text;
  Utf16Decoder(*order).decode(head, text);
  return text;
}

/// At the document type or the root element; KML may hold pages further down.
bool begins_web_page(std::string_view text) {
  const std::string lowered = lower_ascii(text.substr(0, 32));
  constexpr std::array<std::string_view, 4> kStarts = {"<!doctype html", "<html", "<head", "<body"};
  return std::any_of(kStarts.begin(), kStarts.end(), [&](auto start) { return lowered.starts_with(start); });
}

/// Document types and entities are where XML reaches for other files; no layer needs them. They can only stand before
/// the root element.
void check_xml(const LayerRequest& request, const std::string& path) {
  const std::string text = readable(read_head(path, kLongestProlog));
  for (std::size_t i = text.find('<'); i != std::string::npos; i = text.find('<', i)) {
    std::string_view rest = text;
    rest.remove_prefix(i);
    if (rest.starts_with("<!--"))
      i = text.find("-->", i + 4);
    else if (rest.starts_with("<?"))
      i = text.find("?>", i + 2);
    else if (begins_web_page(rest))
      refuse_layer(request, "web_page");
    else if (rest.starts_with("<!"))
      refuse_layer(request, "xml_entity");
    else
      return;
    if (i == std::string::npos)
      break;
  }
  refuse_layer(request, "xml_prolog");
}

/// The header of shapes, of their index and of the spatial index begin alike. What follows the header of an index is an
/// offset, not a record number; the spatial index has no version.
bool is_shape_index(std::string_view head) {
  const bool has_version = head.size() >= 100 && head.substr(28, 4) == "\xE8\x03\0\0"sv;
  return !has_version || (head.size() >= 108 && head.substr(100, 4) == "\0\0\0\x32"sv);
}

std::uint32_t big_endian(const unsigned char* bytes) {
  return (std::uint32_t{bytes[0]} << 24U) | (std::uint32_t{bytes[1]} << 16U) | (std::uint32_t{bytes[2]} << 8U) |
         std::uint32_t{bytes[3]};
}

void append_big_endian(std::string& out, std::uint32_t value) {
  for (const unsigned shift : {24U, 16U, 8U, 0U})
    out.push_back(static_cast<char>(static_cast<unsigned char>((value >> shift) & 0xFFU)));
}

/// The index of a shapefile: its header, then offset and length of each record in words of two bytes (ESRI Shapefile
/// Technical Description, 1998). It ends at the first record that is cut short.
std::string shape_index(const unsigned char* shp, std::size_t size) {
  constexpr std::size_t kHeader = 100;
  std::string index(reinterpret_cast<const char*>(shp), kHeader);
  for (std::size_t at = kHeader; at + 8 <= size;) {
    const std::size_t content = std::size_t{big_endian(shp + at + 4)} * 2;
    if (content < 4 || content > size - at - 8)
      break;
    append_big_endian(index, static_cast<std::uint32_t>(at / 2));
    append_big_endian(index, static_cast<std::uint32_t>(content / 2));
    at += 8 + content;
  }
  std::string length;
  append_big_endian(length, static_cast<std::uint32_t>(index.size() / 2));
  index.replace(24, 4, length);
  return index;
}

std::filesystem::path sibling(const std::filesystem::path& file, std::string_view ending) {
  std::string upper(ending);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  std::error_code error;
  for (const std::string& candidate : {std::string(ending), upper}) {
    auto path = file;
    path.replace_extension(candidate);
    if (path != file && std::filesystem::exists(path, error))
      return path;
  }
  return {};
}

/// A shapefile under another name, or one that lost its index, is put together in memory: GDAL goes by the endings.
LayerFile shapefile(const LayerRequest& request) {
  const bool has_ending = lower_ascii(request.file.extension().string()) == ".shp";
  if (has_ending && !sibling(request.file, ".shx").empty())
    return {request.file.string(), FileKind::Shapefile, nullptr};
  auto parts = std::make_shared<MappedParts>(request, request.file);
  std::string path = parts->path_of(".shp");
  return {std::move(path), FileKind::Shapefile, std::move(parts)};
}

/// What somebody's program wrote instead of JSON.
void check_json(const LayerRequest& request, std::string_view text) {
  const std::size_t second = text.find_first_not_of(" \t\r\n[{(", text.find_first_of("[{"));
  if (second != std::string_view::npos && text[second] == '\'')
    refuse_layer(request, "not_json", {{"looks_like", "Python"}});
}

FileKind text_kind(const LayerRequest& request, const std::string& path, std::string_view head) {
  const std::string text = readable(head);
  const std::size_t first = text.find_first_not_of(" \t\r\n\x1E");
  if (first == std::string::npos)
    refuse_layer(request, "empty_file");
  const char c = text[first];
  if (c == '<') {
    check_xml(request, path);
    return FileKind::Xml;
  }
  if (c == '{' || c == '[') {
    check_json(request, text);
    return FileKind::Json;
  }
  std::string_view rest = text;
  rest.remove_prefix(first);
  if (rest.starts_with("GEOGCS[") || rest.starts_with("PROJCS["))
    refuse_layer(request, "shapefile_part");
  const bool is_envi = rest.starts_with("ENVI\n") || rest.starts_with("ENVI\r");
  const bool is_saga = rest.starts_with("NAME\t=") && rest.find("\nDATAFORMAT\t=") != std::string_view::npos;
  if (is_envi || is_saga)
    refuse_layer(request, "raster_head");
  return text.find('\0') == std::string::npos ? FileKind::Text : FileKind::Binary;
}

}  // namespace

MappedParts::MappedParts(const LayerRequest& request, const std::filesystem::path& shp) {
  make_folder();
  constexpr std::size_t kHeader = 100;
  const Mapping shapes = map(request, shp);
  if (shapes.size < kHeader)
    throw LayerError(request.shown_name, 0, "shapefile_part");
  add(".shp", shapes.bytes, shapes.size);
  const auto index = sibling(shp, ".shx");
  if (index.empty()) {
    index_ = shape_index(static_cast<const unsigned char*>(shapes.bytes), shapes.size);
    add(".shx", index_.data(), index_.size());
  }
  for (const char* ending : {".shx", ".dbf", ".prj", ".cpg"}) {
    const auto file = sibling(shp, ending);
    if (file.empty())
      continue;
    const Mapping part = map(request, file);
    if (part.size > 0)
      add(ending, part.bytes, part.size);
  }
}

MappedParts::MappedParts(const LayerRequest& request, const std::filesystem::path& file, const std::string& ending) {
  make_folder();
  const Mapping bytes = map(request, file);
  if (bytes.size == 0)
    throw LayerError(request.shown_name, 0, "file_missing");
  add(ending, bytes.bytes, bytes.size);
}

void MappedParts::make_folder() {
  static std::atomic<unsigned> count{0};
  folder_ = "/vsimem/relevo-parts-" + std::to_string(++count);
}

MappedParts::~MappedParts() {
  for (const auto& name : names_)
    VSIUnlink(name.c_str());
  for (const auto& mapping : mappings_)
    munmap(mapping.bytes, mapping.size);
}

MappedParts::Mapping MappedParts::map(const LayerRequest& request, const std::filesystem::path& file) {
  const int handle = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (handle < 0 || fstat(handle, &status) != 0 || status.st_size <= 0) {
    if (handle >= 0)
      close(handle);
    return {nullptr, 0};
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  void* bytes = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, handle, 0);
  close(handle);
  if (bytes == MAP_FAILED)
    throw LayerError(request.shown_name, 0, "file_too_large", {{"bytes", std::to_string(size)}, {"limit", "?"}});
  mappings_.push_back({bytes, size});
  return mappings_.back();
}

void MappedParts::add(const std::string& ending, void* bytes, std::size_t size) {
  names_.push_back(folder_ + "/layer" + ending);
  VSILFILE* file = VSIFileFromMemBuffer(names_.back().c_str(), static_cast<GByte*>(bytes), size, FALSE);
  if (file != nullptr)
    VSIFCloseL(file);
}

LayerFile open_layer_file(const LayerRequest& request) {
  check_path(request);
  std::error_code error;
  if (std::filesystem::is_directory(request.file, error)) {
    if (!is_geodatabase(request.file))
      refuse_layer(request, "folder_refused");
    return {request.file.string(), FileKind::Folder, nullptr};
  }
  std::string path = request.file.string();
  std::string head = read_head(path, kHead);
  if (const std::string_view kind = archive_kind(head); !kind.empty()) {
    const std::string ending = kind == "zip" ? spreadsheet_ending(request, head) : std::string();
    if (!ending.empty())
      return spreadsheet(request, ending);
    const std::string document = kind == "zip" ? kmz_document(request) : std::string();
    path = document.empty() ? path_in_archive(request, kind) : document;
    head = read_head(path, kHead);
  }
  if (head.empty())
    refuse_layer(request, "empty_file");
  if (head.starts_with("\0\0\x27\x0A"sv)) {
    if (is_shape_index(head))
      refuse_layer(request, "shapefile_part");
    return path.starts_with("/vsi") ? LayerFile{path, FileKind::Shapefile, nullptr} : shapefile(request);
  }
  if (head.starts_with("PAR1"sv))
    refuse_layer(request, "parquet");
  if (head.starts_with("SQLite format 3"sv))
    return {path, FileKind::Database, nullptr};
  return {path, text_kind(request, path, head), nullptr};
}

}  // namespace relevo::geo
