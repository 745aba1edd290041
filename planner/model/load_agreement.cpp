// SPDX-License-Identifier: MIT
#include "planner/model/load_agreement.hpp"

#include "planner/model/spelling.hpp"
#include "planner/model/text_file.hpp"

#include <algorithm>

namespace relevo::planner {

namespace {

std::optional<Party> parse_party(const std::string& word) {
  if (word == "anyone")
    return Party{Party::Scope::Anyone, {}};
  for (const auto& [prefix, scope] : {std::pair{"agency:", Party::Scope::Agency}, {"country:", Party::Scope::Country}})
    if (word.starts_with(prefix) && word.size() > std::string_view(prefix).size())
      return Party{scope, word.substr(std::string_view(prefix).size())};
  return std::nullopt;
}

EscortTerms::Role role_of(const std::string& word) {
  if (word == "lead")
    return EscortTerms::Role::Lead;
  return word == "interpreter" ? EscortTerms::Role::Interpreter : EscortTerms::Role::Representative;
}

/// Turns a checked document into an Agreement; what the schema cannot tell is reported here.
class AgreementReader {
 public:
  AgreementReader(const TomlSection& root, std::string shown_name, const KindCatalogue& kinds, Diagnostics& diagnostics)
      : root_(root),
        shown_name_(std::move(shown_name)),
        kinds_(kinds),
        diagnostics_(diagnostics),
        provenance_(root.text("id"), shown_name_, diagnostics) {}

  std::optional<Agreement> read() {
    read_head();
    read_parties();
    read_channel();
    read_kinds();
    read_tour();
    read_mobilization();
    for (const auto& section : root_.sections("escort"))
      read_escort(section);
    read_language();
    read_contingent();
    read_cost();
    read_precedence();
    read_recall();
    if (faults_)
      return std::nullopt;
    return std::move(agreement_);
  }

 private:
  void fault(std::size_t line, const std::string& key, std::string_view value, const char* rule,
             const std::string& suggestion = {}) {
    faults_ = true;
    diagnostics_.add(
        make_diagnostic_with_suggestion(Severity::Error, {shown_name_, line, key}, value, rule, suggestion));
  }

  void read_head() {
    agreement_.id = root_.text("id");
    agreement_.title = root_.text("title");
    agreement_.family = root_.has("family") ? root_.text("family") : agreement_.id;
    agreement_.edition = root_.text("edition");
    agreement_.instrument = root_.text("instrument");
    agreement_.file = shown_name_;
    const auto section = root_.section("in_force");
    agreement_.in_force = interval_of(section);
    agreement_.from = provenance_.of_section(section, "in_force");
  }

  DayInterval interval_of(const TomlSection& section) {
    DayInterval interval = kAlways;
    if (const auto first = section.day("from"))
      interval.first = *first;
    if (const auto last = section.day("to"))
      interval.last = *last + Days{1};
    if (interval.empty())
      fault(section.line(), "to", section.moment("to"), "agreement.days");
    return interval;
  }

  std::vector<Party> parties_of(const TomlSection& section, std::string_view key) {
    std::vector<Party> parties;
    for (const auto& word : section.texts(key)) {
      if (const auto party = parse_party(word))
        parties.push_back(*party);
      else
        fault(section.find(key)->line, "parties." + std::string(key), word, "agreement.party");
    }
    if (section.texts(key).empty())
      fault(section.line(), "parties." + std::string(key), "", "agreement.no_party");
    return parties;
  }

  void read_parties() {
    const auto section = root_.section("parties");
    agreement_.lenders = parties_of(section, "lenders");
    agreement_.borrowers = parties_of(section, "borrowers");
    agreement_.own_forces = section.boolean("own_forces").value_or(false);
    agreement_.reciprocal = section.boolean("reciprocal").value_or(false);
    provenance_.of_section(section, "parties");
  }

  void read_channel() {
    const auto section = root_.section("channel");
    if (!section.exists())
      return;
    agreement_.asking = section.text("asking");
    agreement_.answering = section.text("answering");
    agreement_.channel_from = provenance_.of_section(section, "channel");
  }

  void check_kind(const TomlSection& section, const std::string& key, const std::string& kind) {
    if (kinds_.find(kind))
      return;
    std::vector<std::string> known;
    for (const auto& entry : kinds_.kinds)
      known.push_back(entry.id);
    fault(section.line(), key, kind, "agreement.kind", closest_word(kind, known));
  }

  void read_kinds() {
    const auto section = root_.section("kinds");
    if (!section.exists())
      return;
    agreement_.kinds = section.texts("covered");
    agreement_.kinds_from = provenance_.of_section(section, "kinds");
    for (const auto& kind : agreement_.kinds)
      check_kind(section, "kinds.covered", kind);
  }

  void read_integer(const TomlSection& section, const char* key, const char* clause, Provision<int>& target) {
    if (const auto* value = provision_value(section, key))
      target.value = integer_of(*value).value_or(target.value);
    target.from = provenance_.of_key(section, key, clause);
  }

