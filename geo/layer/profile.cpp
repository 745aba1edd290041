// SPDX-License-Identifier: MIT
#include "geo/layer/profile.hpp"

#include "geo/layer/theme_fields.hpp"
#include "geo/layer/value_text.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <set>
#include <system_error>

namespace relevo::geo {

namespace {

using Words = std::map<std::string, std::string>;
using WordLists = std::map<std::string, Words, std::less<>>;

/// Reads one TOML table, and refuses keys that it was not asked for.
class TableReader {
 public:
  TableReader(const toml::table& table, std::string file) : table_(table), file_(std::move(file)) {}

  [[noreturn]] void refuse(const std::string& reason) const { throw ProfileError(file_, reason); }
  const std::string& file() const noexcept { return file_; }

  const toml::node* node(std::string_view key) {
    asked_.emplace(key);
    return table_.get(key);
  }

  std::string text(std::string_view key) {
    const auto* found = node(key);
    if (found == nullptr)
      return {};
    const auto value = found->value<std::string>();
    if (!value)
      refuse("'" + std::string(key) + "' must be a text");
    return *value;
  }

  std::optional<double> number(std::string_view key) {
    const auto* found = node(key);
    if (found == nullptr)
      return std::nullopt;
    const auto value = found->value<double>();
    if (!value)
      refuse("'" + std::string(key) + "' must be a number");
    return value;
  }

  bool flag(std::string_view key) {
    const auto* found = node(key);
    if (found == nullptr)
      return false;
    const auto value = found->value_exact<bool>();
    if (!value)
      refuse("'" + std::string(key) + "' must be true or false");
    return *value;
  }

  std::vector<double> numbers(std::string_view key) {
    std::vector<double> list;
    for (const auto& element : array(key)) {
      const auto value = element.value<double>();
      if (!value)
        refuse("'" + std::string(key) + "' must be a list of numbers");
      list.push_back(*value);
    }
    return list;
  }

  std::vector<std::string> texts(std::string_view key) {
    std::vector<std::string> list;
    for (const auto& element : array(key)) {
      const auto value = element.value<std::string>();
      if (!value)
        refuse("'" + std::string(key) + "' must be a list of texts");
      list.push_back(*value);
    }
    return list;
  }

  /// Plain column names; "@..." stays as written.
  ColumnNames names(std::string_view key) { return plain(texts(key)); }

  /// A list of alternatives: "lat|latitude".
  std::vector<ColumnNames> alternatives(std::string_view key) {
    std::vector<ColumnNames> list;
    for (const auto& element : texts(key)) {
      std::vector<std::string> parts;
      for (std::size_t from = 0; from <= element.size();) {
        const std::size_t bar = std::min(element.find('|', from), element.size());
        parts.push_back(element.substr(from, bar - from));
        from = bar + 1;
      }
      list.push_back(plain(parts));
    }
    return list;
  }

  const toml::array& array(std::string_view key) {
    static const toml::array kNone;
    const auto* found = node(key);
    if (found == nullptr)
      return kNone;
    if (!found->is_array())
      refuse("'" + std::string(key) + "' must be a list");
    return *found->as_array();
  }

  /// An empty reader where the key is missing.
  TableReader table(std::string_view key) {
    static const toml::table kNone;
    const auto* found = node(key);
    if (found == nullptr)
      return {kNone, file_};
    if (!found->is_table())
      refuse("'" + std::string(key) + "' must be a table");
    return {*found->as_table(), file_};
  }

  std::vector<TableReader> tables(std::string_view key) {
    std::vector<TableReader> list;
    for (const auto& element : array(key)) {
      if (!element.is_table())
        refuse("'" + std::string(key) + "' must be a list of tables");
      list.emplace_back(*element.as_table(), file_);
    }
    return list;
  }

  const toml::table& raw() const noexcept { return table_; }

  void finish() const {
    for (const auto& [key, value] : table_) {
      if (!asked_.contains(std::string(key.str())))
        refuse("the key '" + std::string(key.str()) + "' is not known here");
    }
  }

 private:
  static ColumnNames plain(const std::vector<std::string>& list) {
    ColumnNames names;
    for (const auto& name : list)
      names.push_back(name.starts_with('@') ? name : plain_word(name));
    return names;
  }

