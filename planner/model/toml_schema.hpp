// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/provenance.hpp"
#include "planner/model/toml_document.hpp"

#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace relevo::planner {

enum class KeyType {
  Text,
  Integer,
  Number,
  Boolean,
  Date,
  Moment,        ///< a date, a date-time or text
  Texts,         ///< array of texts
  Numbers,       ///< array of numbers
  Section,       ///< table with the keys of KeySpec::keys
  Sections,      ///< array of such tables
  NamedTexts,    ///< table of texts under names of the author's choice
  NamedSections  ///< table of such tables under names of the author's choice
};

/// One key of a document, as docs/formats.md and docs/agreements.md list it.
struct KeySpec {
  std::string_view name;
  KeyType type = KeyType::Text;
  bool required = false;
  /// The value may be written plainly or as { value = ..., clause, source, status, note }.
  bool provision = false;
  double least = std::numeric_limits<double>::lowest();  ///< of the number, or of each number of an array
  double most = std::numeric_limits<double>::max();
  std::size_t size = 0;                      ///< length of an array; 0: any
  std::vector<std::string_view> words = {};  ///< what a text, or each text of an array, may be; empty: anything
  std::vector<KeySpec> keys = {};
};

/// The keys clause, source, status and note.
std::vector<KeySpec> with_provenance_keys(std::vector<KeySpec> keys);

/// Checks a section against its schema: unknown, missing, mistyped and out-of-range keys are reported with their full
/// path. True when nothing is wrong.
bool check_section(const TomlSection& section, const std::vector<KeySpec>& keys, const std::string& shown_name,
                   Diagnostics& diagnostics, const std::string& path = {});

/// The value of a provision, however it was written.
const TomlValue* provision_value(const TomlSection& section, std::string_view key);

/// Where values of a checked document come from. A provision's own provenance comes before its section's, that before
/// the document's. Reported: a value with no status, one `stated` without a source, one `assumed` without a note.
class ProvenanceReader {
 public:
  ProvenanceReader(std::string document_id, std::string shown_name, Diagnostics& diagnostics)
      : document_id_(std::move(document_id)), shown_name_(std::move(shown_name)), diagnostics_(diagnostics) {}

  /// Provenance of a section as a whole; `clause` is what its clause is called when it gives none.
  Provenance of_section(const TomlSection& section, const std::string& clause);
  /// Provenance of one provision in a section.
  Provenance of_key(const TomlSection& section, std::string_view key, const std::string& clause);

 private:
  Provenance read(const TomlSection& own, const TomlSection& outer, const std::string& clause, std::size_t line,
                  const std::string& path);

  std::string document_id_;
  std::string shown_name_;
  Diagnostics& diagnostics_;
};

}  // namespace relevo::planner
