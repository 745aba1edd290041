// SPDX-License-Identifier: MIT
#pragma once

namespace relevo::cli {

/// The command line: parses it, runs the command, turns what went wrong into words (or JSON) and an exit code.
int run_program(int argc, char** argv);

}  // namespace relevo::cli