  void read_integer(const TomlSection& section, const char* key, const char* clause,
                    Provision<std::optional<int>>& target) {
    if (const auto* value = provision_value(section, key))
      target.value = integer_of(*value);
    target.from = provenance_.of_key(section, key, clause);
  }

  void read_boolean(const TomlSection& section, const char* key, const char* clause, Provision<bool>& target) {
    if (const auto* value = provision_value(section, key))
      if (const auto* said = std::get_if<bool>(&value->value))
        target.value = *said;
    target.from = provenance_.of_key(section, key, clause);
  }

  void read_tour() {
    const auto section = root_.section("tour");
    auto& tour = agreement_.tour;
    read_integer(section, "max_line_days", "tour", tour.max_line_days);
    read_integer(section, "days_off_in_place", "tour", tour.days_off_in_place);
    read_integer(section, "max_tours", "tour", tour.max_tours);
    read_integer(section, "min_line_days", "tour", tour.min_line_days);
    read_integer(section, "orientation_days", "tour", tour.orientation_days);
    read_integer(section, "extension_days", "tour", tour.extension_days);
    read_integer(section, "shadow_days", "tour", tour.shadow_days);
    read_integer(section, "max_moves", "tour", tour.max_moves);
    read_boolean(section, "move_between_borrowers", "tour", tour.move_between_borrowers);
    read_integer(section, "rest_days_home", "tour", tour.rest_days_home);
    read_integer(section, "max_deployment_days", "tour", tour.max_deployment_days);
    read_boolean(section, "travel_counts", "tour", tour.travel_counts);
  }

  void read_mobilization() {
    const auto section = root_.section("mobilization");
    auto& mobilization = agreement_.mobilization;
    read_integer(section, "notice_days", "mobilization", mobilization.notice_days);
    read_integer(section, "muster_days", "mobilization", mobilization.muster_days);
    read_integer(section, "no_travel_from", "mobilization", mobilization.no_travel_from);
    read_integer(section, "no_travel_until", "mobilization", mobilization.no_travel_until);
    if (mobilization.no_travel_from.value.has_value() != mobilization.no_travel_until.value.has_value())
      fault(section.line(), "mobilization.no_travel_from", "", "agreement.travel_hours");
    for (const auto& document : section.sections("document"))
      mobilization.documents.push_back({document.text("document"), document.texts("alternatives"),
                                        interval_of(document), provenance_.of_section(document, "documents")});
  }

  void read_escort(const TomlSection& section) {
    EscortTerms escort;
    escort.role = role_of(section.text("role"));
    escort.kind = section.text("kind");
    escort.threshold = section.integer("threshold").value_or(escort.threshold);
    escort.per_persons = section.integer("per_persons").value_or(escort.per_persons);
    escort.counts = section.text("counts") == "units" ? EscortTerms::Counts::Units : EscortTerms::Counts::Persons;
    escort.ahead_days = section.integer("ahead_days").value_or(0);
    escort.supply = section.text("supply") == "roster" ? EscortTerms::Supply::Roster : EscortTerms::Supply::Implicit;
    escort.from = provenance_.of_section(section, section.text("role"));
    if (!escort.kind.empty())
      check_kind(section, "escort.kind", escort.kind);
    else if (escort.supply == EscortTerms::Supply::Roster)
      fault(section.line(), "escort.kind", "", "agreement.escort_kind");
    agreement_.escorts.push_back(std::move(escort));
  }

  void read_language() {
    const auto section = root_.section("language");
    if (!section.exists())
      return;
    agreement_.language.working = section.texts("working");
    std::ranges::sort(agreement_.language.working);
    agreement_.language.from = provenance_.of_section(section, "language");
  }

  void read_contingent() {
    const auto section = root_.section("contingent");
    if (section.exists())
      read_integer(section, "min_persons", "contingent", agreement_.contingent.min_persons);
  }

  void read_cost() {
    const auto section = root_.section("cost");
    for (const char* item : {"wages", "travel", "lodging"}) {
      const auto* value = provision_value(section, item);
      if (value == nullptr)
        continue;
      const auto* word = std::get_if<std::string>(&value->value);
      const auto payer = word != nullptr && *word == "lender" ? Payer::Lender : Payer::Borrower;
      agreement_.cost.payer[item] = {payer, provenance_.of_key(section, item, "cost")};
    }
  }

  void read_precedence() {
    const auto section = root_.section("precedence");
    agreement_.precedence.tier = section.integer("tier").value_or(3);
    agreement_.precedence.from = provenance_.of_section(section, "precedence");
  }

  void read_recall() {
    const auto section = root_.section("recall");
    if (section.exists())
      read_integer(section, "notice_hours", "recall", agreement_.recall_notice_hours);
  }

