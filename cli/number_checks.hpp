// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <limits>
#include <string>

namespace relevo::cli {

/// What is wrong with the text of an option, as a sentence after its name ("must be at least 1, not 0"); nothing where
/// it is right. For CLI::Option::check, whose own checks print limits of 300 digits.
using NumberCheck = std::function<std::string(const std::string&)>;

/// A whole number of at least `least` and at most `most`.
NumberCheck whole_number(long long least, long long most = std::numeric_limits<int>::max());
/// A finite number above zero.
NumberCheck number_above_zero();
/// A finite number of at least `least` and at most `most`.
NumberCheck number_within(double least, double most);

}  // namespace relevo::cli
