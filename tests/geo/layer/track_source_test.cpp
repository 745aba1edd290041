// SPDX-License-Identifier: MIT
#include "geo/layer/track_source.hpp"

#include "geo/layer/gdal_session.hpp"
#include "geo/layer/raster_file.hpp"
#include "geo/layer/raster_source.hpp"
#include "geo/layer/source_file.hpp"
#include "geo/layer/time_text.hpp"
#include "tests/geo/layer/recording_sink.hpp"
#include "tests/geo/scratch_folder.hpp"

#include <gdal_priv.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>

namespace relevo::geo {
namespace {

const GDALExtendedDataType& numbers() {
  static const GDALExtendedDataType type = GDALExtendedDataType::Create(GDT_Float64);
  return type;
}

using Dimensions = std::vector<std::shared_ptr<GDALDimension>>;

std::shared_ptr<GDALMDArray> add_numbers(GDALGroup& root, const char* name, const Dimensions& dimensions,
                                         const std::string& unit, const std::vector<double>& values,
                                         double no_data = -9999.0) {
  const auto array = root.CreateMDArray(name, dimensions, numbers(), nullptr);
  if (!unit.empty())
    array->SetUnit(unit);
  array->SetNoDataValue(no_data);
  const std::array<GUInt64, 2> start = {0, 0};
  std::vector<std::size_t> count;
  for (const auto& dimension : dimensions)
    count.push_back(static_cast<std::size_t>(dimension->GetSize()));
  EXPECT_TRUE(array->Write(start.data(), count.data(), nullptr, nullptr, numbers(), values.data()));
  return array;
}

void add_texts(GDALGroup& root, const char* name, const Dimensions& dimensions, std::vector<const char*> values) {
  const auto text = GDALExtendedDataType::CreateString();
  const auto array = root.CreateMDArray(name, dimensions, text, nullptr);
  ASSERT_NE(array, nullptr);
  const GUInt64 start = 0;
  const std::size_t count = values.size();
  EXPECT_TRUE(array->Write(&start, &count, nullptr, nullptr, text, values.data()));
}

/// Two letters per point along a dimension of their own, as the archive has them.
void add_letters(GDALGroup& root, const char* name, Dimensions dimensions, const std::string& letters) {
  dimensions.push_back(root.CreateDimension("char2", "", "", 2, nullptr));
  const auto array = root.CreateMDArray(name, dimensions, GDALExtendedDataType::CreateString(1), nullptr);
  ASSERT_NE(array, nullptr);
  std::vector<std::string> texts;
  std::vector<const char*> raw;
  for (const char letter : letters)
    texts.emplace_back(1, letter);
  for (const std::string& text : texts)
    raw.push_back(text.c_str());
  const std::array<GUInt64, 3> start = {0, 0, 0};
  std::vector<std::size_t> count;
  for (const auto& dimension : dimensions)
    count.push_back(static_cast<std::size_t>(dimension->GetSize()));
  EXPECT_TRUE(
      array->Write(start.data(), count.data(), nullptr, nullptr, GDALExtendedDataType::CreateString(), raw.data()));
}

class TrackSource : public testing::Test {
 protected:
  LayerRequest request(const std::string& name) const {
    LayerRequest made;
    made.file = folder_ / name;
    made.shown_name = "tracks";
    return made;
  }
  Recording read(const LayerRequest& asked) const {
    RecordingSink sink;
    EXPECT_TRUE(is_track_file(asked));
    EXPECT_FALSE(is_raster(asked));
    read_tracks(asked, sink);
    EXPECT_EQ(sink.made.counts.read, sink.made.counts.kept + sink.made.counts.refused);
    return std::move(sink.made);
  }
  GDALDatasetUniquePtr create(const std::string& name) const {
    GDALDriver* const driver = GetGDALDriverManager()->GetDriverByName("netCDF");
    return GDALDatasetUniquePtr(driver->CreateMultiDimensional((folder_ / name).c_str(), nullptr, nullptr));
  }

