// SPDX-License-Identifier: MIT
#include "geo/layer/raster_source.hpp"

#include "geo/layer/gdal_session.hpp"
#include "geo/layer/raster_file.hpp"
#include "geo/layer/raster_variable.hpp"
#include "geo/layer/source_file.hpp"
#include "geo/layer/time_text.hpp"
#include "geo/layer/track_source.hpp"
#include "tests/geo/layer/recording_sink.hpp"
#include "tests/geo/scratch_folder.hpp"

#include <gdal_priv.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <array>
#include <cmath>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <numeric>
#include <random>

namespace relevo::geo {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsNan;

/// A raster to write. Pixel values count up from 1 in rows from the north, unless they are given.
struct RasterDraft {
  std::string driver = "GTiff";
  int width = 4;
  int height = 3;
  int bands = 1;
  GDALDataType type = GDT_Float32;
  std::array<double, 6> transform = {-120.0, 0.5, 0.0, 40.0, 0.0, -0.5};
  std::string crs = "EPSG:4326";
  std::vector<std::string> options;
  std::vector<float> pixels;
  std::function<void(GDALDataset&)> finish = [](GDALDataset&) {};
};

class RasterSource : public testing::Test {
 protected:
  LayerRequest request(const std::string& name) const {
    LayerRequest made;
    made.file = folder_ / name;
    made.shown_name = "raster";
    return made;
  }

  LayerRequest write(const RasterDraft& draft, const std::string& name = "x.bin") const {
    const GdalSession session;
    char** options = nullptr;
    for (const std::string& option : draft.options)
      options = CSLAddString(options, option.c_str());
    GDALDriver* const creator = GetGDALDriverManager()->GetDriverByName(draft.driver == "GTiff" ? "GTiff" : "MEM");
    GDALDatasetUniquePtr dataset(creator->Create((folder_ / name).c_str(), draft.width, draft.height, draft.bands,
                                                 draft.type, draft.driver == "GTiff" ? options : nullptr));
    std::array<double, 6> transform = draft.transform;
    dataset->SetGeoTransform(transform.data());
    if (!draft.crs.empty()) {
      OGRSpatialReference reference;
      reference.SetFromUserInput(draft.crs.c_str());
      reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
      dataset->SetSpatialRef(&reference);
    }
    std::vector<float> pixels(static_cast<std::size_t>(draft.width * draft.height));
    std::iota(pixels.begin(), pixels.end(), 1.0F);
    if (!draft.pixels.empty())
      pixels = draft.pixels;
    for (int band = 1; band <= draft.bands; ++band) {
      EXPECT_EQ(dataset->GetRasterBand(band)->RasterIO(GF_Write, 0, 0, draft.width, draft.height, pixels.data(),
                                                       draft.width, draft.height, GDT_Float32, 0, 0, nullptr),
                CE_None);
    }
    draft.finish(*dataset);
    if (draft.driver != "GTiff") {
      GDALDriver* const copier = GetGDALDriverManager()->GetDriverByName(draft.driver.c_str());
      const GDALDatasetUniquePtr copy(
          copier->CreateCopy((folder_ / name).c_str(), dataset.get(), FALSE, options, nullptr, nullptr));
      EXPECT_NE(copy, nullptr) << session.last_message();
    }
    CSLDestroy(options);
    return request(name);
  }

  Recording read(const LayerRequest& asked) const {
    RecordingSink sink;
    EXPECT_TRUE(is_raster(asked));
    read_raster(asked, sink);
    EXPECT_TRUE(sink.made.rows_in_order);
    EXPECT_EQ(sink.made.next_row, sink.made.header.height);
    EXPECT_EQ(identify_raster(asked).layer, sink.made.identity.layer);
    return std::move(sink.made);
  }
  Recording read(const RasterDraft& draft) const { return read(write(draft)); }

  std::string refusal(const LayerRequest& asked) const {
    RecordingSink sink;
    return code_thrown_by([&] { read_raster(asked, sink); });
  }

  std::filesystem::path path(const std::string& name) const { return folder_ / name; }

