// SPDX-License-Identifier: MIT
#include "planner/model/load_policy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace relevo::planner {

namespace {

using Setter = std::function<void(Policy&, const TomlValue&, const Provenance&)>;

/// One key of the policy: its schema and where its value goes.
struct PolicyKey {
  KeySpec spec;
  Setter set;
  bool money = false;  ///< an amount in the policy's currency
};

/// `member` is a lambda that gives the Provision to fill, for example [](Policy& p) -> auto& { return p.firm_hours; }.
template <class Member>
Setter number_into(Member member) {
  return [member](Policy& policy, const TomlValue& value, const Provenance& from) {
    member(policy).value = number_of(value).value_or(0.0);
    member(policy).from = from;
  };
}

template <class Member>
Setter integer_into(Member member) {
  return [member](Policy& policy, const TomlValue& value, const Provenance& from) {
    member(policy).value = integer_of(value).value_or(0);
    member(policy).from = from;
  };
}

template <class Member>
Setter numbers_into(Member member) {
  return [member](Policy& policy, const TomlValue& value, const Provenance& from) {
    const auto numbers = numbers_of(value);
    auto& target = member(policy);
    for (std::size_t i = 0; i < std::min(target.size(), numbers.size()); ++i)
      target[i] = {numbers[i], from};
  };
}

PolicyKey number_key(std::string_view name, double least, Setter set, bool money = false) {
  return {
      {.name = name, .type = KeyType::Number, .provision = true, .least = least, .most = 1e9}, std::move(set), money};
}

PolicyKey integer_key(std::string_view name, double least, double most, Setter set) {
  return {{.name = name, .type = KeyType::Integer, .provision = true, .least = least, .most = most}, std::move(set)};
}

PolicyKey numbers_key(std::string_view name, std::size_t size, double most, Setter set) {
  return {{.name = name, .type = KeyType::Numbers, .provision = true, .least = 0, .most = most, .size = size},
          std::move(set)};
}

const std::vector<PolicyKey>& main_keys() {
  static const std::vector<PolicyKey> kKeys{
      numbers_key("unmet_points", 5, 1e9, numbers_into([](Policy & p) -> auto& { return p.unmet_points; })),
      integer_key("people_per_unit", 1, 1000, integer_into([](Policy & p) -> auto& { return p.people_per_unit; })),
      number_key("points_per_money", 0, number_into([](Policy & p) -> auto& { return p.points_per_money; }), true),
      numbers_key("tier_points", 4, 1e9, numbers_into([](Policy & p) -> auto& { return p.tier_points; })),
      number_key("handover_points", 0, number_into([](Policy & p) -> auto& { return p.handover_points; })),
      number_key("extension_points", 0, number_into([](Policy & p) -> auto& { return p.extension_points; })),
      number_key("movement_points", 0, number_into([](Policy & p) -> auto& { return p.movement_points; })),
      number_key("changed_firm_points", 0, number_into([](Policy & p) -> auto& { return p.changed_firm_points; })),
      number_key("changed_outlook_points", 0,
                 number_into([](Policy & p) -> auto& { return p.changed_outlook_points; })),
      number_key("changed_return_points", 0, number_into([](Policy & p) -> auto& { return p.changed_return_points; })),
      numbers_key("exportable_share", 5, 1, numbers_into([](Policy & p) -> auto& { return p.exportable_share; })),
      integer_key("default_preparedness_level", 1, 5,
                  integer_into([](Policy & p) -> auto& { return p.default_preparedness_level; })),
      number_key("person_daily_cost", 0, number_into([](Policy & p) -> auto& { return p.person_daily_cost; }), true),
      number_key("lodging_per_person_day", 0, number_into([](Policy & p) -> auto& { return p.lodging_per_person_day; }),
                 true),
      number_key("air_cost_per_passenger_km", 0,
                 number_into([](Policy & p) -> auto& { return p.air_cost_per_passenger_km; }), true),
      number_key("ground_cost_per_person_km", 0,
                 number_into([](Policy & p) -> auto& { return p.ground_cost_per_person_km; }), true),
      number_key("escort_daily_cost", 0, number_into([](Policy & p) -> auto& { return p.escort_daily_cost; }), true),
      integer_key("firm_hours", 0, 10000, integer_into([](Policy & p) -> auto& { return p.firm_hours; })),
  };
  return kKeys;
}

const std::vector<PolicyKey>& travel_keys() {
  static const std::vector<PolicyKey> kKeys{
      number_key("ground_kmh", 1, number_into([](Policy & p) -> auto& { return p.travel.ground_kmh; })),
      number_key("ground_detour", 1, number_into([](Policy & p) -> auto& { return p.travel.ground_detour; })),
      number_key("max_driving_hours_per_day", 1,
                 number_into([](Policy & p) -> auto& { return p.travel.max_driving_hours_per_day; })),
      number_key("airliner_kmh", 1, number_into([](Policy & p) -> auto& { return p.travel.airliner_kmh; })),
      number_key("flight_overhead_hours", 0,
                 number_into([](Policy & p) -> auto& { return p.travel.flight_overhead_hours; })),
      number_key("check_in_hours", 0, number_into([](Policy & p) -> auto& { return p.travel.check_in_hours; })),
      number_key("border_hours", 0, number_into([](Policy & p) -> auto& { return p.travel.border_hours; })),
      number_key("ground_only_km", 0, number_into([](Policy & p) -> auto& { return p.travel.ground_only_km; })),
      integer_key("passenger_runway_m", 0, 6000,
                  integer_into([](Policy & p) -> auto& { return p.travel.passenger_runway_m; })),
      number_key("departure_hour", 0, number_into([](Policy & p) -> auto& { return p.travel.departure_hour; })),
      number_key("same_day_shift_hours", 0,
                 number_into([](Policy & p) -> auto& { return p.travel.same_day_shift_hours; })),
      number_key("max_move_km", 0, number_into([](Policy & p) -> auto& { return p.travel.max_move_km; })),
  };
  return kKeys;
}

PolicyKey danger_key(std::string_view name, const char* variable) {
  return numbers_key(name, 4, 1e9,
                     numbers_into([variable](Policy & p) -> auto& { return p.assessment.danger_classes[variable]; }));
}

const std::vector<PolicyKey>& assessment_keys() {
  static const std::vector<PolicyKey> kKeys{
      number_key("cluster_metres", 1, number_into([](Policy & p) -> auto& { return p.assessment.cluster_metres; })),
      number_key("cluster_hours", 0, number_into([](Policy & p) -> auto& { return p.assessment.cluster_hours; })),
      integer_key("cluster_detections", 1, 1000000,
                  integer_into([](Policy & p) -> auto& { return p.assessment.cluster_detections; })),
      number_key("match_km", 0, number_into([](Policy & p) -> auto& { return p.assessment.match_km; })),
      number_key("same_fire_km", 0, number_into([](Policy & p) -> auto& { return p.assessment.same_fire_km; })),
      numbers_key("priority_scores", 4, 100,
                  numbers_into([](Policy & p) -> auto& { return p.assessment.priority_scores; })),
      number_key("neutral_score", 0, number_into([](Policy & p) -> auto& { return p.assessment.neutral_score; })),
      danger_key("danger_fwi", "fwi"),
      danger_key("danger_isi", "isi"),
      danger_key("danger_bui", "bui"),
      danger_key("danger_ffmc", "ffmc"),
      danger_key("danger_dmc", "dmc"),
      danger_key("danger_dc", "dc"),
      danger_key("danger_class", "danger_class"),
      number_key("danger_days", 0, number_into([](Policy & p) -> auto& { return p.assessment.danger_days; })),
      numbers_key("fire_load_classes", 4, 1e9,
                  numbers_into([](Policy & p) -> auto& { return p.assessment.fire_load_classes; })),
      number_key("national_load_factor", 1,
                 number_into([](Policy & p) -> auto& { return p.assessment.national_load_factor; })),
      numbers_key("home_share_classes", 4, 1,
                  numbers_into([](Policy & p) -> auto& { return p.assessment.home_share_classes; })),
      numbers_key("offer_share_classes", 4, 1,
                  numbers_into([](Policy & p) -> auto& { return p.assessment.offer_share_classes; })),
  };
  return kKeys;
}

PolicyKey weight_key(const char* part) {
  return number_key(part, 0, number_into([part](Policy & p) -> auto& { return p.assessment.weights[part]; }));
}

const std::vector<PolicyKey>& weight_keys() {
  static const std::vector<PolicyKey> kKeys{weight_key("people"), weight_key("growth"),  weight_key("danger"),
                                            weight_key("size"),   weight_key("control"), weight_key("overlaps"),
                                            weight_key("access")};
  return kKeys;
}

/// A score is a share.
std::vector<KeySpec> with_score_limit(std::vector<KeySpec> specs) {
  for (auto& spec : specs)
    if (spec.name == "neutral_score")
      spec.most = 1;
  return specs;
}

/// Hours of a day are limited by more than zero.
std::vector<KeySpec> with_day_limits(std::vector<KeySpec> specs) {
  for (auto& spec : specs)
    if (spec.name == "max_driving_hours_per_day" || spec.name == "same_day_shift_hours")
      spec.most = 24;
    else if (spec.name == "departure_hour")
      spec.most = 23;
  return specs;
}

std::vector<KeySpec> specs_of(const std::vector<PolicyKey>& keys) {
  std::vector<KeySpec> specs;
  specs.reserve(keys.size());
  for (const auto& key : keys)
    specs.push_back(key.spec);
  return specs;
}

bool is_currency(const std::string& text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Fills a policy from a checked section.
class PolicyFiller {
 public:
  PolicyFiller(Policy& policy, std::string shown_name, Diagnostics& diagnostics, bool overriding)
      : policy_(policy),
        shown_name_(std::move(shown_name)),
        diagnostics_(diagnostics),
        overriding_(overriding),
        provenance_("policy", shown_name_, diagnostics) {}

  void fill(const TomlSection& section) {
    fill_currency(section);
    fill_keys(section, main_keys(), "policy");
    fill_keys(section.section("travel"), travel_keys(), "travel");
    fill_assessment(section.section("assessment"));
    fill_limits(section.section("limits"));
    fill_exchange(section.section("exchange"));
  }

 private:
  void fault(std::size_t line, const std::string& key, std::string_view value, const char* rule,
             MessageArgs args = {}) {
    diagnostics_.add(make_diagnostic(Severity::Error, {shown_name_, line, key}, value, rule, std::move(args)));
  }

  /// Amounts are in the currency: whoever changes it must give them all anew.
  void fill_currency(const TomlSection& section) {
    const auto* value = section.find("currency");
    if (value == nullptr)
      return;
    const auto currency = section.text("currency");
    if (!is_currency(currency))
      fault(value->line, "currency", currency, "policy.currency");
    if (overriding_ && currency != policy_.currency) {
      for (const auto& key : main_keys())
        if (key.money && !section.has(key.spec.name))
          fault(value->line, std::string(key.spec.name), currency, "policy.currency_rates",
                {{"from", policy_.currency}});
      policy_.exchange.clear();
    }
    policy_.currency = currency;
  }

  void fill_keys(const TomlSection& section, const std::vector<PolicyKey>& keys, const std::string& clause) {
    for (const auto& key : keys)
      if (const auto* value = provision_value(section, key.spec.name))
        key.set(policy_, *value, provenance_of(section, key.spec.name, clause));
  }

  void fill_assessment(const TomlSection& section) {
    fill_keys(section, assessment_keys(), "assessment");
    const auto weights = section.section("weights");
    fill_keys(weights, weight_keys(), "assessment/weights");
    if (!weights.exists())
      return;
    double sum = 0.0;
    for (const auto& [part, weight] : policy_.assessment.weights)
      sum += weight.value;
    if (std::abs(sum - 100.0) > 1e-6)
      fault(weights.line(), "assessment.weights", fmt::format("{:g}", sum), "policy.weights");
  }

  Provenance provenance_of(const TomlSection& section, std::string_view key, const std::string& clause) {
    const auto own = section_of(*section.find(key));
    if (!overriding_ || own.has("status"))
      return provenance_.of_key(section, key, clause);
    return {.clause = "policy/" + clause, .source = own.text("source"), .note = "set in " + shown_name_};
  }

  void fill_limits(const TomlSection& section) {
    if (const auto nodes = section.integer("nodes"))
      policy_.limits.nodes = *nodes;
    if (const auto gap = section.number("gap"))
      policy_.limits.gap = *gap;
    if (const auto seconds = section.number("seconds"))
      policy_.limits.seconds = *seconds;
  }

  void fill_exchange(const TomlSection& section) {
    for (const auto& currency : section.keys()) {
      const auto entry = section.section(currency);
      if (!is_currency(currency))
        fault(entry.line(), "exchange." + currency, currency, "policy.currency");
      Policy::Rate rate;
      rate.to_currency = entry.number("to_currency").value_or(1.0);
      rate.as_of = entry.day("as_of").value_or(kFirstDay);
      rate.from =
          overriding_ && !entry.has("status")
              ? Provenance{.clause = "policy/exchange", .source = entry.text("source"), .note = "set in " + shown_name_}
              : provenance_.of_section(entry, "exchange." + currency);
      policy_.exchange[currency] = rate;
    }
  }

  Policy& policy_;
  std::string shown_name_;
  Diagnostics& diagnostics_;
  bool overriding_;
  ProvenanceReader provenance_;
};

/// A default that is not in the file would be a number without a source.
void require_all(std::vector<KeySpec>& specs) {
  for (auto& spec : specs) {
    if (spec.name == "seconds" || spec.name == "exchange" || spec.name == "clause" || spec.name == "source" ||
        spec.name == "status" || spec.name == "note")
      continue;
    spec.required = true;
    if (spec.type == KeyType::Section)
      require_all(spec.keys);
  }
}

}  // namespace

const std::vector<KeySpec>& policy_schema() {
  static const std::vector<KeySpec> kSchema = [] {
    auto keys = specs_of(main_keys());
    keys.push_back({.name = "currency"});
    keys.push_back({.name = "travel", .type = KeyType::Section, .keys = with_day_limits(specs_of(travel_keys()))});
    auto assessment = with_score_limit(specs_of(assessment_keys()));
    assessment.push_back({.name = "weights", .type = KeyType::Section, .keys = specs_of(weight_keys())});
    keys.push_back({.name = "assessment", .type = KeyType::Section, .keys = assessment});
    keys.push_back({.name = "limits",
                    .type = KeyType::Section,
                    .keys = {{.name = "nodes", .type = KeyType::Integer, .least = 0, .most = 1e9},
                             {.name = "gap", .type = KeyType::Number, .least = 0, .most = 1},
                             {.name = "seconds", .type = KeyType::Number, .least = 0, .most = 1e7}}});
    keys.push_back({.name = "exchange",
                    .type = KeyType::NamedSections,
                    .keys = with_provenance_keys(
                        {{.name = "to_currency", .type = KeyType::Number, .required = true, .least = 1e-9, .most = 1e9},
                         {.name = "as_of", .type = KeyType::Date, .required = true}})});
    return keys;
  }();
  return kSchema;
}

Policy read_policy(std::string_view toml, const std::string& shown_name, Diagnostics& diagnostics) {
  Policy policy;
  const auto document = parse_toml(toml, shown_name, diagnostics);
  if (!document)
    return policy;
  auto schema = policy_schema();
  require_all(schema);
  const auto root = section_of(*document);
  if (check_section(root, schema, shown_name, diagnostics))
    PolicyFiller(policy, shown_name, diagnostics, false).fill(root);
  return policy;
}

void override_policy(Policy& policy, const TomlSection& section, const std::string& shown_name,
                     Diagnostics& diagnostics) {
  if (section.exists())
    PolicyFiller(policy, shown_name, diagnostics, true).fill(section);
}

}  // namespace relevo::planner
