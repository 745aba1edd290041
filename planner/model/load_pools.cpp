// SPDX-License-Identifier: MIT
#include "planner/model/load_context.hpp"

namespace relevo::planner::detail {

namespace {

Pool& pool_named(const std::string& id, LoadContext& context) {
  if (const auto index = context.pools.find(id))
    return context.data.pools[*index];
  const auto index = context.data.pools.push(Pool{.id = id});
  context.pools.add(id, index);
  return context.data.pools[index];
}

}  // namespace

const TableSpec& pools_table() {
  static const TableSpec kTable{
      .name = "pools",
      .about =
          "People whom several agencies or agreements count on and who can be in one place only. Several rows of "
          "one pool add up; days without a row have none.",
      .columns = with_provenance({
          {.name = "pool_id", .required = true, .about = "published id; may repeat", .aliases = {"pool", "id"}},
          {.name = "people",
           .type = CellType::Integer,
           .required = true,
           .about = "people in the pool",
           .unit = "people",
           .least = 0,
           .aliases = {"personas", "personnes"}},
          {.name = "from",
           .type = CellType::Date,
           .about = "first day",
           .default_value = "always",
           .aliases = {"desde", "de"}},
          {.name = "to",
           .type = CellType::Date,
           .about = "last day, inclusive",
           .default_value = "always",
           .aliases = {"hasta"}},
      })};
  return kTable;
}

void load_pools(std::vector<Record>& records, LoadContext& context) {
  for (auto& record : records) {
    const auto id = record.text("pool_id");
    const auto when = interval_of(context, record, "from", "to");
    const auto people = record.integer("people");
    if (!record.valid() || id.empty() || !people) {
      if (!id.empty() && !context.pools.knows(id))
        context.pools.add(id, std::nullopt);
      continue;
    }
    auto& pool = pool_named(id, context);
    if (pool.rows.empty())
      pool.from = provenance_of(record);
    pool.rows.push_back({*people, when});
  }
}

}  // namespace relevo::planner::detail