  const toml::table& table_;
  std::string file_;
  std::set<std::string, std::less<>> asked_;
};

toml::table parse_file(const std::filesystem::path& path) {
  try {
    return toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    throw ProfileError(path.filename().string(), std::string(error.description()));
  }
}

Words words_of(const toml::table& table, const TableReader& reader) {
  Words words;
  for (const auto& [key, value] : table) {
    const auto text = value.value<std::string>();
    const auto number = value.value<std::int64_t>();
    if (!text && !number)
      reader.refuse("the meaning of '" + std::string(key.str()) + "' must be a text or a whole number");
    words.emplace(plain_word(key.str()), text ? *text : std::to_string(*number));
  }
  return words;
}

WordLists read_word_lists(const std::filesystem::path& path) {
  WordLists lists;
  const auto table = parse_file(path);
  const TableReader reader(table, path.filename().string());
  for (const auto& [key, value] : table) {
    if (!value.is_table())
      reader.refuse("'" + std::string(key.str()) + "' must be a table of words");
    lists.emplace(std::string(key.str()), words_of(*value.as_table(), reader));
  }
  return lists;
}

DateOrder date_order_of(TableReader& reader) {
  const std::string word = reader.text("order");
  if (word == "dmy")
    return DateOrder::DayMonthYear;
  if (word == "mdy")
    return DateOrder::MonthDayYear;
  if (!word.empty())
    reader.refuse("'order' is dmy or mdy");
  return DateOrder::Unknown;
}

std::vector<TimeRule> read_times(TableReader& profile, std::string_view key) {
  std::vector<TimeRule> rules;
  for (auto& reader : profile.tables(key)) {
    TimeRule rule;
    rule.columns = reader.alternatives("columns");
    rule.zone = reader.names("zone");
    rule.year = reader.names("year");
    rule.order = date_order_of(reader);
    if (rule.columns.empty() || rule.columns.size() > 3)
      reader.refuse("a time has one to three columns");
    reader.finish();
    rules.push_back(std::move(rule));
  }
  return rules;
}

Words read_words(TableReader& reader, const WordLists& lists) {
  const auto* node = reader.node("words");
  if (node == nullptr)
    return {};
  if (const auto name = node->value<std::string>()) {
    const auto it = lists.find(*name);
    if (it == lists.end())
      reader.refuse("words.toml has no list '" + *name + "'");
    return it->second;
  }
  if (!node->is_table())
    reader.refuse("'words' must be a table or the name of a list in words.toml");
  return words_of(*node->as_table(), reader);
}

std::vector<std::pair<double, std::string>> read_classes(TableReader& reader) {
  std::vector<std::pair<double, std::string>> classes;
  for (const auto& element : reader.array("classes")) {
    const auto* pair = element.as_array();
    const auto bound = pair != nullptr && pair->size() == 2 ? pair->get(0)->value<double>() : std::nullopt;
    const auto word = pair != nullptr && pair->size() == 2 ? pair->get(1)->value<std::string>() : std::nullopt;
    if (!bound || !word || (!classes.empty() && classes.back().first >= *bound))
      reader.refuse("'classes' must be pairs of a lower bound and a word, in ascending order");
    classes.emplace_back(*bound, *word);
  }
  return classes;
}

FieldRule read_field(TableReader& reader, const WordLists& lists) {
  FieldRule rule;
  rule.field = reader.text("name");
  rule.columns = reader.names("columns");
  rule.factor = reader.number("factor").value_or(1.0);
  rule.unknown = reader.numbers("unknown");
  rule.words = read_words(reader, lists);
  rule.ending = plain_word(reader.text("ending"));
  rule.classes = read_classes(reader);
  rule.least = reader.number("least");
  rule.most = reader.number("most");
  rule.is_quiet = reader.flag("quiet");
  if (rule.field.empty() || rule.columns.empty())
    reader.refuse("a field needs 'name' and 'columns'");
  reader.finish();
  return rule;
}

void check_fields(const Profile& profile, const TableReader& reader) {
  const auto known = fields_of(profile.theme);
  for (const auto& rule : profile.fields) {
    const bool is_known =
        std::any_of(known.begin(), known.end(), [&](const ThemeField& field) { return field.name == rule.field; });
    if (!is_known)
      reader.refuse("the theme " + std::string(word_of(profile.theme)) + " has no field '" + rule.field + "'");
  }
}

GeometryKind geometry_kind_of(TableReader& reader) {
  const std::string word = reader.text("geometry");
  if (word.empty() || word == "any")
    return GeometryKind::Any;
  if (word == "point")
    return GeometryKind::Point;
  if (word == "line")
    return GeometryKind::Line;
  if (word == "polygon")
    return GeometryKind::Polygon;
  reader.refuse("'geometry' is any, point, line or polygon");
}

MatchRule read_match(TableReader reader) {
  MatchRule match;
  match.prefixes = reader.names("prefixes");
  match.all = reader.alternatives("all");
  match.any = reader.names("any");
  match.none = reader.names("none");
  match.geometry = geometry_kind_of(reader);
  TableReader having = reader.table("having");
  for (const auto& [key, value] : having.raw()) {
    std::vector<std::string> words;
    for (const auto& word : having.texts(key.str()))
      words.push_back(plain_word(word));
    ColumnNames names;
    std::string_view rest = key.str();
    for (std::size_t bar = rest.find('|'); bar != std::string_view::npos; bar = rest.find('|')) {
      names.push_back(plain_word(rest.substr(0, bar)));
      rest.remove_prefix(bar + 1);
    }
    names.push_back(plain_word(rest));
    match.having.emplace_back(std::move(names), std::move(words));
  }
  if (match.all.empty())
    reader.refuse("[match] needs 'all': the columns that tell this source from others");
  reader.finish();
  return match;
}

CoordinateRule read_coordinates(TableReader reader) {
  CoordinateRule rule;
  rule.lat = reader.names("lat");
  rule.lon = reader.names("lon");
  rule.lat_minutes = reader.names("lat_minutes");
  rule.lat_seconds = reader.names("lat_seconds");
  rule.lon_minutes = reader.names("lon_minutes");
  rule.lon_seconds = reader.names("lon_seconds");
  rule.before_geometry = reader.flag("before_geometry");
  rule.crs = reader.text("crs");
  const auto bounds = reader.numbers("region");
  if (!bounds.empty() && bounds.size() != 4)
    reader.refuse("'region' is [west, south, east, north]");
  if (!bounds.empty())
    rule.region = Region{bounds[0], bounds[1], bounds[2], bounds[3]};
  if (rule.lat.empty() != rule.lon.empty())
    reader.refuse("[coordinates] needs both 'lat' and 'lon'");
  reader.finish();
  return rule;
}

Profile read_profile(const std::filesystem::path& path, const WordLists& lists) {
  const auto table = parse_file(path);
  TableReader reader(table, path.filename().string());
  Profile profile;
  profile.id = reader.text("id");
  const auto theme = theme_of(reader.text("theme"));
  if (profile.id.empty() || !theme)
    reader.refuse("'id' and a 'theme' that is known are needed");
  profile.theme = *theme;
  profile.title = reader.text("title");
  profile.source = reader.text("source");
  const std::string status = reader.text("status");
  if (status != "stated" && status != "assumed")
    reader.refuse("'status' is stated or assumed");
  profile.is_stated = status == "stated";
  profile.note = reader.text("note");
  profile.comma_is_decimal = reader.flag("decimal_comma");
  profile.key = reader.alternatives("key");
  profile.name = reader.names("label");
  profile.match = read_match(reader.table("match"));
  profile.coordinates = read_coordinates(reader.table("coordinates"));
  profile.time = read_times(reader, "time");
  profile.until = read_times(reader, "until");
  TableReader versions = reader.table("versions");
  profile.valid_from = versions.names("from");
  profile.valid_to = versions.names("to");
  versions.finish();
  for (auto& field : reader.tables("field"))
    profile.fields.push_back(read_field(field, lists));
  check_fields(profile, reader);
  reader.finish();
  return profile;
}

ColumnGuesses read_guesses(const std::filesystem::path& path, const WordLists& lists) {
  const auto table = parse_file(path);
  TableReader reader(table, path.filename().string());
  ColumnGuesses guesses;
  guesses.lat = reader.names("lat");
  guesses.lon = reader.names("lon");
  guesses.geometry = reader.names("geometry");
  guesses.time = reader.names("time");
  guesses.date = reader.names("date");
  guesses.clock = reader.names("clock");
  guesses.until = reader.names("until");
  guesses.key = reader.names("key");
  guesses.name = reader.names("label");
  for (auto& field : reader.tables("field"))
    guesses.fields.push_back(read_field(field, lists));
  reader.finish();
  return guesses;
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const auto name = entry.path().filename();
    if (name.extension() == ".toml" && name != "words.toml" && name != "names.toml")
      files.push_back(entry.path());
  }
  if (error)
    throw ProfileError(folder.string(), "this folder of profiles cannot be read");
  std::sort(files.begin(), files.end());
  return files;
}

bool has_word(const SourceShape& source, std::size_t column, const std::vector<std::string>& words) {
  return std::any_of(source.samples.begin(), source.samples.end(), [&](const std::vector<std::string>& cells) {
    const std::string cell = column < cells.size() ? plain_word(cells[column]) : std::string();
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return cell.find(word) != std::string::npos; });
  });
}

