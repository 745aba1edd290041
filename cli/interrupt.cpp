// SPDX-License-Identifier: MIT
#include "cli/interrupt.hpp"

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

namespace relevo::cli {

namespace {

using Clock = std::chrono::steady_clock;

// A signal that comes again this soon is the same wish: `timeout` sends each to the process and to its group.
constexpr std::chrono::milliseconds kSameWish{500};

std::atomic<bool> asked{false};

sigset_t signals_to_stop() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

[[noreturn]] void wait_for_signals() {
  const sigset_t set = signals_to_stop();
  Clock::time_point first;
  for (;;) {
    int signal = 0;
    if (sigwait(&set, &signal) != 0)
      continue;
    if (!asked.exchange(true))
      first = Clock::now();
    if (Clock::now() - first < kSameWish)
      continue;
    static_cast<void>(std::signal(signal, SIG_DFL));
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
    static_cast<void>(std::raise(signal));
  }
}

}  // namespace

void catch_interrupts() {
  // A thread that waits, and no signal handler: CBC installs one of its own for the time of its search and would keep
  // the signal to itself.
  const sigset_t set = signals_to_stop();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::thread(wait_for_signals).detach();
}

bool interrupted() noexcept {
  return asked;
}

}  // namespace relevo::cli
