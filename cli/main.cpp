// SPDX-License-Identifier: MIT
#include "cli/program.hpp"
#include "geo/layer/isolated.hpp"

#include <string_view>

int main(int argc, char** argv) {
  // The child process that parses files we did not write (docs/isolation.md).
  if (argc == 2 && std::string_view(argv[1]) == "read-layer")
    return relevo::geo::serve_layer_request();
  return relevo::cli::run_program(argc, argv);
}
