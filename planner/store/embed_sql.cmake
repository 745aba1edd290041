# cmake -DOUTPUT=... -DFOLDER=... -P embed_sql.cmake
# Writes the definitions of schema.hpp: schema.sql and the migrations as arrays of characters.
set(code "// Written by embed_sql.cmake. Do not edit.\n#include \"planner/store/schema.hpp\"\n\n#include <array>\n\nnamespace relevo::planner {\n\nnamespace {\n")
function(append_file name file)
  file(READ "${file}" hex HEX)
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  set(code "${code}constexpr char ${name}[] = {\n${bytes}};\n" PARENT_SCOPE)
endfunction()
append_file(kSchema "${FOLDER}/schema.sql")
file(GLOB migrations RELATIVE "${FOLDER}/migrations" "${FOLDER}/migrations/*.sql")
list(SORT migrations)
set(version 1)
set(entries "")
foreach(file IN LISTS migrations)
  math(EXPR version "${version} + 1")
  if(NOT file MATCHES "^0*${version}-")
    message(FATAL_ERROR "planner/store/migrations/${file}: expected the migration to version ${version}")
  endif()
  append_file(kMigration${version} "${FOLDER}/migrations/${file}")
  string(APPEND entries "Migration{${version}, {kMigration${version}, sizeof kMigration${version}}},\n")
endforeach()
math(EXPR count "${version} - 1")
string(APPEND code "const std::array<Migration, ${count}> kMigrations{${entries}};\n}  // namespace\n\n"
                   "std::string_view base_schema() { return {kSchema, sizeof kSchema}; }\n"
                   "std::span<const Migration> migrations() { return {kMigrations.data(), kMigrations.size()}; }\n\n"
                   "}  // namespace relevo::planner\n")
file(WRITE "${OUTPUT}" "${code}")
