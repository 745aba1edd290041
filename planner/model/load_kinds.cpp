// SPDX-License-Identifier: MIT
#include "planner/model/load_kinds.hpp"

#include <set>

namespace relevo::planner {

namespace {

std::map<std::string, std::string> names_of(const TomlSection& section) {
  const auto names = section.section("names");
  std::map<std::string, std::string> all;
  for (const auto& language : names.keys())
    all[language] = names.text(language);
  return all;
}

Provenance provenance_of(const TomlSection& section) {
  return {.clause = {},
          .source = section.text("source"),
          .standing = section.text("status") == "stated" ? Standing::Stated : Standing::Assumed,
          .note = section.text("note")};
}

Category category_of(const std::string& word) {
  if (word == "overhead")
    return Category::Overhead;
  if (word == "equipment")
    return Category::Equipment;
  if (word == "aircraft")
    return Category::Aircraft;
  if (word == "team")
    return Category::Team;
  return Category::Personnel;
}

Mobility mobility_of(const std::string& word) {
  if (word == "drives")
    return Mobility::Drives;
  if (word == "flies")
    return Mobility::Flies;
  if (word == "freight")
    return Mobility::Freight;
  return Mobility::Passengers;
}

/// "any" and a missing word face everything; "none" faces no fire.
std::optional<FireBehaviour> faced_by(const std::string& word) {
  if (word == "none")
    return std::nullopt;
  if (word == "high")
    return FireBehaviour::High;
  if (word == "moderate")
    return FireBehaviour::Moderate;
  return word == "low" ? FireBehaviour::Low : FireBehaviour::Extreme;
}

KindType make_type(const TomlSection& section) {
  return {.id = section.text("id"),
          .rank = section.integer("rank").value_or(1),
          .persons = section.integer("persons").value_or(0),
          .faces = faced_by(section.text("fire_behaviour")),
          .names = names_of(section)};
}

Kind make_kind(const TomlSection& section) {
  Kind kind;
  kind.id = section.text("id");
  kind.category = category_of(section.text("category"));
  kind.mobility = mobility_of(section.text("mobility"));
  kind.crewed = section.boolean("crewed").value_or(true);
  kind.relieved = kind.crewed && section.text("crew") == "relieved";
  kind.cruise_kmh = section.number("cruise_kmh");
  kind.range_km = section.number("range_km");
  kind.runway_m = section.integer("runway_m");
  kind.refurbish_days = section.integer("refurbish_days").value_or(0);
  kind.names = names_of(section);
  kind.from = provenance_of(section);
  for (const auto& type : section.sections("type"))
    kind.types.push_back(make_type(type));
  return kind;
}

KindAlias make_alias(const TomlSection& section) {
  return {.id = section.text("id"),
          .kind = section.text("kind"),
          .type = section.text("type"),
          .system = section.text("system")};
}

/// What the schema cannot tell: ids used twice, aliases that lead nowhere.
class CatalogueChecker {
 public:
  CatalogueChecker(const std::string& shown_name, Diagnostics& diagnostics)
      : shown_name_(shown_name), diagnostics_(diagnostics) {}

  void check_kind(const Kind& kind, std::size_t line) {
    check_new(kind.id, line);
    std::set<std::string> types;
    for (const auto& type : kind.types)
      if (!types.insert(type.id).second)
        fault(line, "type.id", type.id, "kinds.duplicate");
    if (kind.mobility == Mobility::Flies && !(kind.cruise_kmh && kind.range_km))
      fault(line, "mobility", kind.id, "kinds.flight");
  }

  void check_alias(const KindAlias& alias, std::size_t line, const KindCatalogue& catalogue) {
    check_new(alias.id, line);
    const auto kind = catalogue.find(alias.kind);
    if (!kind)
      fault(line, "alias.kind", alias.kind, "kinds.alias_kind");
    else if (!alias.type.empty() && catalogue.kinds[*kind].find_type(alias.type) == nullptr)
      fault(line, "alias.type", alias.type, "kinds.alias_type", {{"kind", alias.kind}});
  }