  /// Two storms, padded to three points; the second crosses the antimeridian.
  LayerRequest write_archive() const {
    const GdalSession session;
    const auto dataset = create("archive.bin");
    const auto root = dataset->GetRootGroup();
    const Dimensions storms = {root->CreateDimension("storm", "", "", 2, nullptr)};
    const Dimensions points = {storms[0], root->CreateDimension("date_time", "", "", 3, nullptr)};
    const double none = -9999.0;
    add_numbers(*root, "lat", points, "degrees_north", {-13.5, -14.0, none, 10.0, 11.0, 12.0});
    add_numbers(*root, "lon", points, "degrees_east", {162.4, 162.0, none, 179.5, 180.5, none});
    add_numbers(*root, "time", points, "days since 1858-11-17 00:00:00",
                {58200.5, 58200.625, none, 58201.0, 58201.25, 58201.5});
    add_numbers(*root, "wmo_wind", points, "kts", {none, 40.0, none, 65.0, 0.0, 70.0});
    add_numbers(*root, "usa_wind", points, "kts", {30.0, 45.0, none, none, none, none});
    add_numbers(*root, "wmo_pres", points, "mb", {999.0, none, none, 985.0, 980.0, 975.0});
    add_numbers(*root, "usa_sshs", points, "1", {-3.0, none, none, 1.0, none, none});
    add_texts(*root, "sid", storms, {"2018079S09162", "2018081N10180"});
    add_texts(*root, "name", storms, {"IRIS", "NOT_NAMED"});
    add_letters(*root, "basin", points, "SPSP  WPEPEP");
    return request("archive.bin");
  }