  const TomlSection root_;
  std::string shown_name_;
  const KindCatalogue& kinds_;
  Diagnostics& diagnostics_;
  ProvenanceReader provenance_;
  Agreement agreement_;
  bool faults_ = false;
};

KeySpec days(std::string_view name, double least, double most) {
  return {.name = name, .type = KeyType::Integer, .provision = true, .least = least, .most = most};
}

KeySpec payer(std::string_view name) {
  return {.name = name, .provision = true, .words = {"lender", "borrower"}};
}

std::vector<KeySpec> make_schema() {
  const std::vector<KeySpec> interval{{.name = "from", .type = KeyType::Date}, {.name = "to", .type = KeyType::Date}};
  auto document = interval;
  document.push_back({.name = "document", .required = true});
  document.push_back({.name = "alternatives", .type = KeyType::Texts});
  const auto section = [](std::string_view name, bool required, std::vector<KeySpec> keys) {
    return KeySpec{
        .name = name, .type = KeyType::Section, .required = required, .keys = with_provenance_keys(std::move(keys))};
  };
  return {
      {.name = "id", .required = true},
      {.name = "title", .required = true},
      {.name = "family"},
      {.name = "edition", .required = true},
      {.name = "instrument", .required = true},
      section("in_force", true, interval),
      section("parties", true,
              {{.name = "lenders", .type = KeyType::Texts, .required = true},
               {.name = "borrowers", .type = KeyType::Texts, .required = true},
               {.name = "own_forces", .type = KeyType::Boolean},
               {.name = "reciprocal", .type = KeyType::Boolean}}),
      section("channel", false, {{.name = "asking"}, {.name = "answering"}}),
      section("kinds", false, {{.name = "covered", .type = KeyType::Texts, .required = true}}),
      section("tour", true,
              {days("max_line_days", 1, 365),
               days("days_off_in_place", 0, 60),
               days("max_tours", 1, 10),
               days("min_line_days", 1, 365),
               days("orientation_days", 0, 60),
               days("extension_days", 0, 60),
               days("shadow_days", 0, 1),
               days("max_moves", 0, 10),
               {.name = "move_between_borrowers", .type = KeyType::Boolean, .provision = true},
               days("rest_days_home", 0, 365),
               days("max_deployment_days", 1, 365),
               {.name = "travel_counts", .type = KeyType::Boolean, .provision = true}}),
      section("mobilization", true,
              {days("notice_days", 0, 365),
               days("muster_days", 0, 365),
               days("no_travel_from", 0, 24),
               days("no_travel_until", 0, 24),
               {.name = "document", .type = KeyType::Sections, .keys = with_provenance_keys(document)}}),
      {.name = "escort",
       .type = KeyType::Sections,
       .keys = with_provenance_keys(
           {{.name = "role", .required = true, .words = {"representative", "lead", "interpreter"}},
            {.name = "kind"},
            {.name = "threshold", .type = KeyType::Integer, .least = 0, .most = 100000},
            {.name = "per_persons", .type = KeyType::Integer, .required = true, .least = 1, .most = 100000},
            {.name = "counts", .words = {"persons", "units"}},
            {.name = "ahead_days", .type = KeyType::Integer, .least = 0, .most = 14},
            {.name = "supply", .required = true, .words = {"roster", "implicit"}}})},
      section("language", false, {{.name = "working", .type = KeyType::Texts, .required = true}}),
      section("contingent", false, {days("min_persons", 0, 100000)}),
      section("cost", true, {payer("wages"), payer("travel"), payer("lodging")}),
      section("precedence", true,
              {{.name = "tier", .type = KeyType::Integer, .required = true, .least = 0, .most = 3}}),
      section("recall", false, {days("notice_hours", 0, 10000)}),
  };
}

}  // namespace

const std::vector<KeySpec>& agreement_schema() {
  static const std::vector<KeySpec> kSchema = make_schema();
  return kSchema;
}

std::optional<Agreement> read_agreement(std::string_view toml, const std::string& shown_name,
                                        const KindCatalogue& kinds, Diagnostics& diagnostics,
                                        const std::function<void(TomlValue&)>& edit) {
  Diagnostics found;
  std::optional<Agreement> agreement;
  if (auto document = parse_toml(toml, shown_name, found)) {
    if (edit)
      edit(*document);
    const auto root = section_of(*document);
    if (check_section(root, agreement_schema(), shown_name, found))
      agreement = AgreementReader(root, shown_name, kinds, found).read();
  }
  if (found.has_errors())
    agreement.reset();
  for (const auto& diagnostic : found.all())
    diagnostics.add(diagnostic);
  return agreement;
}

std::vector<Agreement> read_agreements_folder(const std::filesystem::path& folder, const KindCatalogue& kinds,
                                              Diagnostics& diagnostics) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().extension() == ".toml")
      files.push_back(entry.path());
  std::ranges::sort(files);
  std::vector<Agreement> agreements;
  for (const auto& file : files) {
    const auto shown_name = "agreements/" + file.filename().string();
    if (const auto text = read_text_file(file, shown_name, diagnostics))
      if (auto agreement = read_agreement(*text, shown_name, kinds, diagnostics))
        agreements.push_back(std::move(*agreement));
  }
  return agreements;
}

}  // namespace relevo::planner
