// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relevo::cli {

/// Text as it may stand between tags and inside quoted attributes: & < > " ' become entities, control characters and
/// bytes that are not UTF-8 become U+FFFD.
std::string escape_html(std::string_view text);

/// JSON that may stand inside <script>: "<" and the two line separators that JavaScript minds are written as \u
/// escapes.
std::string escape_json_for_script(std::string_view json);

/// A length in a drawing, to a tenth: "12.5".
std::string px(double value);

struct HtmlAttribute {
  std::string_view name;
  std::string_view value;
};

/// Writes HTML that is also well-formed XML: every element is closed by the scope that opened it, and nothing but raw()
/// writes text that has not been escaped.
class HtmlWriter {
 public:
  using Attributes = std::initializer_list<HtmlAttribute>;

  /// Closes its element when it goes out of scope.
  class [[nodiscard]] Scope {
   public:
    explicit Scope(HtmlWriter& writer) : writer_(&writer) {}
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    Scope(Scope&& other) noexcept : writer_(std::exchange(other.writer_, nullptr)) {}
    Scope& operator=(Scope&&) = delete;
    ~Scope() {
      if (writer_ != nullptr) {
        writer_->close();
      }
    }

   private:
    HtmlWriter* writer_;
  };

  /// Opens an element until the scope ends: `const auto row = html.in("tr");`
  Scope in(std::string_view tag, Attributes attributes = {});
  /// An element that holds text only.
  void element(std::string_view tag, Attributes attributes, std::string_view content);
  void element(std::string_view tag, std::string_view text) { element(tag, {}, text); }
  /// An element without content: <meta />, <rect />.
  void empty(std::string_view tag, Attributes attributes = {});
  void text(std::string_view content);
  /// Trusted text: our own style sheet and script, never anything from a scenario.
  void raw(std::string_view trusted) { out_ += trusted; }

  std::string take() { return std::move(out_); }

 private:
  void open(std::string_view tag, Attributes attributes, std::string_view end);
  void close();

  std::string out_;
  std::vector<std::string> open_tags_;
};

}  // namespace relevo::cli
