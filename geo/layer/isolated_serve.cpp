// SPDX-License-Identifier: MIT
#include "geo/layer/isolated.hpp"
#include "geo/layer/serve.hpp"

namespace relevo::geo {

int serve_layer_request() {
  return detail::serve({.identify = &identify_layer, .read = &read_layer});
}

}  // namespace relevo::geo
