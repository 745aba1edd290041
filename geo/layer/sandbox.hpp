// SPDX-License-Identifier: MIT
#pragma once

namespace relevo::geo {

/// Gives up, for this process and for good, what reading a file does not need: the network, writing to files, starting
/// programs, and touching other processes. Call it before a second thread exists. What the kernel does not offer stays
/// as it is; returns whether all of it holds. docs/isolation.md has the list.
bool enter_sandbox() noexcept;

}  // namespace relevo::geo
