// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace relevo::planner {

/// Whether a value stands in a public source or was assumed by whoever wrote the file.
enum class Standing { Stated, Assumed };

/// Where a value comes from. `clause` is our own id ("ca-mx-2014-2016/tour"), never a number of the original text.
struct Provenance {
  std::string clause;
  std::string source;  ///< URL or citation; empty when assumed
  Standing standing = Standing::Assumed;
  std::string note;
};

/// A value of an agreement or policy together with where it comes from.
template <class T>
struct Provision {
  T value{};
  Provenance from;
};

}  // namespace relevo::planner
