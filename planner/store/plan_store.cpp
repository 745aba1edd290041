// SPDX-License-Identifier: MIT
#include "planner/store/plan_store.hpp"

#include "planner/model/sha256.hpp"
#include "planner/store/assessment_json.hpp"
#include "planner/store/geometry_blob.hpp"
#include "planner/store/instant_text.hpp"
#include "planner/store/request_event_store.hpp"
#include "relevo_version.hpp"

#include <fmt/format.h>

namespace relevo::planner {

namespace {

void put_imports(const Workspace& workspace, const ScenarioData& data, std::int64_t assessment_id) {
  auto insert = workspace.connection().prepare(
      "INSERT INTO assessment_imports (assessment_id, import_id, name, sha256) VALUES (?, ?, ?, ?)");
  for (const auto& import : data.assessment.imports)
    insert.bind(1, assessment_id).bind(2, import.id).bind(3, import.name).bind(4, import.sha256).run();
}

void put_incidents(const Workspace& workspace, const ScenarioData& data, std::int64_t assessment_id) {
  auto insert = workspace.connection().prepare(
      "INSERT INTO assessed_incidents (assessment_id, incident_id, name, hazard, priority, score, area_ha, "
      "growth_ha_per_day, people_10km, people_25km, people_50km, nearest_place, nearest_place_km, airport, airport_km, "
      "from_layer, geom) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  std::string geometry;
  for (const auto& assessed : data.assessment.incidents) {
    const auto& incident = data.incidents[assessed.incident];
    write_geometry(incident.point, geometry);
    insert.bind(1, assessment_id)
        .bind(2, incident.id)
        .bind(3, incident.name)
        .bind(4, incident.hazard)
        .bind(5, assessed.priority)
        .bind(6, assessed.score)
        .bind(7, assessed.area_ha)
        .bind(8, assessed.growth_ha_per_day);
    for (int ring = 0; ring < 3; ++ring)
      insert.bind(9 + ring, assessed.people_within[static_cast<std::size_t>(ring)]);
    const NearPlace* nearest = assessed.places.empty() ? nullptr : &assessed.places.front();
    insert.bind(12, nearest != nullptr ? std::string_view{nearest->name} : std::string_view{});
    if (nearest != nullptr)
      insert.bind(13, nearest->distance_km);
    else
      insert.bind_null(13);
    insert.bind(14, assessed.airport)
        .bind(15, assessed.airport_km)
        .bind(16, assessed.from_layer ? 1 : 0)
        .bind_blob(17, geometry)
        .run();
  }
}

void put_clusters(const Workspace& workspace, const ScenarioData& data, std::int64_t assessment_id) {
  auto insert = workspace.connection().prepare(
      "INSERT INTO detection_clusters (assessment_id, cluster_id, first, last, detections, frp_mw, incident_id, rule, "
      "distance_km, geom) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  std::string geometry;
  for (const auto& cluster : data.assessment.clusters) {
    const auto first = instant_text(cluster.first);
    const auto last = instant_text(cluster.last);
    write_geometry(geo::Shape(cluster.footprint), geometry);
    insert.bind(1, assessment_id)
        .bind(2, cluster.id)
        .bind(3, first)
        .bind(4, last)
        .bind(5, static_cast<std::int64_t>(cluster.detections))
        .bind(6, cluster.frp_mw)
        .bind_text_or_null(
            7, cluster.incident ? std::string_view{data.incidents[*cluster.incident].id} : std::string_view{})
        .bind(8, cluster.rule)
        .bind(9, cluster.distance_km);
    if (cluster.footprint.empty())
      insert.bind_null(10);
    else
      insert.bind_blob(10, geometry);
    insert.run();
  }
}

StoredPlan plan_of(const Statement& row, bool with_content) {
  StoredPlan plan{.id = row.integer(0),
                  .name = row.text(1),
                  .scenario = row.text(2),
                  .created_for = row.text(3),
                  .status = row.text(4),
                  .objective = row.real(5),
                  .input_sha256 = row.text(6),
                  .sha256 = row.text(7)};
  if (with_content)
    plan.content = row.text(8);
  return plan;
}

constexpr const char* kPlanColumns =
    "SELECT id, name, scenario, created_for, status, objective, input_sha256, sha256, content FROM plans ";

std::optional<std::int64_t> number_of(const std::string& text) {
  if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stoll(text);
}

}  // namespace

std::string input_digest(const ScenarioData& data) {
  Sha256 digest;
  for (const auto& input : data.inputs)
    digest.add(fmt::format("{}\n{}\n{}\n", input.file, input.sha256, input.as_of));
  for (const auto& import : data.assessment.imports)
    digest.add(fmt::format("{}\n{}\n{}\n{}\n", import.name, import.sha256, import.profile, import.counts.kept));
  return digest.finish();
}

std::int64_t put_assessment(const Workspace& workspace, const ScenarioData& data) {
  const auto& connection = workspace.connection();
  const auto digest = input_digest(data);
  const auto content = assessment_json(data);
  {
    auto same = connection.prepare(
        "SELECT id FROM assessments WHERE input_sha256 = ? AND content = ? AND id = (SELECT max(id) FROM assessments)");
    if (same.bind(1, digest).bind(2, content).step())
      return same.integer(0);
  }
  connection.prepare("INSERT INTO assessments (input_sha256, program, incidents, content) VALUES (?, ?, ?, ?)")
      .bind(1, digest)
      .bind(2, kVersion)
      .bind(3, static_cast<std::int64_t>(data.assessment.incidents.size()))
      .bind(4, content)
      .run();
  const auto id = connection.last_insert_id();
  connection.execute("DELETE FROM assessed_incidents; DELETE FROM detection_clusters");
  put_imports(workspace, data, id);
  put_incidents(workspace, data, id);
  put_clusters(workspace, data, id);
  return id;
}

StoredPlan put_plan(const Workspace& workspace, StoredPlan plan, std::int64_t assessment_id) {
  const auto& connection = workspace.connection();
  plan.id =
      connection.integer("SELECT 1 + coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'plans'), 0)").value_or(1);
  if (plan.name.empty())
    plan.name = fmt::format("plan-{}", plan.id);
  plan.sha256 = sha256_of(plan.content);
  connection.prepare("DELETE FROM plans WHERE name = ?").bind(1, plan.name).run();
  connection
      .prepare(
          "INSERT INTO plans (id, name, scenario, created_for, status, objective, assessment_id, input_sha256, "
          "program, "
          "sha256, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(1, plan.id)
      .bind(2, plan.name)
      .bind(3, plan.scenario)
      .bind(4, plan.created_for)
      .bind(5, plan.status)
      .bind(6, plan.objective)
      .bind(7, assessment_id)
      .bind(8, plan.input_sha256)
      .bind(9, kVersion)
      .bind(10, plan.sha256)
      .bind(11, plan.content)
      .run();
  const auto record = read_plan_record(plan.content, plan.name);
  append_plan_events(workspace, plan.id, plan_events(record));
  return plan;
}

std::optional<StoredPlan> find_plan(const Workspace& workspace, const std::string& id_or_name) {
  return workspace.read([&]() -> std::optional<StoredPlan> {
    const auto number = number_of(id_or_name);
    auto found = workspace.connection().prepare(
        std::string(kPlanColumns) + "WHERE ?1 = '' OR name = ?1 OR id = ?2 ORDER BY name = ?1 DESC, id DESC LIMIT 1");
    found.bind(1, id_or_name).bind(2, number);
    if (!found.step())
      return std::nullopt;
    return plan_of(found, true);
  });
}

std::vector<StoredPlan> stored_plans(const Workspace& workspace) {
  return workspace.read([&] {
    std::vector<StoredPlan> plans;
    auto rows = workspace.connection().prepare(std::string(kPlanColumns) + "ORDER BY id");
    while (rows.step())
      plans.push_back(plan_of(rows, false));
    return plans;
  });
}

std::vector<StoredAssessment> stored_assessments(const Workspace& workspace) {
  return workspace.read([&] {
    std::vector<StoredAssessment> assessments;
    auto rows = workspace.connection().prepare(
        "SELECT id, input_sha256, incidents, (SELECT count(*) FROM assessment_imports WHERE assessment_id = id) FROM "
        "assessments ORDER BY id");
    while (rows.step())
      assessments.push_back({rows.integer(0), rows.text(1), rows.integer(2), rows.integer(3)});
    return assessments;
  });
}

}  // namespace relevo::planner