bool fits_geometry(const Profile& profile, const SourceShape& source, const ColumnFinder& columns) {
  const bool has_coordinates =
      columns.find(profile.coordinates.lat).has_value() && columns.find(profile.coordinates.lon).has_value();
  if (source.geometry == GeometryKind::None)
    return has_coordinates;
  return profile.match.geometry == GeometryKind::Any || source.geometry == GeometryKind::Any ||
         source.geometry == profile.match.geometry;
}

/// The columns that a profile understands beyond those it requires.
int understood(const Profile& profile, const ColumnFinder& columns) {
  std::set<std::size_t> found;
  const auto add = [&](const ColumnNames& names) {
    if (const auto column = columns.find(names))
      found.insert(*column);
  };
  for (const auto& rule : profile.fields)
    add(rule.columns);
  for (const auto& names : profile.key)
    add(names);
  for (const auto& rule : profile.time) {
    for (const auto& names : rule.columns)
      add(names);
  }
  add(profile.name);
  return static_cast<int>(found.size());
}

}  // namespace

ColumnFinder::ColumnFinder(const SourceShape& source, const std::vector<std::string>& prefixes)
    : prefixes_(prefixes), has_short_names_(source.has_short_names) {
  prefixes_.insert(prefixes_.begin(), std::string());
  for (std::size_t i = 0; i < source.columns.size(); ++i)
    by_name_.emplace(source.columns[i].starts_with('@') ? source.columns[i] : plain_word(source.columns[i]), i);
}

