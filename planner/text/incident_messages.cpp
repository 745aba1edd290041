// SPDX-License-Identifier: MIT
#include "planner/text/catalogue_parts.hpp"

namespace relevo::text {

namespace {

// For every rule R of docs/incidents.md, section 6: "input.R" says what was done, "remedy.R" what to do about it.
constexpr Entry kIncidentMessages[] = {
    {"input.incidents.added", "{count} fires that only layers know were added to the incidents: {names}.",
     "Se añadieron a los incidentes {count} incendios que solo conocen las capas: {names}.",
     "{count} feux que seules les couches connaissent ont été ajoutés aux incidents : {names}."},
    {"remedy.incidents.added", "Write a row in incidents for those that units are to be sent to.",
     "Escriba una fila en incidents para aquellos a los que se enviarán unidades.",
     "Écrivez une ligne dans incidents pour ceux où des unités doivent être envoyées."},
    {"input.incidents.not_added",
     "{count} fires of the layers were not added: {out} out, {prescribed} prescribed, {stale} without a report for "
     "{days} "
     "{days|day|days}.",
     "{count} incendios de las capas no se añadieron: {out} extinguidos, {prescribed} prescritos, {stale} sin informe "
     "en "
     "{days} {days|día|días}.",
     "{count} feux des couches n'ont pas été ajoutés : {out} éteints, {prescribed} dirigés, {stale} sans rapport "
     "depuis "
     "{days} {days|jour|jours}."},
    {"remedy.incidents.not_added", "Nothing to do; write a row in incidents for one that matters all the same.",
     "No hay nada que hacer; escriba una fila en incidents para uno que importe de todos modos.",
     "Rien à faire ; écrivez une ligne dans incidents pour celui qui compte malgré tout."},
    {"input.incidents.agency_unknown",
     "{count} fires of '{value}', an agency nobody has described, were not added: {names}.",
     "No se añadieron {count} incendios de '{value}', una agencia que nadie ha descrito: {names}.",
     "{count} feux de « {value} », une agence que personne n'a décrite, n'ont pas été ajoutés : {names}."},
    {"remedy.incidents.agency_unknown",
     "Add the word to reference/agency_words.csv, or the agency to the table agencies.",
     "Añada la palabra a reference/agency_words.csv o la agencia a la tabla agencies.",
     "Ajoutez le mot à reference/agency_words.csv ou l'agence à la table agencies."},
    {"input.incidents.ambiguous", "'{value}' may be {first} as well as {second}; it was kept apart.",
     "'{value}' puede ser tanto {first} como {second}; se dejó aparte.",
     "« {value} » peut être aussi bien {first} que {second} ; il est resté à part."},
    {"remedy.incidents.ambiguous", "Give the incident the id or the name that the list uses.",
     "Dé al incidente el identificador o el nombre que usa la lista.",
     "Donnez à l'incident l'identifiant ou le nom qu'emploie la liste."},
    {"input.incidents.far_key", "'{value}' has the id of {first} but lies {distance} km away; it was kept apart.",
     "'{value}' tiene el identificador de {first} pero está a {distance} km; se dejó aparte.",
     "« {value} » a l'identifiant de {first} mais se trouve à {distance} km ; il est resté à part."},
    {"remedy.incidents.far_key", "Check the coordinates of both.", "Revise las coordenadas de ambos.",
     "Vérifiez les coordonnées des deux."},
    {"input.incidents.later",
     "{count} records and {detections} detections are later than the planning date {value} and were not used.",
     "{count} registros y {detections} detecciones son posteriores a la fecha de planificación {value} y no se usaron.",
     "{count} enregistrements et {detections} détections sont postérieurs à la date de planification {value} et n'ont "
     "pas été utilisés."},
    {"remedy.incidents.later", "Nothing to do if the plan is to know what was known that day; else set as_of.",
     "No hay nada que hacer si el plan debe saber lo que se sabía ese día; si no, cambie as_of.",
     "Rien à faire si le plan doit savoir ce qu'on savait ce jour-là ; sinon changez as_of."},
    {"input.incidents.perimeter", "The perimeter of '{value}' is the one of {day} from {layer}.",
     "El perímetro de '{value}' es el del {day} de {layer}.",
     "Le périmètre de « {value} » est celui du {day} de {layer}."},
    {"remedy.incidents.perimeter", "Nothing to do.", "No hay nada que hacer.", "Rien à faire."},
    {"input.incidents.unreported",
     "{count} clusters of recent detections belong to no known incident; the largest, {value} ({detections} "
     "detections), is near {place}.",
     "{count} grupos de detecciones recientes no pertenecen a ningún incidente conocido; el mayor, {value} "
     "({detections} detecciones), está cerca de {place}.",
     "{count} groupes de détections récentes n'appartiennent à aucun incident connu ; le plus grand, {value} "
     "({detections} détections), est près de {place}."},
    {"remedy.incidents.unreported", "Ask the agency there what burns.", "Pregunte a la agencia del lugar qué se quema.",
     "Demandez à l'agence du lieu ce qui brûle."},
};

}  // namespace

std::span<const Entry> incident_messages() {
  return kIncidentMessages;
}

}  // namespace relevo::text
