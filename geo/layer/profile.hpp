// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "geo/layer/time_text.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What Relevo knows of the files of a source: how to recognise them and what their columns mean. Profiles are data
/// (data/profiles/*.toml); docs/layers.md documents their keys with an example.
namespace relevo::geo {

/// A profile file that breaks the rules of docs/layers.md: a fault of the installation or of its author.
class ProfileError : public std::runtime_error {
 public:
  ProfileError(const std::string& file, const std::string& reason) : std::runtime_error(file + ": " + reason) {}
};

/// The geometry that a profile expects.
enum class GeometryKind { Any, Point, Line, Polygon, None };

/// Column names in the form of plain_word; the first that is there counts.
using ColumnNames = std::vector<std::string>;

struct MatchRule {
  std::vector<std::string> prefixes;  ///< that columns may have in front: "attr"
  std::vector<ColumnNames> all;       ///< one of each must be there
  ColumnNames any;                    ///< at least one must be there, unless empty
  ColumnNames none;                   ///< none may be there
  GeometryKind geometry = GeometryKind::Any;
  /// Column and words: some of the first records must have one of the words in it.
  std::vector<std::pair<ColumnNames, std::vector<std::string>>> having;
};

/// west, south, east, north in degrees
using Region = std::array<double, 4>;

struct CoordinateRule {
  ColumnNames lat;
  ColumnNames lon;
  ColumnNames lat_minutes, lat_seconds;  ///< of tables that have degrees, minutes and seconds in columns of their own
  ColumnNames lon_minutes, lon_seconds;
  bool before_geometry = false;  ///< the columns are right where the geometry is not
  std::optional<Region> region;  ///< where the things of this source are: settles signs and swapped axes
  std::string crs;               ///< of sources that forget to say it
};

struct TimeRule {
  std::vector<ColumnNames> columns;  ///< a date, or a date and a time of day, or year, month and day
  ColumnNames zone;                  ///< holds the time zone of texts without one
  ColumnNames year;                  ///< begins with a year that settles the century of two-digit ones
  DateOrder order = DateOrder::Unknown;
};

struct FieldRule {
  std::string field;  ///< ours
  ColumnNames columns;
  double factor = 1.0;  ///< ours = theirs x factor
  std::vector<double> unknown;
  std::map<std::string, std::string> words;             ///< their word (plain) -> our value
  std::string ending;                                   ///< the number stands before this: "% contained"
  std::vector<std::pair<double, std::string>> classes;  ///< lower bound -> our word, ascending
  std::optional<double> least;
  std::optional<double> most;
  bool is_quiet = false;  ///< words that are not in `words` are no surprise
};

struct Profile {
  std::string id;  ///< empty: made of guesses
  LayerTheme theme = LayerTheme::Custom;
  std::string title;
  std::string source;
  bool is_stated = false;  ///< the source publishes the fields; else assumed
  std::string note;
  MatchRule match;
  CoordinateRule coordinates;
  std::vector<ColumnNames> key;  ///< joined by '/'; "@time" and "@year" are the record's time
  ColumnNames name;
  std::vector<TimeRule> time;  ///< the first that gives an instant counts
  std::vector<TimeRule> until;
  ColumnNames valid_from;  ///< of versioned rows
  ColumnNames valid_to;
  std::vector<FieldRule> fields;  ///< several of one field: the first that knows a value counts
  bool comma_is_decimal = false;
};

/// Names by which columns are guessed where no profile fits (data/profiles/names.toml).
struct ColumnGuesses {
  ColumnNames lat, lon, geometry, time, date, clock, until, key, name;
  std::vector<FieldRule> fields;
};

struct ProfileSet {
  std::vector<Profile> profiles;  ///< by id
  ColumnGuesses guesses;
};

/// Reads a folder of profiles. \throws ProfileError
ProfileSet load_profiles(const std::filesystem::path& folder);

/// What profiles are compared with.
struct SourceShape {
  std::vector<std::string> columns;               ///< as written
  GeometryKind geometry = GeometryKind::Any;      ///< Any: mixed or not told
  bool has_short_names = false;                   ///< a shapefile: names are cut at 10 characters
  std::vector<std::vector<std::string>> samples;  ///< cells of the first records, by column
};

/// Finds columns by the names of a profile: in any case, with or without its prefixes, cut by a shapefile.
class ColumnFinder {
 public:
  ColumnFinder(const SourceShape& source, const std::vector<std::string>& prefixes);
  /// Position of the first of the names that is there.
  std::optional<std::size_t> find(const ColumnNames& names) const;
  std::optional<std::size_t> find(const std::string& name) const;

 private:
  std::vector<std::string> prefixes_;
  std::map<std::string, std::size_t> by_name_;
  bool has_short_names_;
};

/// How well a profile fits; nothing: it does not. A requirement met weighs 100, a column that it understands 1.
std::optional<int> fit_of(const Profile& profile, const SourceShape& source);

/// The profile that fits best, of a theme if one is given; ties go to the first id. Null: none fits.
const Profile* best_profile(const ProfileSet& set, const SourceShape& source, std::optional<LayerTheme> theme);

/// A profile of guesses for a file that no profile knows.
Profile guessed_profile(const ColumnGuesses& guesses, LayerTheme theme);

}  // namespace relevo::geo
