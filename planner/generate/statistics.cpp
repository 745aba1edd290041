// SPDX-License-Identifier: MIT
#include "planner/generate/statistics.hpp"

namespace relevo::planner::generate {

namespace {

constexpr Region kRegions[] = {
    {"CA-BC", 16, 1634, {3, 8, 10, 5}, 4},    {"US-NWCC", 17, 1500, {2, 7, 10, 7}, 4},
    {"MX-CONAFOR", 10, 300, {6, 2, 1, 1}, 3}, {"CA-AB", 12, 1383, {7, 7, 6, 4}, 4},
    {"US-NRCC", 12, 1100, {2, 7, 10, 7}, 3},  {"CA-ON", 9, 900, {6, 9, 6, 2}, 3},
    {"US-GBCC", 16, 1400, {5, 9, 10, 6}, 4},  {"CA-QC", 8, 461, {9, 8, 4, 1}, 3},
    {"US-SWCC", 14, 1200, {10, 7, 3, 2}, 3},  {"CA-SK", 5, 450, {8, 7, 5, 2}, 2},
    {"US-RMCC", 10, 900, {8, 8, 6, 5}, 3},    {"MX-CRMF-DUR", 5, 451, {7, 2, 1, 1}, 2},
    {"CA-MB", 4, 380, {7, 7, 5, 2}, 2},       {"US-ONCC", 18, 1300, {4, 8, 10, 10}, 4},
    {"US-OSCC", 22, 1300, {6, 8, 9, 10}, 4},  {"MX-CRMF-JAL", 6, 865, {6, 1, 1, 1}, 3},
    {"US-SACC", 16, 1000, {4, 3, 3, 4}, 4},   {"MX-CRMF-PUE", 6, 1126, {5, 1, 1, 1}, 3},
    {"CA-NT", 2, 190, {6, 10, 6, 1}, 2},      {"US-AICC", 6, 600, {10, 9, 3, 1}, 3},
    {"MX-CRMF-SON", 3, 76, {9, 8, 5, 4}, 2},  {"CA-YT", 2, 130, {7, 9, 4, 1}, 1},
    {"US-EACC", 9, 500, {3, 3, 2, 3}, 3},     {"CA-NB", 2, 230, {5, 4, 3, 2}, 1},
    {"MX-CRMF-COA", 3, 94, {6, 3, 3, 2}, 2},  {"CA-NL", 2, 110, {5, 7, 4, 1}, 1},
    {"MX-JAL", 4, 365, {5, 1, 1, 1}, 1},      {"CA-NS", 2, 250, {6, 4, 4, 2}, 1},
    {"MX-CRMF-CAM", 3, 186, {6, 2, 1, 1}, 2}, {"CA-PE", 1, 10, {4, 3, 2, 1}, 1},
};

constexpr TypeShare kCrew[] = {{"1", 30, 15}, {"2IA", 30, 30}, {"2", 40, 55}};
constexpr TypeShare kInitialAttack[] = {{"rappel", 15, 10}, {"helitack", 40, 30}, {"ground", 45, 60}};
constexpr TypeShare kEngine[] = {{"3", 30, 20}, {"4", 30, 30}, {"6", 40, 50}};
constexpr TypeShare kHelicopter[] = {{"1", 25, 20}, {"2", 35, 30}, {"3", 40, 50}};
constexpr TypeShare kOneType[] = {{"1", 100, 100}};
constexpr TypeShare kHeavy[] = {{"1", 30, 20}, {"2", 70, 80}};
constexpr TypeShare kTeam[] = {{"1", 20, 15}, {"2", 40, 40}, {"3", 40, 45}};
constexpr TypeShare kAirtanker[] = {{"1", 30, 20}, {"2", 30, 30}, {"4", 40, 50}};

constexpr KindShare kKinds[] = {
    {"crew", "CRW", "C", 240, 200, 0, kCrew},
    {"initial-attack-crew", "IA", "C", 140, 110, 0, kInitialAttack},
    {"engine", "ENG", "E", 170, 130, 800, kEngine},
    {"helicopter", "HEL", "A", 70, 90, 9000, kHelicopter},
    {"strike-team-leader", "STL", "O", 80, 80, 0, kOneType},
    {"division-supervisor", "DIV", "O", 70, 80, 0, kOneType},
    {"dozer", "DOZ", "E", 60, 70, 1500, kHeavy},
    {"water-tender", "TND", "E", 60, 60, 700, kHeavy},
    {"incident-management-team", "IMT", "O", 15, 50, 0, kTeam},
    {"airtanker", "ATK", "A", 30, 40, 15000, kAirtanker},
    {"safety-officer", "SAF", "O", 45, 60, 0, kTeam},
    {"structure-protection-unit", "SPU", "E", 20, 30, 1200, kOneType},
};

}  // namespace

std::span<const Region> regions() {
  return kRegions;
}

std::span<const KindShare> kind_shares() {
  return kKinds;
}

}  // namespace relevo::planner::generate
