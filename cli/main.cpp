// SPDX-License-Identifier: MIT
#include "cli/program.hpp"
#include "geo/layer/isolated.hpp"

#include <string_view>

int main(int argc, char** argv) {
  // What read_layer_isolated starts: before anything else is loaded, and nothing for people to type.
  if (argc == 2 && std::string_view(argv[1]) == "read-layer")
    return relevo::geo::serve_layer_request();
  return relevo::cli::run_program(argc, argv);
}
