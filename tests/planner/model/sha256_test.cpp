// SPDX-License-Identifier: MIT
#include "planner/model/sha256.hpp"

#include <gtest/gtest.h>

namespace relevo::planner {
namespace {

// The examples NIST publishes for FIPS 180-4.
TEST(Sha256, MatchesTheStandardsExamples) {
  EXPECT_EQ(sha256_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_of(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PiecesGiveTheSame) {
  for (const std::size_t length : {55U, 56U, 63U, 64U, 65U, 119U, 120U, 200U}) {
    const std::string text(length, 'x');
    Sha256 hash;
    for (const char c : text)
      hash.add(std::string_view(&c, 1));
    EXPECT_EQ(hash.finish(), sha256_of(text)) << length;
  }
}

TEST(Sha256, AMissingFileHasNone) {
  EXPECT_EQ(sha256_of_file("/no/such/file"), "");
}

}  // namespace
}  // namespace relevo::planner
