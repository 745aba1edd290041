// SPDX-License-Identifier: MIT
#include "planner/text/catalogue_parts.hpp"

namespace relevo::text {

namespace {

constexpr Entry kCommandMessages[] = {
    {"cli.heading", "{title}: plan of {day} for {days} {days|day|days}",
     "{title}: plan del {day} para {days} {days|día|días}", "{title} : plan du {day} pour {days} {days|jour|jours}"},
    {"cli.proof.optimal", "Proven optimal: no plan is better.", "Óptimo demostrado: ningún plan es mejor.",
     "Optimum prouvé : aucun plan n'est meilleur."},
    {"cli.proof.gap", "Within {gap} of the best possible plan ({@status}).",
     "A no más de {gap} del mejor plan posible ({@status}).", "À {gap} au plus du meilleur plan possible ({@status})."},
    {"cli.proof.status.gap_limit", "stopped there as asked", "se detuvo ahí, como se pidió", "arrêt demandé"},
    {"cli.proof.status.work_limit", "limit of work reached", "límite de trabajo alcanzado",
     "limite de travail atteinte"},
    {"cli.proof.status.time_limit", "out of time", "tiempo agotado", "temps écoulé"},
    {"cli.proof.status.interrupted", "interrupted", "interrumpido", "interrompu"},
    {"cli.proof.status.heuristic", "no proof", "sin demostración", "sans preuve"},
    {"cli.against_baseline",
     "Open need {need} {need|point|points}, new cost {cost}. Closest forces first would leave {baseline} "
     "{baseline|point|points} open.",
     "Necesidad abierta {need} {need|punto|puntos}, costo nuevo {cost}. Con lo más cercano primero "
     "{baseline|quedaría|quedarían} {baseline} {baseline|punto|puntos}.",
     "Besoin ouvert {need} {need|point|points}, coût nouveau {cost}. Au plus proche d'abord, il resterait {baseline} "
     "{baseline|point|points}."},
    {"cli.against_nothing", "Open need {need} {need|point|points}, new cost {cost}.",
     "Necesidad abierta {need} {need|punto|puntos}, costo nuevo {cost}.",
     "Besoin ouvert {need} {need|point|points}, coût nouveau {cost}."},
    {"cli.covered", "{filled} of {lines} {lines|line|lines} filled, {partial} in part. Unit-days covered: {shares}.",
     "{filled} de {lines} {lines|línea|líneas} {filled|atendida|atendidas}, {partial} en parte. Días-unidad cubiertos: "
     "{shares}.",
     "{filled} {filled|ligne comblée|lignes comblées} sur {lines}, {partial} en partie. Jours-unités couverts : "
     "{shares}."},
    {"cli.covered_cancelled",
     "{filled} of {lines} {lines|line|lines} filled, {partial} in part, {cancelled} cancelled. Unit-days covered: "
     "{shares}.",
     "{filled} de {lines} {lines|línea|líneas} {filled|atendida|atendidas}, {partial} en parte, {cancelled} "
     "{cancelled|cancelada|canceladas}. Días-unidad cubiertos: {shares}.",
     "{filled} {filled|ligne comblée|lignes comblées} sur {lines}, {partial} en partie, {cancelled} "
     "{cancelled|annulée|annulées}. Jours-unités couverts : {shares}."},
    {"cli.open", "Not covered, and why", "Sin cubrir, y por qué", "Non couvert, et pourquoi"},
    {"cli.open.line", "{request} {kind}: {unmet} of {wanted} {measure} open. {reason}",
     "{request} {kind}: {unmet} de {wanted} {measure} sin cubrir. {reason}",
     "{request} {kind} : {unmet} sur {wanted} {measure} non {unmet|couvert|couverts}. {reason}"},
    {"cli.unit_days", "{count|unit-day|unit-days}", "{count|día-unidad|días-unidad}",
     "{count|jour-unité|jours-unités}"},
    {"cli.person_days", "{count|person-day|person-days}", "{count|día-persona|días-persona}",
     "{count|jour-personne|jours-personnes}"},
    {"cli.nothing_open", "Every line is covered.", "Todas las líneas están cubiertas.",
     "Toutes les lignes sont couvertes."},
    {"cli.firm", "Moves in the next {hours} {hours|hour|hours}",
     "Sale en {hours|la próxima|las próximas} {hours} {hours|hora|horas}",
     "Part dans {hours|la|les} {hours} {hours|prochaine heure|prochaines heures}"},
    {"cli.outlook", "Later (outlook)", "Después (perspectiva)", "Plus tard (perspective)"},
    {"cli.nobody_moves", "nobody", "nadie", "personne"},
    {"cli.contingent",
     "{depart} {lender} to {borrower}: {persons} {persons|person|people} ({units}), {agreement}, home {home}",
     "{depart} {lender} a {borrower}: {persons} {persons|persona|personas} ({units}), {agreement}, regreso {home}",
     "{depart} {lender} vers {borrower} : {persons} {persons|personne|personnes} ({units}), {agreement}, retour "
     "{home}"},
    {"cli.lenders", "What lenders keep, on the day they keep least", "Lo que conserva quien presta, en su día más bajo",
     "Ce que gardent les prêteurs, leur jour le plus bas"},
    {"cli.lender", "{lender}, {kind}: {home} of {available} at home on {day} (level {level} asks for {reserve})",
     "{lender}, {kind}: {home} de {available} en casa el {day} (el nivel {level} pide {reserve})",
     "{lender}, {kind} : {home} sur {available} à la base le {day} (le niveau {level} exige {reserve})"},
    {"cli.more", "... and {count} more in the report", "... y {count} más en el informe",
     "... et {count} {count|autre|autres} dans le rapport"},
    {"cli.report_at", "Report: {path}", "Informe: {path}", "Rapport : {path}"},
    {"cli.interrupted", "Interrupted: this is the best plan found so far.",
     "Interrumpido: este es el mejor plan encontrado hasta ahora.",
     "Interrompu : voici le meilleur plan trouvé jusqu'ici."},
    {"cli.replan.carried",
     "From the earlier plan: {left} {left|assignment|assignments} under way, {announced} announced.",
     "Del plan anterior: {left} {left|asignación|asignaciones} en curso, {announced} {announced|anunciada|anunciadas}.",
     "Du plan précédent : {left} {left|affectation|affectations} en cours, {announced} "
     "{announced|annoncée|annoncées}."},
    {"cli.replan.lost.unit", "{assignment}: the unit {what} is no longer on the roster.",
     "{assignment}: la unidad {what} ya no está en la lista.",
     "{assignment} : l'unité {what} n'est plus à l'effectif."},
    {"cli.replan.lost.agreement",
     "{assignment} of {unit}: the agreement {what} is no longer among those of the scenario.",
     "{assignment} de {unit}: el acuerdo {what} ya no está entre los del escenario.",
     "{assignment} de {unit} : l'accord {what} n'est plus parmi ceux du scénario."},
    {"cli.replan.lost.borrower", "{assignment} of {unit}: the agency {what} is no longer known.",
     "{assignment} de {unit}: la agencia {what} ya no se conoce.",
     "{assignment} de {unit} : l'agence {what} n'est plus connue."},
    {"cli.replan.lost.request", "{assignment} of {unit}: the line {what} is no longer there.",
     "{assignment} de {unit}: la línea {what} ya no está.", "{assignment} de {unit} : la ligne {what} n'existe plus."},
    {"cli.replan.lost.ordinal", "{assignment} of {unit}: the roster row has fewer units than are under way.",
     "{assignment} de {unit}: la fila tiene menos unidades que las que están en curso.",
     "{assignment} de {unit} : la ligne de l'effectif a moins d'unités qu'il n'y en a en route."},
    {"cli.need_after_horizon", "{request}: the need goes on after the last planned day; what follows is not counted.",
     "{request}: la necesidad sigue después del último día planeado; lo que sigue no se cuenta.",
     "{request} : le besoin dépasse le dernier jour planifié; la suite n'est pas comptée."},
    {"cli.violations",
     "The plan breaks its own rules and was not written. This is a fault of Relevo; please report it:",
     "El plan rompe sus propias reglas y no se escribió. Es una falla de Relevo; por favor repórtela:",
     "Le plan enfreint ses propres règles et n'a pas été écrit. C'est une faute de Relevo; merci de la signaler :"},
    {"cli.check.valid", "The plan obeys every rule.", "El plan respeta todas las reglas.",
     "Le plan respecte toutes les règles."},
    {"cli.check.invalid", "The plan breaks {count} {count|rule|rules}:", "El plan rompe {count} {count|regla|reglas}:",
     "Le plan enfreint {count} {count|règle|règles} :"},
    {"cli.check.findings", "Worth knowing ({count}):", "Conviene saber ({count}):", "À savoir ({count}) :"},
    {"cli.check.figures",
     "need {need} {need|point|points}, cost {cost}, objective {objective} {objective|point|points}",
     "necesidad {need} {need|punto|puntos}, costo {cost}, objetivo {objective} {objective|punto|puntos}",
     "besoin {need} {need|point|points}, coût {cost}, objectif {objective} {objective|point|points}"},
    {"cli.limit_reached", "A limit was reached before any plan was found. Raise --time-limit or --nodes.",
     "Se alcanzó un límite antes de encontrar un plan. Aumente --time-limit o --nodes.",
     "Une limite a été atteinte avant de trouver un plan. Augmentez --time-limit ou --nodes."},
    {"cli.internal", "Internal error: {what}. Nothing was written.", "Error interno: {what}. No se escribió nada.",
     "Erreur interne : {what}. Rien n'a été écrit."},
    {"cli.errors", "{count} {count|error|errors}. Nothing was written.",
     "{count} {count|error|errores}. No se escribió nada.", "{count} {count|erreur|erreurs}. Rien n'a été écrit."},
    {"cli.contradictory", "Commitments or decisions contradict each other: no plan can exist.",
     "Los compromisos o decisiones se contradicen: no puede existir ningún plan.",
     "Des engagements ou décisions se contredisent : aucun plan ne peut exister."},
    {"generate.made",
     "{folder}: {units} {units|unit|units} in {classes} {classes|class|classes}, {requests} {requests|line|lines} for "
     "{incidents} {incidents|incident|incidents}, {agencies} {agencies|agency|agencies}, {kinds} {kinds|kind|kinds}, "
     "{days} {days|day|days}.",
     "{folder}: {units} {units|unidad|unidades} en {classes} {classes|grupo|grupos}, {requests} "
     "{requests|línea|líneas} para {incidents} {incidents|incidente|incidentes}, {agencies} "
     "{agencies|dependencia|dependencias}, {kinds} {kinds|clase|clases}, {days} {days|día|días}.",
     "{folder} : {units} {units|unité|unités} en {classes} {classes|groupe|groupes}, {requests} "
     "{requests|ligne|lignes} pour {incidents} {incidents|incident|incidents}, {agencies} "
     "{agencies|organisme|organismes}, {kinds} {kinds|catégorie|catégories}, {days} "
     "{days|jour|jours}."},
    {"generate.peak",
     "Peak demand on day {day}: {demand} {demand|unit|units} asked for, {available} available ({share}%; "
     "{usable_share}% "
     "of what can be lent or used at home).",
     "Demanda máxima el día {day}: {demand} {demand|unidad pedida|unidades pedidas}, {available} "
     "{available|disponible|disponibles} ({share}%; {usable_share}% de lo que se puede prestar o usar en casa).",
     "Demande maximale le jour {day} : {demand} {demand|unité demandée|unités demandées}, {available} "
     "{available|disponible|disponibles} ({share} %; {usable_share} % de ce qui peut être prêté ou servir sur place)."},
    {"generate.not_as_promised",
     "This size is too small for a peak demand of 110 to 150% of supply: it comes as near as it can.",
     "Este tamaño es demasiado pequeño para una demanda máxima de 110 a 150% de la oferta: se acerca lo más posible.",
     "Cette taille est trop petite pour une demande maximale de 110 à 150 % de l'offre : elle s'en approche autant que "
     "possible."},
    {"generate.out_of_range", "{option}: {value} does not lie between {least} and {most}.",
     "{option}: {value} no está entre {least} y {most}.",
     "{option} : {value} n'est pas compris entre {least} et {most}."},
    {"generate.too_many", "{option}: {value} is more than {than} allows, {limit}.",
     "{option}: {value} es más de lo que permite {than}, {limit}.",
     "{option} : {value} dépasse ce que permet {than}, {limit}."},
    {"input.base.airport", "No airport has the code '{value}' (base {base}).",
     "Ningún aeropuerto tiene el código '{value}' (base {base}).",
     "Aucun aéroport n'a le code '{value}' (base {base})."},
    {"remedy.base.airport", "Use the ICAO code, or leave the cell empty to have the nearest one found.",
     "Use el código OACI o deje la celda vacía para que se busque el más cercano.",
     "Indiquez le code OACI, ou laissez la cellule vide pour que le plus proche soit cherché."},
};

}  // namespace

std::span<const Entry> command_messages() {
  return kCommandMessages;
}

}  // namespace relevo::text
