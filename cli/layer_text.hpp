// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/reader.hpp"
#include "planner/text/message.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace relevo::cli {

/// "fires.csv:12: <what is wrong> <remedy>" in the language. A code that the catalogue does not know is given as it is.
std::string describe(const geo::LayerError& error, text::Lang lang);

/// Why records were refused, repaired or corrected: words for the codes of LayerCounts::reasons.
std::string describe_reason(std::string_view code, text::Lang lang);

/// Words for a remark of LayerIdentity; empty where there is nothing to say to people.
std::string describe_remark(const std::string& code, const std::string& value, text::Lang lang);

/// Control characters of a stranger's file do not reach the terminal.
std::string inert(std::string text);

/// Every remark of a layer as a sentence, inert.
std::vector<std::string> described_remarks(const geo::LayerIdentity& identity, text::Lang lang);
/// The same as a list of {code, value, message}.
nlohmann::ordered_json remarks_json(const geo::LayerIdentity& identity, text::Lang lang);

}  // namespace relevo::cli