std::optional<std::size_t> ColumnFinder::find(const std::string& name) const {
  constexpr std::size_t kShapefileName = 10;
  for (const auto& prefix : prefixes_) {
    const std::string whole = prefix.empty() ? name : std::string(prefix).append("_").append(name);
    auto it = by_name_.find(whole);
    if (it == by_name_.end() && has_short_names_ && whole.size() > kShapefileName) {
      std::string cut = whole.substr(0, kShapefileName);
      if (cut.ends_with('_'))
        cut.pop_back();
      it = by_name_.find(cut);
    }
    if (it != by_name_.end())
      return it->second;
  }
  return std::nullopt;
}

std::optional<std::size_t> ColumnFinder::find(const ColumnNames& names) const {
  for (const auto& name : names) {
    if (const auto column = find(name))
      return column;
  }
  return std::nullopt;
}

ProfileSet load_profiles(const std::filesystem::path& folder) {
  ProfileSet set;
  const auto lists = read_word_lists(folder / "words.toml");
  set.guesses = read_guesses(folder / "names.toml", lists);
  for (const auto& file : files_of(folder))
    set.profiles.push_back(read_profile(file, lists));
  std::sort(set.profiles.begin(), set.profiles.end(), [](const Profile& a, const Profile& b) { return a.id < b.id; });
  for (std::size_t i = 1; i < set.profiles.size(); ++i) {
    if (set.profiles[i].id == set.profiles[i - 1].id)
      throw ProfileError(folder.string(), "two profiles are called '" + set.profiles[i].id + "'");
  }
  return set;
}

std::optional<int> fit_of(const Profile& profile, const SourceShape& source) {
  constexpr int kRequirement = 100;
  const MatchRule& match = profile.match;
  const ColumnFinder columns(source, match.prefixes);
  const auto is_there = [&columns](const ColumnNames& names) { return columns.find(names).has_value(); };
  if (!std::all_of(match.all.begin(), match.all.end(), is_there) || !fits_geometry(profile, source, columns))
    return std::nullopt;
  if ((!match.any.empty() && !is_there(match.any)) || is_there(match.none))
    return std::nullopt;
  int fit = kRequirement * static_cast<int>(match.all.size() + (match.any.empty() ? 0 : 1) + match.having.size());
  for (const auto& [names, words] : match.having) {
    const auto column = columns.find(names);
    if (!column || !has_word(source, *column, words))
      return std::nullopt;
  }
  return fit + understood(profile, columns);
}

const Profile* best_profile(const ProfileSet& set, const SourceShape& source, std::optional<LayerTheme> theme) {
  const Profile* best = nullptr;
  int best_fit = 0;
  for (const Profile& profile : set.profiles) {
    if (theme && profile.theme != *theme)
      continue;
    const auto fit = fit_of(profile, source);
    if (fit && (best == nullptr || *fit > best_fit)) {
      best = &profile;
      best_fit = *fit;
    }
  }
  return best;
}

Profile guessed_profile(const ColumnGuesses& guesses, LayerTheme theme) {
  Profile profile;
  profile.theme = theme;
  profile.coordinates.lat = guesses.lat;
  profile.coordinates.lon = guesses.lon;
  profile.key = {guesses.key};
  profile.name = guesses.name;
  profile.time.push_back({{guesses.date, guesses.clock}, {}, {}, DateOrder::Unknown});
  profile.time.push_back({{guesses.time}, {}, {}, DateOrder::Unknown});
  profile.time.push_back({{guesses.date}, {}, {}, DateOrder::Unknown});
  profile.until.push_back({{guesses.until}, {}, {}, DateOrder::Unknown});
  for (const auto& field : fields_of(theme)) {
    for (const auto& rule : guesses.fields) {
      if (rule.field == field.name)
        profile.fields.push_back(rule);
    }
  }
  return profile;
}

}  // namespace relevo::geo
