// SPDX-License-Identifier: MIT
#include "planner/text/catalogue_parts.hpp"

namespace relevo::text {

namespace {

// {size} counts the steps of a change; {unit} is a row of the roster.
constexpr Entry kChangeMessages[] = {
    {"change.unname", "The line names no unit.", "La solicitud no nombra ninguna unidad.",
     "La ligne ne nomme aucune unité."},
    {"change.channel", "The line may be filled under any agreement.",
     "La solicitud puede atenderse por cualquier acuerdo.", "La ligne peut être comblée par toute entente."},
    {"change.min_fill", "The line is of use with {size} fewer.", "La solicitud sirve con {size} menos.",
     "La ligne est utile avec {size} de moins."},
    {"change.package", "The line is filled apart from its package.", "La solicitud se atiende aparte de su paquete.",
     "La ligne est comblée à part de son ensemble."},
    {"change.type", "The line accepts type {type}.", "La solicitud acepta el tipo {type}.",
     "La ligne accepte le type {type}."},
    {"change.fire_behaviour", "Fire behaviour at the line is {@behaviour}.",
     "El comportamiento del fuego en la línea es {@behaviour}.",
     "Le comportement du feu sur la ligne est {@behaviour}."},
    {"change.need_later", "The need begins and ends {size} {size|day|days} later.",
     "La necesidad empieza y termina {size} {size|día|días} después.",
     "Le besoin commence et finit {size} {size|jour|jours} plus tard."},
    {"change.need_earlier", "The need begins and ends {size} {size|day|days} earlier.",
     "La necesidad empieza y termina {size} {size|día|días} antes.",
     "Le besoin commence et finit {size} {size|jour|jours} plus tôt."},
    {"change.forbid", "The decision that keeps {what} off is taken back.",
     "Se retira la decisión que excluye a {what}.", "La décision qui écarte {what} est retirée."},
    {"change.pin", "The pin of {what} is taken back.", "Se retira la fijación de {what}.",
     "L'affectation imposée de {what} est retirée."},
    {"change.accept", "{agency} accepts the line.", "{agency} acepta la solicitud.", "{agency} accepte la ligne."},
    {"change.offer", "{agency} offers {size} {size|unit|units} more.",
     "{agency} ofrece {size} {size|unidad|unidades} más.", "{agency} offre {size} {size|unité|unités} de plus."},
    {"change.reserve", "{agency} keeps {size} {size|unit|units} fewer in reserve.",
     "{agency} deja {size} {size|unidad|unidades} menos en reserva.",
     "{agency} garde {size} {size|unité|unités} de moins en réserve."},
    {"change.recall", "{agency} calls its units back {size} {size|day|days} later.",
     "{agency} llama de regreso a sus unidades {size} {size|día|días} después.",
     "{agency} rappelle ses unités {size} {size|jour|jours} plus tard."},
    {"change.movement", "Under {agreement}, {size} {size|person|people} fewer may travel together.",
     "Según {agreement}, pueden viajar juntas {size} {size|persona|personas} menos.",
     "Selon {agreement}, {size} {size|personne|personnes} de moins peuvent voyager ensemble."},
    {"change.document", "The people of {unit} get the document {word}.",
     "La gente de {unit} obtiene el documento {word}.", "Les gens de {unit} obtiennent le document {word}."},
    {"change.fitness", "The people of {unit} renew their fitness result.",
     "La gente de {unit} renueva su aptitud física.", "Les gens de {unit} renouvellent leur aptitude physique."},
    {"change.interpreter", "An interpreter goes with each unit of {unit}.",
     "Un intérprete acompaña a cada unidad de {unit}.", "Un interprète accompagne chaque unité de {unit}."},
    {"change.qualification", "The people of {unit} get the qualification {word}.",
     "La gente de {unit} obtiene la calificación {word}.", "Les gens de {unit} obtiennent la qualification {word}."},
    {"change.available_from", "{unit} is available {size} {size|day|days} earlier.",
     "{unit} está disponible {size} {size|día|días} antes.",
     "{unit} est disponible {size} {size|jour|jours} plus tôt."},
    {"change.available_to", "{unit} is available {size} {size|day|days} longer.",
     "{unit} está disponible {size} {size|día|días} más.", "{unit} est disponible {size} {size|jour|jours} de plus."},
    {"change.downtime", "{unit} is available in its down periods too.",
     "{unit} está disponible también en sus periodos fuera de servicio.",
     "{unit} est disponible aussi pendant ses périodes hors service."},
    {"change.rested", "{unit} has {size} more {size|day|days} of its tour left.",
     "A {unit} le {size|queda|quedan} {size} {size|día|días} más de su turno.",
     "Il reste à {unit} {size} {size|jour|jours} de plus de sa période."},
    {"change.notice", "Under {agreement}, notice is {size} {size|day|days} shorter.",
     "Según {agreement}, el aviso es {size} {size|día|días} más corto.",
     "Selon {agreement}, le préavis est plus court de {size} {size|jour|jours}."},
    {"change.in_force", "{agreement} is in force {size} {size|day|days} longer.",
     "{agreement} está vigente {size} {size|día|días} más.",
     "{agreement} est en vigueur {size} {size|jour|jours} de plus."},
    {"change.extension", "Under {agreement}, tours may be extended by {size} more {size|day|days}.",
     "Según {agreement}, los turnos pueden prolongarse {size} {size|día|días} más.",
     "Selon {agreement}, les périodes peuvent être prolongées de {size} {size|jour|jours} de plus."},
    {"change.deployment", "Under {agreement}, a deployment may take {size} more {size|day|days}.",
     "Según {agreement}, un despliegue puede durar {size} {size|día|días} más.",
     "Selon {agreement}, un déploiement peut durer {size} {size|jour|jours} de plus."},
    {"change.min_stay", "Under {agreement}, a stay may be {size} {size|day|days} shorter.",
     "Según {agreement}, una estancia puede ser {size} {size|día|días} más corta.",
     "Selon {agreement}, un séjour peut être plus court de {size} {size|jour|jours}."},
    {"change.covered", "{agreement} covers the kind.", "{agreement} cubre la clase.", "{agreement} couvre le genre."},
    {"change.party", "{agreement} lets {agency} lend to {borrower}.",
     "{agreement} permite a {agency} prestar a {borrower}.", "{agreement} permet à {agency} de prêter à {borrower}."},
    {"change.escort", "{size} × {kind} more at {base}.", "{size} × {kind} más en {base}.",
     "{size} × {kind} de plus à {base}."},
    {"change.lift", "{lift} flies {size} {size|time|times} more a day.",
     "{lift} vuela {size} {size|vez|veces} más al día.", "{lift} vole {size} fois de plus par jour."},
    {"change.pool", "The pool {pool} has {people} more {people|person|people}.",
     "La reserva de personal {pool} tiene {people} {people|persona|personas} más.",
     "Le bassin {pool} compte {people} {people|personne|personnes} de plus."},
    {"change.capacity", "{incident} takes {people} more {people|person|people}.",
     "{incident} recibe a {people} {people|persona|personas} más.",
     "{incident} accueille {people} {people|personne|personnes} de plus."},
    {"change.unit", "{size} more {size|unit|units} like {unit} at {base}.",
     "{size} {size|unidad|unidades} más como {unit} en {base}.",
     "{size} {size|unité|unités} de plus comme {unit} à {base}."},
    {"change.new_unit", "{size} × {kind} more at {base}, where there is none now.",
     "{size} × {kind} más en {base}, donde ahora no hay.", "{size} × {kind} de plus à {base}, où il n'y en a pas."},

    {"explain.heading", "{title}: plan of {day}", "{title}: plan del {day}", "{title} : plan du {day}"},
    {"explain.line", "{line} {kind} for {place}, priority {priority}: {unmet} of {wanted} {measure} open",
     "{line} {kind} para {place}, prioridad {priority}: {unmet} de {wanted} {measure} por cubrir",
     "{line} {kind} pour {place}, priorité {priority} : {unmet} de {wanted} {measure} à combler"},
    {"explain.filled", "The line is filled.", "La solicitud está atendida.", "La ligne est comblée."},
    {"explain.why_open", "Why it is open", "Por qué está abierta", "Pourquoi elle est à combler"},
    {"explain.reassigned",
     "Without any change {unmet} could stay open instead of {now}, by giving this line precedence{displaced}.",
     "Sin cambio alguno podrían quedar {unmet} por cubrir en vez de {now}, si se da preferencia a esta "
     "solicitud{displaced}.",
     "Sans aucun changement il pourrait en rester {unmet} au lieu de {now}, en donnant la préférence à cette "
     "ligne{displaced}."},
    {"explain.displaced", "; open instead: {lines}", "; quedarían por cubrir: {lines}",
     "; à combler à la place : {lines}"},
    {"explain.displaced_line", "{more} of {line} (priority {priority})", "{more} de {line} (prioridad {priority})",
     "{more} de {line} (priorité {priority})"},
    {"explain.offers", "What would help", "Qué ayudaría", "Ce qui aiderait"},
    {"explain.offer", "{change} Then {unmet} stay open instead of {now}{displaced}; {cost} more.",
     "{change} Así quedan {unmet} por cubrir en vez de {now}{displaced}; {cost} más.",
     "{change} Il en reste alors {unmet} à combler au lieu de {now}{displaced} ; {cost} de plus."},
    {"explain.offer_saves", "{change} Then {unmet} stay open instead of {now}{displaced}; {cost} less.",
     "{change} Así quedan {unmet} por cubrir en vez de {now}{displaced}; {cost} menos.",
     "{change} Il en reste alors {unmet} à combler au lieu de {now}{displaced} ; {cost} de moins."},
    {"explain.no_offer",
     "No single change would help: with each of the {tried} tried at least {least} stay open, unless a line of equal "
     "or higher priority loses.",
     "Ningún cambio por sí solo ayudaría: con cada uno de los {tried} probados quedan al menos {least} por cubrir, "
     "salvo que pierda una solicitud de igual o mayor prioridad.",
     "Aucun changement à lui seul n'aiderait : avec chacun des {tried} essayés il en reste au moins {least} à combler, "
     "à moins qu'une ligne de priorité égale ou supérieure n'y perde."},
    {"explain.no_offer.ruled_out",
     "No single change helps: with each of the {catalogue} of the catalogue at least {unmet} stay open in every plan "
     "(proved: nobody could be there).",
     "Ningún cambio por sí solo ayuda: con cada uno de los {catalogue} del catálogo quedan al menos {unmet} por cubrir "
     "en todo plan (demostrado: nadie podría estar allí).",
     "Aucun changement à lui seul n'aide : avec chacun des {catalogue} du catalogue il en reste au moins {unmet} à "
     "combler dans tout plan (prouvé : personne ne pourrait y être)."},
    {"explain.no_offer.in_part",
     "No single change was found that helps. With {ruled_out} of the {catalogue} changes of the catalogue at least "
     "{unmet} stay open in every plan (proved); of the others it is not proved.",
     "No se halló ningún cambio que por sí solo ayude. Con {ruled_out} de los {catalogue} cambios del catálogo quedan "
     "al menos {unmet} por cubrir en todo plan (demostrado); de los demás no está demostrado.",
     "Aucun changement qui aide à lui seul n'a été trouvé. Avec {ruled_out} des {catalogue} changements du catalogue "
     "il "
     "en reste au moins {unmet} à combler dans tout plan (prouvé) ; pour les autres ce n'est pas prouvé."},
    {"explain.no_offer.not_found",
     "No single change was found that helps, of {tried} tried; that none does is not proved.",
     "No se halló ningún cambio que por sí solo ayude, de {tried} probados; que no lo haya no está demostrado.",
     "Aucun changement qui aide à lui seul n'a été trouvé, sur {tried} essayés ; qu'il n'y en ait pas n'est pas "
     "prouvé."},
    {"explain.unavoidable.all", "Nobody could take any of the {unmet} open in any plan (proved).",
     "Nadie podría cubrir nada de lo que falta ({unmet}) en ningún plan (demostrado).",
     "Personne ne pourrait prendre quoi que ce soit de ce qui reste à combler ({unmet}), dans aucun plan (prouvé)."},
    {"explain.unavoidable.some",
     "At least {unavoidable} of the {unmet} open nobody could take in any plan (proved); up to {others} others could "
     "who do something else now.",
     "Al menos {unavoidable} de {unmet} por cubrir nadie podría cubrirlos en ningún plan (demostrado); hasta {others} "
     "podrían cubrirlos otros que ahora hacen otra cosa.",
     "Au moins {unavoidable} sur {unmet} à combler, personne ne pourrait les prendre dans aucun plan (prouvé) ; "
     "jusqu'à {others} le pourraient d'autres qui font autre chose maintenant."},
    {"explain.unavoidable.none",
     "Of the {unmet} open nothing is proved out of reach: units that do something else now could take them.",
     "De lo que falta ({unmet}) nada está demostrado fuera de alcance: podrían cubrirlo unidades que ahora hacen otra "
     "cosa.",
     "De ce qui reste à combler ({unmet}), rien n'est prouvé hors d'atteinte : des unités qui font autre chose "
     "maintenant pourraient le prendre."},
    {"explain.undecided", "{count} {count|change was|changes were} not decided within the limits of the search.",
     "{count} {count|cambio quedó|cambios quedaron} sin decidir dentro de los límites de la búsqueda.",
     "{count} {count|changement n'a pu être tranché|changements n'ont pu être tranchés} dans les limites de la "
     "recherche."},
    {"explain.more_changes", "Further changes were not tried.", "No se probaron más cambios.",
     "D'autres changements n'ont pas été essayés."},
    {"explain.proof.exact", "Verified by solving anew, over all plans.",
     "Verificado al resolver de nuevo, sobre todos los planes.", "Vérifié en résolvant à nouveau, sur tous les plans."},
    {"explain.proof.part",
     "Verified by solving anew within a part of the plan; the rest stays as it is, so that more might help than is "
     "said.",
     "Verificado al resolver de nuevo una parte del plan; el resto queda como está, así que podría ayudar más de lo "
     "que "
     "se dice.",
     "Vérifié en résolvant à nouveau une partie du plan ; le reste ne bouge pas, si bien que d'autres changements "
     "pourraient aider."},
    {"explain.units", "Who comes, and why", "Quién viene y por qué", "Qui vient, et pourquoi"},
    {"explain.unit",
     "{unit} ({ordinal}) of {agency}: out {depart}, there {arrive}, home {home}; {agreement} ({clauses})",
     "{unit} ({ordinal}) de {agency}: sale el {depart}, llega el {arrive}, vuelve el {home}; {agreement} ({clauses})",
     "{unit} ({ordinal}) de {agency} : départ le {depart}, arrivée le {arrive}, retour le {home} ; {agreement} "
     "({clauses})"},
    {"explain.commitment", "Made before this plan; it stands.", "Hecho antes de este plan; se mantiene.",
     "Fait avant ce plan ; il tient."},
    {"explain.escort", "Accompanies what is lent to {borrower}.", "Acompaña lo que se presta a {borrower}.",
     "Accompagne ce qui est prêté à {borrower}."},
    {"explain.pinned", "{line}: a pin asks for {unit}.", "{line}: una fijación pide a {unit}.",
     "{line} : une affectation imposée demande {unit}."},
    {"explain.runner_up",
     "{line} without {unit}: the best plan found is worse by {points} (points; {need} of need, {cost}); {unmet} more "
     "open; "
     "instead: {instead}.",
     "{line} sin {unit}: el mejor plan encontrado es peor por {points} (puntos; {need} de necesidad, {cost}); {unmet} "
     "más por cubrir; "
     "en "
     "su lugar: {instead}.",
     "{line} sans {unit} : le meilleur plan trouvé perd {points} (points ; {need} de besoin, {cost}) ; {unmet} de plus "
     "à "
     "combler ; à la place : {instead}."},
    {"explain.nobody", "nobody", "nadie", "personne"},
    {"explain.not_proved", "Not proved best within the limits of the search.",
     "No se probó que sea el mejor dentro de los límites de la búsqueda.",
     "Pas prouvé optimal dans les limites de la recherche."},
    {"explain.idle", "{unit} goes nowhere. For the open lines of its kind:",
     "{unit} no va a ninguna parte. Para las solicitudes abiertas de su clase:",
     "{unit} ne part pas. Pour les lignes à combler de son genre :"},
    {"explain.nothing_open", "No line is open.", "No hay solicitudes por cubrir.", "Aucune ligne n'est à combler."},
    {"second.heading", "{title}, plan of {day}: the second-best plan", "{title}, plan del {day}: el segundo mejor plan",
     "{title}, plan du {day} : le deuxième meilleur plan"},
    {"second.worse",
     "The best plan with {@what} is {points} {points|point|points} worse: {need} of need, {disturbance} of "
     "disturbance, "
     "{cost}.",
     "El mejor plan con {@what} es {points} {points|punto|puntos} peor: {need} de necesidad, {disturbance} "
     "de perturbación, "
     "{cost}.",
     "Le meilleur plan avec {@what} est moins bon de {points} {points|point|points} : {need} de besoin, "
     "{disturbance} de "
     "perturbation, {cost}."},
    {"second.equal", "A plan with {@what} is just as good: {need} of need, {disturbance} of disturbance, {cost}.",
     "Un plan con {@what} es igual de bueno: {need} de necesidad, {disturbance} de perturbación, {cost}.",
     "Un plan avec {@what} est tout aussi bon : {need} de besoin, {disturbance} de perturbation, {cost}."},
    {"second.better",
     "A plan with {@what} is {points} {points|point|points} better: the present one is not the best. {need} "
     "of need, "
     "{disturbance} of disturbance, {cost}.",
     "Un plan con {@what} es {points} {points|punto|puntos} mejor: el presente no es el mejor. {need} de "
     "necesidad, "
     "{disturbance} de perturbación, {cost}.",
     "Un plan avec {@what} est meilleur de {points} {points|point|points} : le présent n'est pas le "
     "meilleur. {need} de "
     "besoin, {disturbance} de perturbation, {cost}."},
    {"second.proved", "Proved: no other plan with {@what} is better.",
     "Demostrado: ningún otro plan con {@what} es mejor.", "Prouvé : aucun autre plan avec {@what} n'est meilleur."},
    {"second.not_proved", "Not proved to be the best of them; none can be below {bound} {bound|point|points}.",
     "No está demostrado que sea el mejor de ellos; ninguno puede bajar de {bound} {bound|punto|puntos}.",
     "Il n'est pas prouvé que ce soit le meilleur d'entre eux ; aucun ne peut descendre sous {bound} "
     "{bound|point|points}."},
    {"second.what.any", "other contingents", "otros contingentes", "d'autres contingents"},
    {"second.what.who", "others who come", "otros que vienen", "d'autres qui viennent"},
    {"second.none.who", "There is none: no plan that obeys the rules has anybody come who does not come now.",
     "No hay ninguno: en ningún plan que cumpla las reglas viene alguien que ahora no viene.",
     "Il n'y en a pas : dans aucun plan qui respecte les règles ne vient quelqu'un qui ne vient pas maintenant."},
    {"second.none", "There is none: every plan that obeys the rules has these contingents.",
     "No lo hay: todo plan que cumple las reglas tiene estos contingentes.",
     "Il n'y en a pas : tout plan qui respecte les règles a ces contingents."},
    {"second.none_found", "None was found; that there is none is not proved.",
     "No se encontró ninguno; no está demostrado que no lo haya.",
     "Aucun n'a été trouvé ; il n'est pas prouvé qu'il n'y en ait pas."},
    {"second.present", "the plan", "el plan", "le plan"},
    {"second.other", "the second best", "el segundo mejor", "le deuxième meilleur"},
    {"worth.heading", "What one more, and one less, is worth (points less than 0: the plan is better)",
     "Cuánto vale uno más, y uno menos (puntos menores que 0: el plan es mejor)",
     "Ce que vaut un de plus, et un de moins (points sous 0 : le plan est meilleur)"},
    {"worth.reserve", "{agency}, {kind}: kept less in reserve", "{agency}, {kind}: menos en reserva",
     "{agency}, {kind} : gardé de moins en réserve"},
    {"worth.more", "one more, in points: {points} ({need} of need, {cost})",
     "uno más, en puntos: {points} ({need} de necesidad, {cost})",
     "un de plus, en points : {points} ({need} de besoin, {cost})"},
    {"worth.less", "one less, in points: {points} ({need} of need, {cost})",
     "uno menos, en puntos: {points} ({need} de necesidad, {cost})",
     "un de moins, en points : {points} ({need} de besoin, {cost})"},
    {"worth.bound", "That is a plan; of the best one it is proved that it is not below {bound}.",
     "Eso es un plan; del mejor está demostrado que no queda por debajo de {bound}.",
     "C'est un plan ; du meilleur il est prouvé qu'il n'est pas au-dessous de {bound}."},
    {"worth.none_to_take", "one less: none is free to be taken away", "uno menos: ninguno puede retirarse",
     "un de moins : aucun ne peut être retiré"},
    {"worth.none_found", "no plan was found; that there is none is not proved",
     "no se encontró ningún plan; no está demostrado que no lo haya",
     "aucun plan n'a été trouvé ; il n'est pas prouvé qu'il n'y en ait pas"},
    {"worth.impossible", "not possible: pins and rules leave no plan",
     "no es posible: fijaciones y reglas no dejan plan",
     "impossible : affectations imposées et règles ne laissent aucun plan"},

    {"input.explain.broken_plan", "The plan breaks the rule {code} at {value}.",
     "El plan infringe la regla {code} en {value}.", "Le plan enfreint la règle {code} à {value}."},
    {"remedy.explain.broken_plan", "See `relevo check`; reasons and changes are those of a plan that obeys every rule.",
     "Consulte `relevo check`; los motivos y cambios son los de un plan que respeta todas las reglas.",
     "Voyez `relevo check` ; les raisons et changements sont ceux d'un plan qui respecte toutes les règles."},
    {"input.explain.unknown", "'{value}' is not in the scenario.", "'{value}' no está en el escenario.",
     "« {value} » n'est pas dans le scénario."},
    {"remedy.explain.unknown", "Use an identifier of the scenario's tables.",
     "Use un identificador de las tablas del escenario.", "Utilisez un identifiant des tables du scénario."},
    {"input.explain.no_scenario", "'{value}' does not say which scenario it is a plan of, or that is gone.",
     "'{value}' no dice de qué escenario es, o ese ya no está.",
     "« {value} » ne dit pas de quel scénario il est le plan, ou celui-ci n'existe plus."},
    {"remedy.explain.no_scenario", "Add --scenario SCENARIO_DIR.", "Agregue --scenario SCENARIO_DIR.",
     "Ajoutez --scenario SCENARIO_DIR."},
};

}  // namespace

std::span<const Entry> change_messages() {
  return kChangeMessages;
}

}  // namespace relevo::text
