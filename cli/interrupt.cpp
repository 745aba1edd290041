// SPDX-License-Identifier: MIT
#include "cli/interrupt.hpp"

#include <csignal>

namespace relevo::cli {

namespace {

volatile std::sig_atomic_t asked = 0;

extern "C" void ask_to_stop(int signal) {
  if (asked != 0) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
  asked = 1;
}

}  // namespace

void catch_interrupts() {
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
}

bool interrupted() noexcept {
  return asked != 0;
}

}  // namespace relevo::cli
