// SPDX-License-Identifier: MIT
#include "planner/model/spelling.hpp"

#include <algorithm>

namespace relevo::planner {

namespace {

/// Longest word worth comparing: keeps a hostile cell of a megabyte from costing minutes.
constexpr std::size_t kLongestWord = 80;

/// U+00C0 .. U+00FF without their accents; '\0' where the letter has no plain form.
constexpr std::string_view kLatin1Plain{
    "aaaaaaaceeeeiiii"
    "dnooooo\0ouuuuy\0s"
    "aaaaaaaceeeeiiii"
    "dnooooo\0ouuuuy\0y",
    64};

char fold_ascii(char c) {
  if (c >= 'A' && c <= 'Z')
    return static_cast<char>(c - 'A' + 'a');
  if (c == '-' || c == ' ')
    return '_';
  return c;
}

}  // namespace

std::string fold_word(std::string_view word) {
  std::string folded;
  folded.reserve(word.size());
  for (std::size_t i = 0; i < word.size(); ++i) {
    const auto byte = static_cast<unsigned char>(word[i]);
    if (byte == 0xC3 && i + 1 < word.size()) {
      const auto next = static_cast<unsigned char>(word[i + 1]);
      if (next >= 0x80 && next <= 0xBF && kLatin1Plain[next - 0x80U] != '\0') {
        folded += kLatin1Plain[next - 0x80U];
        ++i;
        continue;
      }
    }
    folded += fold_ascii(word[i]);
  }
  return folded;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> now(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j)
    last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped)
        now[j] = std::min(now[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, now);
  }
  return last[b.size()];
}

std::string closest_word(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.empty() || word.size() > kLongestWord)
    return {};
  const std::string folded = fold_word(word);
  std::string best;
  std::size_t best_distance = folded.size() / 3 + 1;
  for (const auto& candidate : candidates) {
    if (candidate.size() > kLongestWord)
      continue;
    const std::size_t distance = edit_distance(folded, fold_word(candidate));
    if (distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace relevo::planner
