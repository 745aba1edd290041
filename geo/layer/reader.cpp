// SPDX-License-Identifier: MIT
#include "geo/layer/reader.hpp"

#include "geo/layer/cap_source.hpp"
#include "geo/layer/csv_source.hpp"
#include "geo/layer/layer_file.hpp"
#include "geo/layer/ogr_source.hpp"
#include "geo/layer/raster_file.hpp"
#include "geo/layer/raster_source.hpp"
#include "geo/layer/track_source.hpp"
#include "geo/layer/vector_reading.hpp"

#include <memory>

namespace relevo::geo {

namespace {

/// Which of the readers a file goes to.
enum class Reader { Alerts, Tracks, Raster, Records };

LayerRequest with_name(LayerRequest request) {
  if (request.shown_name.empty())
    request.shown_name = request.file.string();
  return request;
}

Reader reader_of(const LayerRequest& request, const LayerFile& file) {
  const bool is_in_archive = file.path.starts_with("/vsi");
  if (is_in_archive)
    return Reader::Records;
  switch (file.kind) {
    case FileKind::Xml:
      return is_cap(request) ? Reader::Alerts : Reader::Records;
    case FileKind::Database:
      return is_tile_package(request) ? Reader::Raster : Reader::Records;
    case FileKind::Json:
    case FileKind::Shapefile:
    case FileKind::Spreadsheet:
    case FileKind::Folder:
      return Reader::Records;
    case FileKind::Text:
      // Arc/Info's grid is text, and the pixels of others may look like it.
      return is_raster(request) ? Reader::Raster : Reader::Records;
    case FileKind::Binary:
      break;
  }
  if (is_track_file(request))
    return Reader::Tracks;
  return is_raster(request) ? Reader::Raster : Reader::Records;
}

/// MapInfo's interchange format is text too, and no table.
bool is_table(const LayerRequest& request, const LayerFile& file) {
  const auto ending = request.file.extension();
  return file.kind == FileKind::Text && ending != ".mif" && ending != ".tab" && ending != ".MIF" && ending != ".TAB";
}

std::unique_ptr<RecordSource> records_of(const LayerRequest& request, const LayerFile& file) {
  return is_table(request, file) ? open_csv_source(request, file) : open_ogr_source(request, file);
}

}  // namespace

LayerIdentity identify_layer(const LayerRequest& request) {
  const LayerRequest named = with_name(request);
  const LayerFile file = open_layer_file(named);
  switch (reader_of(named, file)) {
    case Reader::Alerts:
      return identify_cap(named);
    case Reader::Tracks:
      return identify_tracks(named);
    case Reader::Raster:
      return identify_raster(named);
    case Reader::Records:
      break;
  }
  return identify_records(named, *records_of(named, file));
}

void read_layer(const LayerRequest& request, LayerSink& sink) {
  const LayerRequest named = with_name(request);
  const LayerFile file = open_layer_file(named);
  switch (reader_of(named, file)) {
    case Reader::Alerts:
      return read_cap(named, sink);
    case Reader::Tracks:
      return read_tracks(named, sink);
    case Reader::Raster:
      return read_raster(named, sink);
    case Reader::Records:
      break;
  }
  const auto source = records_of(named, file);
  read_records(named, *source, sink);
}

}  // namespace relevo::geo