 private:
  ScratchFolder folder_;
};

TEST_F(TrackSource, ReadsAPaddedArchive) {
  const Recording recording = read(write_archive());
  EXPECT_EQ(recording.identity.theme, LayerTheme::Cyclones);
  ASSERT_EQ(recording.features.size(), 4U);
  EXPECT_EQ(recording.counts.read, 5U) << "padding is no point";
  EXPECT_EQ(recording.count_of("coordinates_missing"), 1U);
  const LayerFeature& first = recording.features[0];
  EXPECT_EQ(first.key, "2018079S09162/2018-03-23T12:00:00Z");
  EXPECT_EQ(first.name, "IRIS");
  EXPECT_EQ(first.shape, Shape(Points{{162.4, -13.5}}));
  EXPECT_EQ(text_field(first, "storm"), "2018079S09162");
  EXPECT_EQ(text_field(first, "basin"), "SP");
  EXPECT_EQ(field_of(first, "wind_kt"), FieldValue(30.0)) << "the second agency where the first knows nothing";
  EXPECT_EQ(field_of(first, "pressure_hpa"), FieldValue(999.0));
  EXPECT_NE(first.attributes.find("\"usa_sshs\":-3.0"), std::string::npos) << first.attributes;
  EXPECT_EQ(field_of(recording.features[1], "wind_kt"), FieldValue(40.0));
  EXPECT_EQ(field_of(recording.features[1], "pressure_hpa"), std::nullopt);
  EXPECT_EQ(iso_text(recording.features[1].time.value()), "2018-03-23T15:00:00Z");
}

TEST_F(TrackSource, LongitudesBeyond180AreWrapped) {
  const Recording recording = read(write_archive());
  const LayerFeature& crossed = recording.features.at(3);
  EXPECT_EQ(crossed.shape, Shape(Points{{-179.5, 11.0}}));
  EXPECT_EQ(recording.count_of("wrapped_longitude"), 1U);
  EXPECT_EQ(text_field(crossed, "basin"), "EP");
  EXPECT_EQ(crossed.name, "NOT_NAMED");
  EXPECT_EQ(field_of(crossed, "wind_kt"), std::nullopt) << "a wind of 0 is not known";
}

TEST_F(TrackSource, ReadsAFileOfOneStorm) {
  const GdalSession session;
  {
    const auto dataset = create("storm.bin");
    const auto root = dataset->GetRootGroup();
    const Dimensions time = {root->CreateDimension("time", "", "", 3, nullptr)};
    add_numbers(*root, "time", time, "minutes since 2018-03-23 12:00:00", {0, 180, 360});
    add_numbers(*root, "lat", time, "", {-13.5, -91.0, -14.0});
    add_numbers(*root, "lon", time, "", {162.4, 161.0, 181.0});
    add_numbers(*root, "max_sustained_wind", time, "m/s", {10.0, 20.0, 30.0});
    add_numbers(*root, "central_pressure", time, "Pa", {99900.0, 99000.0, 98000.0});
    const auto text = GDALExtendedDataType::CreateString();
    root->CreateAttribute("sid", {}, text, nullptr)->Write("2018079S09162");
    root->CreateAttribute("name", {}, text, nullptr)->Write("IRIS");
    root->CreateAttribute("basin", {}, text, nullptr)->Write("SP");
  }
  const Recording recording = read(request("storm.bin"));
  ASSERT_EQ(recording.features.size(), 2U);
  EXPECT_EQ(recording.count_of("out_of_range"), 1U);
  EXPECT_EQ(recording.features[1].key, "2018079S09162/2018-03-23T18:00:00Z");
  EXPECT_EQ(recording.features[1].shape, Shape(Points{{-179.0, -14.0}}));
  EXPECT_NEAR(std::get<double>(field_of(recording.features[0], "wind_kt").value()), 10.0 * 3600.0 / 1852.0, 1e-9);
  EXPECT_NEAR(std::get<double>(field_of(recording.features[0], "pressure_hpa").value()), 999.0, 1e-9);
  EXPECT_EQ(text_field(recording.features[0], "basin"), "SP");
}

TEST_F(TrackSource, GridsAreNoTracks) {
  const GdalSession session;
  {
    const auto dataset = create("grid.bin");
    const auto root = dataset->GetRootGroup();
    const Dimensions lat = {root->CreateDimension("lat", "", "", 2, nullptr)};
    const Dimensions lon = {root->CreateDimension("lon", "", "", 2, nullptr)};
    add_numbers(*root, "lat", lat, "degrees_north", {1, 2});
    add_numbers(*root, "lon", lon, "degrees_east", {1, 2});
    add_numbers(*root, "fwi", {lat[0], lon[0]}, "", {1, 2, 3, 4});
  }
  EXPECT_FALSE(is_track_file(request("grid.bin")));
  std::ofstream(request("text.bin").file) << "SID,LAT,LON\n";
  EXPECT_FALSE(is_track_file(request("text.bin")));
  RecordingSink sink;
  EXPECT_EQ(code_thrown_by([&] { read_tracks(request("text.bin"), sink); }), "tracks_broken");
}

TEST_F(TrackSource, DamagedFilesNeverCrash) {
  const LayerRequest archive = write_archive();
  std::ifstream stream(archive.file, std::ios::binary);
  const std::string whole((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
  int refused = 0;
  for (std::size_t kept = 16; kept < whole.size(); kept += whole.size() / 40) {
    std::ofstream(request("cut.bin").file, std::ios::binary) << whole.substr(0, kept);
    RecordingSink sink;
    refused += code_thrown_by([&] { read_tracks(request("cut.bin"), sink); }).empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 30);
}

TEST(InstantOfCf, CountsFromTheEpochInItsUnit) {
  const auto text = [](double value, std::string_view units, std::string_view calendar = "") {
    const std::optional<Instant> instant = instant_of_cf(value, units, calendar);
    return instant ? iso_text(*instant) : std::string();
  };
  EXPECT_EQ(text(58200.5, "days since 1858-11-17 00:00:00"), "2018-03-23T12:00:00Z");
  EXPECT_EQ(text(-1, "hours since 2016-05-01"), "2016-04-30T23:00:00Z");
  EXPECT_EQ(text(90, "minutes since 2016-05-01T00:00:00Z"), "2016-05-01T01:30:00Z");
  EXPECT_EQ(text(1, "seconds since 1970-01-01 00:00:00 UTC"), "1970-01-01T00:00:01Z");
  EXPECT_EQ(text(1, "days since 1970-01-01", "noleap"), "");
  EXPECT_EQ(text(1, "months since 1970-01-01"), "");
  EXPECT_EQ(text(NAN, "days since 1970-01-01"), "");
  EXPECT_EQ(text(1e300, "days since 1970-01-01"), "");
}

}  // namespace
}  // namespace relevo::geo
