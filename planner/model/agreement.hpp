// SPDX-License-Identifier: MIT
#pragma once

#include "planner/model/day.hpp"
#include "planner/model/index.hpp"
#include "planner/model/provenance.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace relevo::planner {

/// Who may lend or borrow under an agreement.
struct Party {
  enum class Scope { Agency, Country, Anyone };
  Scope scope = Scope::Agency;
  std::string id;  ///< agency_id or ISO 3166 alpha-2 country; empty for Anyone
};

/// How long people may work and stay. All counts are whole days.
struct TourTerms {
  Provision<int> max_line_days{14, {}};     ///< duty days of one tour: line, shadow and move days (L)
  Provision<int> extension_days{0, {}};     ///< most duty days beyond that, at a price (X)
  Provision<int> days_off_in_place{0, {}};  ///< between two tours of one deployment
  Provision<int> max_tours{1, {}};          ///< 1 or 2 tours in one deployment
  Provision<int> min_line_days{1, {}};      ///< shortest useful stay: line days of the deployment's first block (m)
  Provision<int> shadow_days{0, {}};        ///< 1: the first duty day may be spent beside those who are relieved (h)
  Provision<int> max_moves{0, {}};          ///< moves between requests within one deployment (M)
  /// Whether a unit may move on to another borrower of the agreement where its lender has consented.
  Provision<bool> move_between_borrowers{false, {}};
  Provision<int> orientation_days{0, {}};             ///< after arrival, before the first line day
  Provision<int> rest_days_home{2, {}};               ///< after coming home, before the unit may go again
  Provision<std::optional<int>> max_deployment_days;  ///< see travel_counts
  /// true: the deployment days run from departure to the day of coming home; false: from the day after arrival to the
  /// last day before travelling home.
  Provision<bool> travel_counts{true, {}};
};

/// A document each person must hold on the day of departure, while `in_force` contains that day.
struct DocumentRule {
  std::string document;                   ///< as in units.documents: "passport", "visa-ca"
  std::vector<std::string> alternatives;  ///< any of these does instead
  DayInterval in_force = kAlways;
  Provenance from;
};

struct MobilizationTerms {
  Provision<int> notice_days{0, {}};  ///< from the planning date to the call
  Provision<int> muster_days{0, {}};  ///< from the call to departure (selection, medical, kit)
  std::vector<DocumentRule> documents;
  /// No wheels turn from `no_travel_from` to `no_travel_until` (hours of the day); both or neither.
  Provision<std::optional<int>> no_travel_from;
  Provision<std::optional<int>> no_travel_until;
};

/// People who must accompany what is lent: an agency representative, a lead of the contingent. Row family (4): with P
/// people of the lender present under the agreement (line, shadow or off in place), none is needed up to `threshold`,
/// else ceil(P / per_persons). Escorts are not counted among the P.
struct EscortTerms {
  enum class Supply {
    Roster,   ///< units of the lender of kind `kind`, with their own availability and tour
    Implicit  ///< the lender names them; only their number and cost are planned
  };
  enum class Role { Representative, Lead, Interpreter };
  enum class Counts { Persons, Units };
  Role role = Role::Representative;
  std::string kind;  ///< "agency-representative", "contingent-lead"
  int threshold = 0;
  int per_persons = 100;  ///< or units, as `counts` says
  Counts counts = Counts::Persons;
  int ahead_days = 0;  ///< escorts are there so many days before the people they are for
  Supply supply = Supply::Implicit;
  Provenance from;
};

struct LanguageTerms {
  /// Languages one of which a unit must speak, unless it carries the qualification "interpreter". Empty: no rule.
  std::vector<std::string> working;
  Provenance from;
};

/// Who travels together (row family 8).
struct ContingentTerms {
  Provision<int> min_persons{0, {}};  ///< fewest persons of a movement out
};

enum class Payer { Lender, Borrower };

/// Who pays an item: "wages", "travel", "lodging".
struct CostTerms {
  std::map<std::string, Provision<Payer>> payer;
};

struct PrecedenceTerms {
  /// 0 own agency, 1 neighbours and same country, 2 national, 3 international.
  int tier = 3;
  Provenance from;
};

/// One agreement in one edition, as written in data/agreements/*.toml (docs/agreements.md).
struct Agreement {
  std::string id;  ///< "ca-mx-2014-2016"
  std::string title;
  std::string family;  ///< "ca-mx-2014": request.channel accepts the id or the family
  std::string edition;
  std::string instrument;  ///< what the source calls it
  DayInterval in_force = kAlways;
  Provenance from;
  std::vector<Party> lenders;
  std::vector<Party> borrowers;
  bool own_forces = false;  ///< lender and borrower are the same agency (its own units on its own incidents)
  bool reciprocal = false;  ///< lenders and borrowers may swap roles
  std::string asking;       ///< agency through which requests go, empty: direct
  std::string answering;
  Provenance channel_from;
  std::vector<std::string> kinds;  ///< kind ids covered; empty: all
  Provenance kinds_from;
  TourTerms tour;
  MobilizationTerms mobilization;
  std::vector<EscortTerms> escorts;
  LanguageTerms language;
  ContingentTerms contingent;
  CostTerms cost;
  PrecedenceTerms precedence;
  Provision<std::optional<int>> recall_notice_hours;
  std::string file;  ///< where it was read
};

}  // namespace relevo::planner
