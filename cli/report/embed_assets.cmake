# cmake -DOUTPUT=... -DFOLDER=... -P embed_assets.cmake
# Writes the definitions of assets.hpp: every file as an array of characters.
set(code "// Written by embed_assets.cmake. Do not edit.\n#include \"cli/report/assets.hpp\"\n\nnamespace relevo::cli::assets {\n")
foreach(entry leaflet_css=leaflet/leaflet.css leaflet_js=leaflet/leaflet.js report_css=report.css report_js=report.js)
  string(REGEX MATCH "^([a-z_]+)=(.+)$" unused "${entry}")
  set(name ${CMAKE_MATCH_1})
  file(READ "${FOLDER}/${CMAKE_MATCH_2}" hex HEX)
  string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(APPEND code "\nnamespace {\nconstexpr char k_${name}[] = {\n${bytes}};\n}  // namespace\n"
                     "std::string_view ${name}() { return {k_${name}, sizeof k_${name}}; }\n")
endforeach()
string(APPEND code "\n}  // namespace relevo::cli::assets\n")
file(WRITE "${OUTPUT}" "${code}")