  bool found_faults() const noexcept { return faults_; }

 private:
  void check_new(const std::string& id, std::size_t line) {
    if (!ids_.insert(id).second)
      fault(line, "id", id, "kinds.duplicate");
  }

  void fault(std::size_t line, const char* key, const std::string& value, const char* rule, MessageArgs args = {}) {
    faults_ = true;
    diagnostics_.add(make_diagnostic(Severity::Error, {shown_name_, line, key}, value, rule, std::move(args)));
  }

  const std::string& shown_name_;
  Diagnostics& diagnostics_;
  std::set<std::string> ids_;
  bool faults_ = false;
};

}  // namespace

const std::vector<KeySpec>& kinds_schema() {
  static const std::vector<KeySpec> kEquivalent{{.name = "system", .required = true},
                                                {.name = "term", .required = true}};
  static const std::vector<KeySpec> kType = with_provenance_keys({
      {.name = "id", .required = true},
      {.name = "rank", .type = KeyType::Integer, .required = true, .least = 1, .most = 99},
      {.name = "persons", .type = KeyType::Integer, .least = 0, .most = 10000},
      {.name = "persons_min", .type = KeyType::Integer, .least = 0, .most = 10000},
      {.name = "persons_max", .type = KeyType::Integer, .least = 0, .most = 10000},
      {.name = "fire_behaviour", .words = {"any", "high", "moderate", "low", "none"}},
      {.name = "names", .type = KeyType::NamedTexts},
      {.name = "equivalents", .type = KeyType::Sections, .keys = kEquivalent},
  });
  static const std::vector<KeySpec> kKind = with_provenance_keys({
      {.name = "id", .required = true},
      {.name = "category", .required = true, .words = {"personnel", "overhead", "equipment", "aircraft", "team"}},
      {.name = "mobility", .required = true, .words = {"passengers", "drives", "flies", "freight"}},
      {.name = "crewed", .type = KeyType::Boolean},
      {.name = "crew", .words = {"stays", "relieved"}},
      {.name = "cruise_kmh", .type = KeyType::Number, .least = 1, .most = 2000},
      {.name = "range_km", .type = KeyType::Number, .least = 1, .most = 20000},
      {.name = "runway_m", .type = KeyType::Integer, .least = 0, .most = 6000},
      {.name = "refurbish_days", .type = KeyType::Integer, .least = 0, .most = 365},
      {.name = "names", .type = KeyType::NamedTexts, .required = true},
      {.name = "type", .type = KeyType::Sections, .keys = kType},
  });
  static const std::vector<KeySpec> kAlias = with_provenance_keys({
      {.name = "id", .required = true},
      {.name = "kind", .required = true},
      {.name = "type"},
      {.name = "system"},
  });
  static const std::vector<KeySpec> kSchema{
      {.name = "kind", .type = KeyType::Sections, .required = true, .keys = kKind},
      {.name = "alias", .type = KeyType::Sections, .keys = kAlias},
  };
  return kSchema;
}

KindCatalogue read_kinds(std::string_view toml, const std::string& shown_name, Diagnostics& diagnostics) {
  const auto document = parse_toml(toml, shown_name, diagnostics);
  if (!document)
    return {};
  const auto root = section_of(*document);
  if (!check_section(root, kinds_schema(), shown_name, diagnostics))
    return {};
  KindCatalogue catalogue;
  CatalogueChecker checker(shown_name, diagnostics);
  for (const auto& section : root.sections("kind")) {
    catalogue.kinds.push(make_kind(section));
    checker.check_kind(catalogue.kinds.back(), section.line());
  }
  for (const auto& section : root.sections("alias")) {
    catalogue.aliases.push_back(make_alias(section));
    checker.check_alias(catalogue.aliases.back(), section.line(), catalogue);
  }
  return checker.found_faults() ? KindCatalogue{} : catalogue;
}

}  // namespace relevo::planner