 private:
  ScratchFolder folder_;
};

TEST_F(RasterSource, ReadsRowsFromTheNorthWest) {
  const Recording recording = read(RasterDraft{});
  EXPECT_EQ(recording.header.width, 4);
  EXPECT_EQ(recording.header.height, 3);
  EXPECT_THAT(recording.header.transform, ElementsAre(-120.0, 0.5, 0.0, 40.0, 0.0, -0.5));
  EXPECT_THAT(recording.values, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
  EXPECT_THAT(recording.header.crs, HasSubstr("WGS 84"));
  EXPECT_EQ(recording.identity.crs, "EPSG:4326");
  EXPECT_EQ(recording.identity.format, "GTiff");
  EXPECT_TRUE(recording.identity.raster);
  EXPECT_EQ(recording.identity.theme, LayerTheme::Custom) << "nothing says what it measures";
  EXPECT_EQ(recording.counts.kept, 12U);
}

TEST_F(RasterSource, KeepsTheReferenceSystemOfTheSource) {
  RasterDraft draft;
  draft.crs = "EPSG:3978";
  draft.transform = {-1e6, 2000, 0, 5e5, 0, -2000};
  const Recording recording = read(draft);
  EXPECT_EQ(recording.identity.crs, "EPSG:3978");
  EXPECT_THAT(recording.header.transform, ElementsAre(-1e6, 2000, 0, 5e5, 0, -2000));
  OGRSpatialReference reference;
  EXPECT_EQ(reference.importFromWkt(recording.header.crs.c_str()), OGRERR_NONE);
}

TEST_F(RasterSource, SouthUpAndMirroredRastersAreTurned) {
  RasterDraft draft;
  draft.transform = {-118.0, -0.5, 0.0, 38.5, 0.0, 0.5};
  const Recording recording = read(draft);
  EXPECT_THAT(recording.header.transform, ElementsAre(-120.0, 0.5, 0.0, 40.0, 0.0, -0.5));
  EXPECT_THAT(recording.values, ElementsAre(12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1));
}

TEST_F(RasterSource, LongitudesBeyond180AreShifted) {
  RasterDraft draft;
  draft.transform[0] = 240.0;
  const Recording recording = read(draft);
  EXPECT_THAT(recording.header.transform, ElementsAre(-120.0, 0.5, 0.0, 40.0, 0.0, -0.5));
  EXPECT_EQ(recording.remark("longitudes_shifted"), "-360");
}

TEST_F(RasterSource, TheWholeCircleIsRotatedToBeginAt180West) {
  RasterDraft draft;
  draft.width = 8;
  draft.height = 1;
  draft.transform = {0.0, 45.0, 0.0, 10.0, 0.0, -20.0};
  const Recording recording = read(draft);
  EXPECT_DOUBLE_EQ(recording.header.transform[0], -180.0);
  EXPECT_THAT(recording.values, ElementsAre(5, 6, 7, 8, 1, 2, 3, 4));
  draft.width = 9;  // 0 and 360 both
  draft.transform[0] = -22.5;
  const Recording centred = read(draft);
  EXPECT_EQ(centred.header.width, 8);
  EXPECT_DOUBLE_EQ(centred.header.transform[0], -202.5) << "half a cell beyond: the cell of longitude 180 comes first";
  EXPECT_THAT(centred.values, ElementsAre(5, 6, 7, 8, 1, 2, 3, 4));
}

/// Any raster round the world keeps its value at every place.
TEST_F(RasterSource, RotationKeepsEveryPlace) {
  for (const double west : {-360.0, -270.0, -190.0, -180.0, -100.0, 0.0, 20.0, 180.0, 200.0}) {
    RasterDraft draft;
    draft.width = 36;
    draft.height = 1;
    draft.transform = {west, 10.0, 0.0, 10.0, 0.0, -20.0};
    const Recording recording = read(draft);
    ASSERT_EQ(recording.values.size(), 36U);
    EXPECT_GE(recording.header.transform[0], -190.0) << west;
    EXPECT_LE(recording.header.transform[0] + 360.0, 190.0) << west;
    for (int i = 0; i < 36; ++i) {
      const double lon = recording.header.transform[0] + (i + 0.5) * 10.0;
      const double column = std::fmod(lon - west + 1080.0, 360.0) / 10.0;
      EXPECT_EQ(recording.values[static_cast<std::size_t>(i)], 1.0F + static_cast<float>(std::floor(column))) << west;
    }
  }
}

TEST_F(RasterSource, APartThatStraddles180IsKeptAndSaysSo) {
  RasterDraft draft;
  draft.transform[0] = 179.0;
  const Recording recording = read(draft);
  EXPECT_DOUBLE_EQ(recording.header.transform[0], 179.0);
  EXPECT_TRUE(recording.remark("crosses_antimeridian").has_value());
}

TEST_F(RasterSource, WhatStandsForNoDataBecomesNaN) {
  RasterDraft draft;
  draft.pixels = {1, -9999, NAN, INFINITY, -3.4028235e38F, 6, 7, 8, 9, 10, 11, 12};
  draft.finish = [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValue(-9999); };
  const Recording recording = read(draft);
  EXPECT_EQ(recording.values[0], 1.0F);
  for (std::size_t i = 1; i < 5; ++i)
    EXPECT_THAT(recording.values[i], IsNan()) << i;
  EXPECT_EQ(recording.counts.kept, 8U);
  EXPECT_EQ(recording.count_of("no_data"), 4U);
}

TEST_F(RasterSource, FireWeatherIsNeverNegative) {
  RasterDraft draft;
  draft.pixels = {-1, 0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
  EXPECT_EQ(read(draft).values[0], -1.0F);
  draft.finish = [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetDescription("FWI"); };
  EXPECT_THAT(read(draft).values[0], IsNan());
}

TEST_F(RasterSource, ABytesLastValueIsNoClass) {
  RasterDraft draft;
  draft.type = GDT_Byte;
  draft.pixels = {1, 2, 3, 255, 5, 6, 7, 8, 9, 10, 11, 12};
  EXPECT_THAT(read(draft).values[3], IsNan());
  draft.finish = [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValue(-1); };
  EXPECT_THAT(read(draft).values[3], IsNan());
  draft.finish = [](GDALDataset& dataset) { dataset.GetRasterBand(1)->SetNoDataValue(2); };
  const Recording declared = read(draft);
  EXPECT_EQ(declared.values[3], 255.0F);
  EXPECT_THAT(declared.values[1], IsNan());
}

TEST_F(RasterSource, ScaleAndOffsetAreAppliedAfterNoData) {
  RasterDraft draft;
  draft.type = GDT_Int16;
  draft.finish = [](GDALDataset& dataset) {
    dataset.GetRasterBand(1)->SetScale(0.1);
    dataset.GetRasterBand(1)->SetOffset(-1.0);
    dataset.GetRasterBand(1)->SetNoDataValue(12);
  };
  const Recording recording = read(draft);
  EXPECT_FLOAT_EQ(recording.values[0], -0.9F);
  EXPECT_FLOAT_EQ(recording.values[9], 0.0F);
  EXPECT_THAT(recording.values[11], IsNan());
}

TEST_F(RasterSource, AnAlphaBandMasksAndIsNoVariable) {
  RasterDraft draft;
  draft.bands = 2;
  draft.type = GDT_Byte;
  draft.options = {"ALPHA=YES"};
  draft.finish = [](GDALDataset& dataset) {
    const std::vector<float> alpha = {255, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    dataset.GetRasterBand(2)->SetColorInterpretation(GCI_AlphaBand);
    EXPECT_EQ(dataset.GetRasterBand(2)->RasterIO(GF_Write, 0, 0, 4, 3, const_cast<float*>(alpha.data()), 4, 3,
                                                 GDT_Float32, 0, 0, nullptr),
              CE_None);
  };
  const Recording recording = read(draft);
  EXPECT_EQ(recording.values[0], 1.0F);
  EXPECT_THAT(recording.values[1], IsNan());
}

void describe(GDALDataset& dataset, const std::vector<const char*>& names) {
  for (std::size_t i = 0; i < names.size(); ++i)
    dataset.GetRasterBand(static_cast<int>(i) + 1)->SetDescription(names[i]);
}

TEST_F(RasterSource, OneOfSeveralVariablesIsChosenByMeaningOrByRequest) {
  RasterDraft draft;
  draft.bands = 3;
  draft.finish = [](GDALDataset& dataset) { describe(dataset, {"TEMP", "Drought Code", "FWI"}); };
  LayerRequest asked = write(draft);
  EXPECT_EQ(read(asked).header.variable, "fwi");
  EXPECT_THAT(read(asked).identity.columns, ElementsAre("TEMP", "Drought Code", "FWI"));
  for (const char* const layer : {"drought code", "2", "dc"}) {
    asked.layer = layer;
    EXPECT_EQ(read(asked).header.variable, "dc") << layer;
  }
  asked.layer = "nothing";
  EXPECT_EQ(refusal(asked), "layer_missing");
  asked.layer.clear();
  asked.fields["variable"] = "DC";
  EXPECT_EQ(read(asked).identity.layer, "Drought Code");
}

TEST_F(RasterSource, SeveralVariablesWithoutMeaningAreAnError) {
  RasterDraft draft;
  draft.bands = 3;
  EXPECT_EQ(refusal(write(draft)), "raster_ambiguous");
  draft.finish = [](GDALDataset& dataset) { describe(dataset, {"DMC", "DC", "TEMP"}); };
  EXPECT_EQ(refusal(write(draft)), "raster_ambiguous");
}

TEST_F(RasterSource, ThemesFollowTheVariable) {
  RasterDraft draft;
  draft.finish = [](GDALDataset& dataset) { describe(dataset, {"Population count"}); };
  EXPECT_EQ(read(draft).identity.theme, LayerTheme::Population);
  EXPECT_EQ(read(draft).header.variable, "people");
  draft.finish = [](GDALDataset& dataset) { describe(dataset, {"flood_depth"}); };
  EXPECT_EQ(read(draft).identity.theme, LayerTheme::Flood);
  LayerRequest asked = write(draft);
  asked.theme = LayerTheme::Custom;
  EXPECT_EQ(read(asked).identity.theme, LayerTheme::Custom);
}

TEST_F(RasterSource, OnlyFireDangerIsOfThatTheme) {
  RasterDraft draft;
  for (const char* const name : {"Precipitation", "Air Quality", "Daily Severity Rating", "band"}) {
    draft.finish = [name](GDALDataset& dataset) { describe(dataset, {name}); };
    const Recording recording = read(draft);
    EXPECT_EQ(recording.identity.theme, LayerTheme::Custom) << name;
    EXPECT_EQ(recording.remark("raster_unused"), recording.header.variable) << name;
  }
  LayerRequest asked = write(draft);
  asked.theme = LayerTheme::Danger;
  EXPECT_EQ(read(asked).identity.theme, LayerTheme::Danger);
  EXPECT_EQ(read(asked).remark("danger_not_judged"), "band");
  for (const char* const name : {"FWI", "Drought Code", "danger_class"}) {
    draft.finish = [name](GDALDataset& dataset) { describe(dataset, {name}); };
    const Recording recording = read(draft);
    EXPECT_EQ(recording.identity.theme, LayerTheme::Danger) << name;
    EXPECT_FALSE(recording.remark("raster_unused").has_value());
  }
}

TEST_F(RasterSource, TheNameOfAFileIsAHintAndNoMore) {
  LayerRequest asked = write(RasterDraft{}, "dc20240528.tif");
  const Recording recording = read(asked);
  EXPECT_EQ(recording.header.variable, "band 1");
  EXPECT_EQ(recording.remark("file_name_suggests"), "dc");
  asked.fields["variable"] = "dc";
  EXPECT_EQ(read(asked).header.variable, "dc");
  EXPECT_FALSE(read(asked).remark("variable_unknown").has_value());
}

TEST_F(RasterSource, WithoutReferenceSystemDegreesAreAssumedAndMetresAreNot) {
  RasterDraft draft;
  draft.crs.clear();
  EXPECT_EQ(read(draft).remark("crs_assumed"), "EPSG:4326");
  draft.transform = {-1e6, 2000, 0, 5e5, 0, -2000};
  LayerRequest asked = write(draft);
  EXPECT_EQ(refusal(asked), "crs_missing");
  asked.crs = "EPSG:3978";
  EXPECT_EQ(read(asked).identity.crs, "EPSG:3978");
  asked.crs = "EPSG:1";
  EXPECT_EQ(refusal(asked), "crs_unusable");
  asked.crs = "/etc/passwd";
  EXPECT_EQ(refusal(asked), "crs_unusable");
}

TEST_F(RasterSource, ImagesNeedAWorldFile) {
  RasterDraft draft;
  draft.driver = "PNG";
  draft.type = GDT_Byte;
  draft.crs.clear();
  draft.transform = {0, 1, 0, 0, 0, 1};
  const LayerRequest asked = write(draft, "map.png");
  std::filesystem::remove(path("map.png.aux.xml"));
  EXPECT_EQ(refusal(asked), "raster_not_georeferenced");
  std::ofstream(path("map.pgw")) << "0.5\n0\n0\n-0.5\n-119.75\n39.75\n";
  const Recording recording = read(asked);
  EXPECT_THAT(recording.header.transform, ElementsAre(-120.0, 0.5, 0.0, 40.0, 0.0, -0.5));
}

TEST_F(RasterSource, AsciiGridsAreRead) {
  std::ofstream(path("grid.txt"))
      << "ncols 3\nnrows 2\nxllcorner -120\nyllcorner 39\ncellsize 0.5\nNODATA_value -9999\n"
         "1 2 -9999\n4 5.5 6\n";
  const Recording recording = read(request("grid.txt"));
  EXPECT_EQ(recording.identity.format, "AAIGrid");
  EXPECT_EQ(recording.values[4], 5.5F);
  EXPECT_THAT(recording.values[2], IsNan());
  EXPECT_DOUBLE_EQ(recording.header.transform[3], 40.0);
}

TEST_F(RasterSource, GribBringsItsTime) {
  RasterDraft draft;
  draft.driver = "GRIB";
  draft.type = GDT_Float64;
  draft.width = 40;
  draft.height = 30;
  draft.options = {"IDS_REF_TIME=2016-05-03T12:00:00Z", "PDS_PDTN=0",
                   "PDS_TEMPLATE_NUMBERS=1 8 2 0 0 0 0 0 1 0 0 0 3 1 0 0 0 0 0 255 0 0 0 0 0"};
  const Recording recording = read(draft);
  EXPECT_EQ(recording.identity.format, "GRIB");
  EXPECT_EQ(iso_text(recording.header.time.value()), "2016-05-03T15:00:00Z");
  EXPECT_NEAR(recording.values[41], 42.0F, 0.1F);
  EXPECT_NEAR(recording.header.transform[0], -120.0, 1e-6);
}

/// A netCDF file of the kind that climate services give: variables along time, latitude (south first) and longitude
/// (0 to 360).
void write_netcdf(const std::filesystem::path& file, const std::vector<const char*>& names) {
  const GdalSession session;
  GDALDriver* const driver = GetGDALDriverManager()->GetDriverByName("netCDF");
  const GDALDatasetUniquePtr dataset(driver->CreateMultiDimensional(file.c_str(), nullptr, nullptr));
  const auto root = dataset->GetRootGroup();
  const auto numbers = GDALExtendedDataType::Create(GDT_Float64);
  const auto text = GDALExtendedDataType::CreateString();
  const auto axis = [&](const char* name, const char* units, const char* standard_name, std::vector<double> values) {
    const auto dimension = root->CreateDimension(name, "", "", values.size(), nullptr);
    const auto array = root->CreateMDArray(name, {dimension}, numbers, nullptr);
    array->SetUnit(units);
    array->CreateAttribute("units", {}, text, nullptr)->Write(units);
    array->CreateAttribute("standard_name", {}, text, nullptr)->Write(standard_name);
    const GUInt64 start = 0;
    const std::size_t count = values.size();
    array->Write(&start, &count, nullptr, nullptr, numbers, values.data());
    return dimension;
  };
  const auto time = axis("time", "hours since 2016-05-01 00:00:00", "time", {12, 36, 60});
  const auto lat = axis("lat", "degrees_north", "latitude", {50, 51});
  const auto lon = axis("lon", "degrees_east", "longitude", {240, 241, 242});
  for (const char* const name : names) {
    const auto array = root->CreateMDArray(name, {time, lat, lon}, numbers, nullptr);
    std::vector<double> values(18);
    std::iota(values.begin(), values.end(), 0.0);
    const std::array<GUInt64, 3> start = {0, 0, 0};
    const std::array<std::size_t, 3> count = {3, 2, 3};
    array->Write(start.data(), count.data(), nullptr, nullptr, numbers, values.data());
  }
}

TEST_F(RasterSource, NetcdfIsReadAtTheTimeAskedFor) {
  write_netcdf(path("era.bin"), {"fwinx"});
  LayerRequest asked = request("era.bin");
  const Recording last = read(asked);
  EXPECT_EQ(last.identity.format, "netCDF");
  EXPECT_EQ(last.header.variable, "fwi");
  EXPECT_EQ(iso_text(last.header.time.value()), "2016-05-03T12:00:00Z");
  EXPECT_THAT(last.header.transform, ElementsAre(-120.5, 1.0, 0.0, 51.5, 0.0, -1.0));
  EXPECT_THAT(last.values, ElementsAre(15, 16, 17, 12, 13, 14)) << "the northern row first";
  asked.as_of = instant_of_iso("2016-05-02T13:00:00Z");
  EXPECT_EQ(iso_text(read(asked).header.time.value()), "2016-05-02T12:00:00Z");
  asked.as_of = instant_of_iso("2015-01-01");
  EXPECT_EQ(iso_text(read(asked).header.time.value()), "2016-05-01T12:00:00Z");
}

TEST_F(RasterSource, NetcdfWithSeveralVariablesIsChosenFrom) {
  write_netcdf(path("many.nc"), {"t2m", "drtcode", "fwinx"});
  LayerRequest asked = request("many.nc");
  EXPECT_EQ(read(asked).header.variable, "fwi");
  asked.layer = "drtcode";
  EXPECT_EQ(read(asked).header.variable, "dc");
  write_netcdf(path("none.nc"), {"t2m", "d2m"});
  EXPECT_EQ(refusal(request("none.nc")), "raster_ambiguous");
}

void append_number(std::string& bytes, std::uint64_t value, int octets) {
  for (int i = octets - 1; i >= 0; --i)
    bytes.push_back(static_cast<char>(value >> (8 * i)));
}

std::uint64_t number_at(const std::string& bytes, std::size_t at, std::size_t octets) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < octets; ++i)
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

/// Turns the grid of a GRIB2 message from template 3.0 into 3.1: the same with a rotated pole, which GDAL does not
/// write.
std::string with_rotated_pole(const std::string& message) {
  std::string made = message.substr(0, 8);
  append_number(made, message.size() + 12, 8);
  for (std::size_t at = 16; at + 4 < message.size();) {
    const std::size_t length = number_at(message, at, 4);
    std::string section = message.substr(at, length);
    if (section[4] == 3) {
      std::string grid;
      append_number(grid, length + 12, 4);
      grid += section.substr(4, 8);
      append_number(grid, 1, 2);
      grid += section.substr(14);
      append_number(grid, 0x80000000U | 31758312U, 4);  // the southern pole lies at 31.758312 S, 267.597031 E
      append_number(grid, 267597031, 4);
      append_number(grid, 0, 4);
      section = grid;
    }
    made += section;
    at += length;
  }
  return made + "7777";
}

TEST_F(RasterSource, RotatedPolesAreUsable) {
  RasterDraft draft;
  draft.driver = "GRIB";
  draft.type = GDT_Float64;
  draft.width = 30;
  draft.height = 20;
  draft.transform = {-12.0, 0.09, 0.0, 5.0, 0.0, -0.09};
  write(draft, "plain.bin");
  std::ifstream stream(path("plain.bin"), std::ios::binary);
  const std::string plain((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  std::ofstream(path("rotated.bin"), std::ios::binary) << with_rotated_pole(plain);
  const Recording recording = read(request("rotated.bin"));
  OGRSpatialReference reference;
  ASSERT_EQ(reference.importFromWkt(recording.header.crs.c_str()), OGRERR_NONE);
  EXPECT_TRUE(reference.IsDerivedGeographic()) << recording.header.crs;
  EXPECT_NEAR(recording.header.transform[0], -12.0, 1e-4) << "rotated longitudes are not shifted";
  // The origin of rotated coordinates lies 90 degrees north of the southern pole, on its meridian.
  OGRSpatialReference wgs84;
  wgs84.importFromEPSG(4326);
  for (OGRSpatialReference* each : {&reference, &wgs84})
    each->SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  const std::unique_ptr<OGRCoordinateTransformation> transformation(
      OGRCreateCoordinateTransformation(&reference, &wgs84));
  ASSERT_NE(transformation, nullptr);
  double x = 0.0;
  double y = 0.0;
  ASSERT_TRUE(transformation->Transform(1, &x, &y));
  EXPECT_NEAR(x, 267.597031 - 360.0, 0.01);
  EXPECT_NEAR(y, 90.0 - 31.758312, 0.3) << "a sphere and an ellipsoid";
}

TEST_F(RasterSource, LargeRastersStreamInPieces) {
  RasterDraft draft;
  draft.width = 1500;
  draft.height = 1501;
  draft.options = {"TILED=YES", "COMPRESS=DEFLATE"};
  draft.transform = {-120.0, 0.001, 0.0, 38.0, 0.0, 0.001};
  const Recording recording = read(draft);
  ASSERT_EQ(recording.values.size(), 1500U * 1501U);
  for (std::size_t row = 0; row < 1501; row += 100)
    EXPECT_EQ(recording.values[row * 1500 + 7], 1.0F + static_cast<float>((1500 - row) * 1500 + 7)) << row;
}

TEST_F(RasterSource, AbsurdSizesAreRefusedBeforeReading) {
  RasterDraft draft;
  const GdalSession session;
  GDALDriver* const driver = GetGDALDriverManager()->GetDriverByName("GTiff");
  const char* const options[] = {"SPARSE_OK=YES", "TILED=YES", "BIGTIFF=YES", nullptr};
  GDALDatasetUniquePtr(driver->Create(path("wide.tif").c_str(), 200000, 10, 1, GDT_Byte, const_cast<char**>(options)))
      ->SetGeoTransform(draft.transform.data());
  EXPECT_EQ(refusal(request("wide.tif")), "raster_too_large");
  const char* const blocks[] = {"SPARSE_OK=YES", "TILED=YES", "BLOCKXSIZE=20000", "BLOCKYSIZE=20000", nullptr};
  GDALDatasetUniquePtr(
      driver->Create(path("blocks.tif").c_str(), 30000, 30000, 1, GDT_Byte, const_cast<char**>(blocks)))
      ->SetGeoTransform(draft.transform.data());
  EXPECT_EQ(refusal(request("blocks.tif")), "raster_too_large");
}

TEST_F(RasterSource, BrokenFilesAreErrors) {
  RasterDraft draft;
  draft.width = 200;
  draft.height = 200;
  draft.options = {"COMPRESS=DEFLATE"};
  write(draft, "whole.tif");
  std::ifstream stream(path("whole.tif"), std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  std::mt19937 random(20260606);
  int refused = 0;
  for (int round = 0; round < 150; ++round) {
    std::string damaged = whole.substr(0, round % 3 == 0 ? random() % whole.size() : whole.size());
    for (int hits = 0; hits < 8 && !damaged.empty(); ++hits)
      damaged[random() % damaged.size()] = static_cast<char>(random());
    std::ofstream(path("damaged.tif"), std::ios::binary) << damaged;
    refused += refusal(request("damaged.tif")).empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 30) << "the others are read, with other values";
}

TEST_F(RasterSource, OtherFilesAreNotTaken) {
  std::ofstream(path("a.csv")) << "lat,lon,model\n1,2,GRIB model\n";
  EXPECT_FALSE(is_raster(request("a.csv")));
  std::ofstream(path("b.vrt")) << "<VRTDataset rasterXSize=\"1\" rasterYSize=\"1\"></VRTDataset>";
  EXPECT_FALSE(is_raster(request("b.vrt")));
  std::ofstream(path("c.json")) << "{}";
  EXPECT_FALSE(is_raster(request("c.json")));
}

TEST(RasterVariable, ShortNamesAreWholeWords) {
  EXPECT_EQ(variable_of("DC_noon"), "dc");
  EXPECT_EQ(variable_of("Daily maximum Fire Weather Index"), "fwi");
  EXPECT_EQ(variable_of("feedcode"), "");
  EXPECT_EQ(variable_of("washington dc"), "dc");
  EXPECT_EQ(variable_of("Duff Moisture Code (DMC)"), "dmc");
  EXPECT_EQ(variable_of("popular"), "");
  EXPECT_EQ(variable_of(""), "");
}

// ---------------------------------------------------------------------------------------------------------------------
// Formats whose pixels may lie elsewhere

TEST_F(RasterSource, FormatsOfGisProgramsGiveTheSamePixels) {
  for (const auto& [driver, name] :
       {std::pair{"HFA", "x.img"}, {"ENVI", "x.dat"}, {"SAGA", "x.sdat"}, {"GPKG", "x.gpkg"}}) {
    RasterDraft draft;
    draft.driver = driver;
    if (draft.driver == "GPKG")
      draft.options = {"RASTER_TABLE=fwi"};
    SCOPED_TRACE(driver);
    const Recording recording = read(write(draft, name));
    EXPECT_EQ(recording.identity.format, driver);
    EXPECT_THAT(recording.values, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    EXPECT_NEAR(recording.header.transform[0], -120.0, 1e-9);
    EXPECT_EQ(recording.header.variable == "fwi", draft.driver == "GPKG");  // the table of tiles has a name
  }
}

/// As another program would name another file: every name that GDAL wrote is replaced.
std::string replaced(std::string bytes, const std::string& from, const std::string& to) {
  for (std::size_t at = bytes.find(from); at != std::string::npos; at = bytes.find(from, at + to.size()))
    bytes.replace(at, from.size(), to);
  return bytes;
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(RasterSource, ImagineWithPixelsInAnotherFileIsRefused) {
  RasterDraft draft;
  draft.driver = "HFA";
  draft.options = {"USE_SPILL=YES"};
  const LayerRequest spilled = write(draft, "pixels.img");
  ASSERT_TRUE(std::filesystem::exists(path("pixels.ige")));
  EXPECT_EQ(refusal(spilled), "raster_elsewhere");
  const std::string head = bytes_of(path("pixels.img"));
  ASSERT_NE(head.find("pixels.ige"), std::string::npos);
  for (const std::string foreign : {"/etc/group", "../oth.ige"}) {  // as long as the name they replace
    std::ofstream(path("foreign.img"), std::ios::binary) << replaced(head, "pixels.ige", foreign);
    EXPECT_EQ(refusal(request("foreign.img")), "raster_elsewhere");
    EXPECT_EQ(code_thrown_by([&] { identify_raster(request("foreign.img")); }), "raster_elsewhere");
  }
  // Names of nodes and types are compared without case.
  std::ofstream(path("foreign.img"), std::ios::binary) << replaced(head, "ImgExternalRaster", "IMGExternalRASTER");
  EXPECT_EQ(refusal(request("foreign.img")), "raster_elsewhere");
  // Wherever the node lies, also across two reads.
  for (const std::size_t before : {std::size_t{0}, (std::size_t{1} << 20U) - 20, (std::size_t{1} << 20U) - 1}) {
    std::ofstream(path("late.img"), std::ios::binary)
        << "EHFA_HEADER_TAG" << std::string(before, 'x') << "ImgExternalRaster" << '\0';
    EXPECT_EQ(refusal(request("late.img")), "raster_elsewhere") << before;
  }
}

TEST_F(RasterSource, HeadsThatNameAnotherFileAreNotFollowed) {
  std::ofstream(path("other.dat"), std::ios::binary) << std::string(48, '\x7f');
  RasterDraft draft;
  draft.driver = "ENVI";
  write(draft, "x.dat");
  std::ofstream(path("x.hdr"), std::ios::app) << "data file = other.dat\nfile name = /etc/passwd\n";
  EXPECT_THAT(read(request("x.dat")).values, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
  draft.driver = "SAGA";
  write(draft, "y.sdat");
  std::ofstream(path("y.sgrd"), std::ios::app) << "DATAFILE\t= other.dat\nDATAFILE_NAME\t= /etc/passwd\n";
  EXPECT_THAT(read(request("y.sdat")).values, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
}

TEST_F(RasterSource, AFileTooSmallForTheHeadBesideItIsNoRaster) {
  RasterDraft draft;
  draft.driver = "ENVI";
  write(draft, "x.dat");
  std::ofstream(path("x.csv")) << "lat,lon\n50,-110\n";
  EXPECT_FALSE(is_raster(request("x.csv")));
  EXPECT_TRUE(is_raster(request("x.dat")));
}

TEST_F(RasterSource, APackageOfTilesBesideFeatures) {
  RasterDraft draft;
  draft.driver = "GPKG";
  draft.options = {"RASTER_TABLE=fwi"};
  LayerRequest asked = write(draft, "both.gpkg");
  EXPECT_TRUE(is_tile_package(asked));
  {
    const GdalSession session;
    const GDALDatasetUniquePtr package(GDALDataset::Open(path("both.gpkg").c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE));
    ASSERT_NE(package, nullptr);
    OGRLayer& layer = *package->CreateLayer("fires", nullptr, wkbPoint, nullptr);
    EXPECT_TRUE(is_tile_package(asked));  // nothing in it yet
    OGRFeature feature(layer.GetLayerDefn());
    ASSERT_EQ(layer.CreateFeature(&feature), OGRERR_NONE);
  }
  EXPECT_FALSE(is_tile_package(asked));
  asked.layer = "fwi";
  EXPECT_TRUE(is_tile_package(asked));
  EXPECT_THAT(read(asked).values, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
  asked.layer = "fires";
  EXPECT_FALSE(is_tile_package(asked));
}

}  // namespace
}  // namespace relevo::geo
