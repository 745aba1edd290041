// SPDX-License-Identifier: MIT
#include "planner/text/catalogue_parts.hpp"

namespace relevo::text {

namespace {

constexpr Entry kReplanMessages[] = {
    {"replan.moved",
     "{units} × {unit} for {place}: leaves on {depart} instead of {old_depart}, home on {home} instead of {old_home}.",
     "{units} × {unit} para {place}: sale el {depart} en vez del {old_depart}, vuelve el {home} en vez del {old_home}.",
     "{units} × {unit} pour {place} : part le {depart} au lieu du {old_depart}, rentre le {home} au lieu du "
     "{old_home}."},
    {"replan.moved_out", "{units} × {unit} for {place}: leaves on {depart} instead of {old_depart}.",
     "{units} × {unit} para {place}: sale el {depart} en vez del {old_depart}.",
     "{units} × {unit} pour {place} : part le {depart} au lieu du {old_depart}."},
    {"replan.moved_home", "{units} × {unit} for {place}, leaving on {depart}: home on {home} instead of {old_home}.",
     "{units} × {unit} para {place}, que sale el {depart}: vuelve el {home} en vez del {old_home}.",
     "{units} × {unit} pour {place}, qui part le {depart} : rentre le {home} au lieu du {old_home}."},
    {"replan.moved_on", "{units} × {unit}, leaving for {place} on {depart}: goes to other lines after it.",
     "{units} × {unit}, que sale hacia {place} el {depart}: después va a otras líneas.",
     "{units} × {unit}, qui part pour {place} le {depart} : va ensuite à d'autres lignes."},
    {"replan.elsewhere", "{units} × {unit}: goes to {place} on {depart} instead of to {old_place} on {old_depart}.",
     "{units} × {unit}: va a {place} el {depart} en vez de a {old_place} el {old_depart}.",
     "{units} × {unit} : va à {place} le {depart} au lieu d'aller à {old_place} le {old_depart}."},
    {"replan.cancelled", "{units} × {unit}: no longer leaves for {old_place} on {old_depart}.",
     "{units} × {unit}: ya no sale hacia {old_place} el {old_depart}.",
     "{units} × {unit} : ne part plus pour {old_place} le {old_depart}."},
    {"replan.released", "{units} × {unit}, under way: home on {home} instead of {old_home}.",
     "{units} × {unit}, en curso: vuelve el {home} en vez del {old_home}.",
     "{units} × {unit}, en route : rentre le {home} au lieu du {old_home}."},
    {"replan.why.not_wanted", "{place} is no longer wanted on these days.", "{place} ya no hace falta en esos días.",
     "{place} n'est plus demandée ces jours-là."},
    {"replan.why.covered", "{place} is covered without it.", "{place} queda cubierta sin ella.",
     "{place} est couverte sans elle."},
    {"replan.why.elsewhere", "{place} has priority {priority}, {old_place} has {old_priority}.",
     "{place} tiene prioridad {priority}, {old_place} tiene {old_priority}.",
     "{place} a la priorité {priority}, {old_place} a la priorité {old_priority}."},
    {"replan.why.day", "It can no longer leave on {day}.", "Ya no puede salir el {day}.",
     "Elle ne peut plus partir le {day}."},
    {"replan.why.worth", "The new plan is better by more than the price of the change; no rule forbids the old one.",
     "El nuevo plan es mejor por más que el precio del cambio; ninguna regla prohíbe lo anterior.",
     "Le nouveau plan est meilleur de plus que le prix du changement ; aucune règle n'interdit l'ancien."},
    {"replan.why.given", "Today's table of commitments says so.", "Así lo dice la tabla de compromisos de hoy.",
     "C'est ce que dit la table des engagements d'aujourd'hui."},
    {"replan.kept", "Announced departures kept: {kept} of {announced}.",
     "Salidas anunciadas que se mantienen: {kept} de {announced}.",
     "Départs annoncés maintenus : {kept} sur {announced}."},
    {"replan.firm", "announced as firm", "anunciada como firme", "annoncée comme ferme"},
    {"replan.none", "Nothing that was announced or is under way changes.",
     "Nada de lo anunciado ni de lo que está en curso cambia.",
     "Rien de ce qui a été annoncé ou est en route ne change."},
    {"replan.heading", "What changed since the earlier plan", "Qué cambió desde el plan anterior",
     "Ce qui a changé depuis le plan précédent"},
    {"replan.intro",
     "What had left stays as it was, unless its lender recalled it. What was only announced may change, at a price.",
     "Lo que ya salió se queda como estaba, salvo que su agencia lo haya llamado de vuelta. Lo solo anunciado puede "
     "cambiar, a un precio.",
     "Ce qui est parti reste tel quel, sauf rappel par son agence. Ce qui n'était qu'annoncé peut changer, à un prix."},
    {"replan.caption", "Changes by unit", "Cambios por unidad", "Changements par unité"},
    {"replan.column.what", "Change", "Cambio", "Changement"},
    {"replan.column.why", "Why", "Por qué", "Pourquoi"},
    {"replan.more", "... and {count} more in the report", "... y {count} más en el informe",
     "... et {count} autres dans le rapport"},
};

}  // namespace

std::span<const Entry> replan_messages() {
  return kReplanMessages;
}

}  // namespace relevo::text
