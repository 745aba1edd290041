// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "planner/store/workspace.hpp"

#include <functional>
#include <memory>
#include <string>

namespace relevo::planner {

/// How a file comes into the workspace.
struct LayerImportOptions {
  std::string name;    ///< of the layer in the workspace; importing it again replaces it
  std::string file;    ///< as shown
  std::string source;  ///< URL or citation
  std::string as_of;   ///< empty: not known
  std::string note;
  /// Adds to the layer instead of replacing it. A record that is there already - the same key and time, for detections
  /// without key the same place, time and satellite, for others without key the same geometry and time - is not written
  /// twice: of detections the old one stays, of anything else the new one.
  bool append = false;
  /// The file's digest, asked for at the end, so that it can be computed meanwhile; empty: not computed.
  std::function<std::string()> sha256;
};

/// What was written.
struct LayerImportResult {
  std::int64_t import_id = 0;
  geo::LayerIdentity identity;
  geo::LayerCounts counts;
  std::uint64_t known = 0;  ///< of the records kept, those that were there before (append)
};

/// Writes a layer into the workspace as it streams in: one transaction from begin() to end(). If end() is never reached
/// - an error, an exception, a kill - the workspace is as it was before. \throws WorkspaceError from every call, among
/// others "append_theme" when the layer that is added to is of another theme.
class LayerImporter : public geo::LayerSink {
 public:
  LayerImporter(const Workspace& workspace, LayerImportOptions options);
  ~LayerImporter() override;

  void begin(const geo::LayerIdentity& identity) override;
  void feature(geo::LayerFeature&& feature) override;
  void raster(const geo::RasterHeader& header) override;
  void rows(geo::RasterRows&& rows) override;
  void end(const geo::LayerCounts& counts) override;

  /// \pre end() has returned.
  const LayerImportResult& result() const noexcept { return result_; }

 private:
  class Writer;
  template <class Work>
  void guarded(Work work);

  const Workspace& workspace_;
  LayerImportOptions options_;
  LayerImportResult result_;
  std::unique_ptr<Writer> writer_;
};

}  // namespace relevo::planner
