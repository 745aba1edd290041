// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace relevo::planner {

/// SHA-256 (FIPS 180-4), fed in pieces.
class Sha256 {
 public:
  void add(std::string_view bytes);
  /// The digest in small hexadecimal letters; nothing can be added afterwards.
  std::string finish();

 private:
  void compress(const unsigned char* block);

  std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> block_{};
  std::size_t in_block_ = 0;
  std::uint64_t total_bytes_ = 0;
};

std::string sha256_of(std::string_view bytes);
/// Of a file's content; empty when it cannot be read.
std::string sha256_of_file(const std::filesystem::path& file);

}  // namespace relevo::planner
