// SPDX-License-Identifier: MIT
#pragma once

#include "geo/layer/feature.hpp"
#include "geo/layer/reader.hpp"

/// Alerts of the Common Alerting Protocol, versions 1.1 and 1.2 (OASIS), alone or inside an envelope (EDXL-DE, Atom):
/// every `alert` element of the document is read.
namespace relevo::geo {

/// True for XML with an `alert` element in a CAP namespace near its beginning. Looks at the content, never at the name.
bool is_cap(const LayerRequest& request);

/// \throws LayerError
LayerIdentity identify_cap(const LayerRequest& request);

/// One feature per area of an alert, in the language that fields["language"] names ("fr" fits "fr-CA"; default: English
/// where there is one, else the first); the texts of the other languages are in the attributes. An alert without areas,
/// as most cancellations, gives one feature without geometry.
///
/// Key: "sender,identifier,sent", the triplet that CAP uses in `references`, with the time in UTC, and after a "#" the
/// number of the area ("a@b.c,17,2012-05-02T23:21:04Z#1"; "#2.1" is the first area of the second info). A feature that
/// stands for an alert without areas has no "#".
/// Name: headline, else event. Fields, where known: "event", "severity", "urgency", "certainty", "msg_type", "area",
/// "references" (keys without "#", separated by a space). Everything else, with the geocodes ("name=value"), is among
/// the attributes. Time: effective, else sent. Until: expires.
///
/// An alert that an Update or Cancel in the same file refers to is refused (`superseded`); the workspace retires those
/// that came with earlier files: every feature whose key up to "#" is among the "references" of one with "msg_type"
/// Update or Cancel. Refused as well: any status but Actual (`not_actual`), unless fields["status"] is "any"; messages
/// of msgType Ack and Error (`not_an_alert`).
///
/// Circles become polygons of 96 vertices on the geodesic circle, at most 0.06 % of the radius inside it; a radius of 0
/// is a point. Areas with geocodes only are kept without geometry (`no_geometry`). Altitude is not read. \throws
/// LayerError: "xml_entity" for a document type or entity declaration, which no alert needs, "xml_broken", ...
void read_cap(const LayerRequest& request, LayerSink& sink);

}  // namespace relevo::geo
