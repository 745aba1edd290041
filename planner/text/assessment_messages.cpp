// SPDX-License-Identifier: MIT
#include "planner/text/catalogue_parts.hpp"

namespace relevo::text {

namespace {

constexpr Entry kAssessmentMessages[] = {
    // Parts of the priority formula (docs/assessment.md, section 4): a name, and what the value is.
    {"assess.part.people", "People nearby", "Personas cercanas", "Population à proximité"},
    {"assess.part.people.value", "people within 10 km, half of those within 25 km, a fifth of those within 50 km",
     "personas a menos de 10 km, la mitad de las que están a menos de 25 km y un quinto de las que están a menos de "
     "50 km",
     "personnes à moins de 10 km, la moitié de celles à moins de 25 km et un cinquième de celles à moins de 50 km"},
    {"assess.part.growth", "Growth", "Crecimiento", "Croissance"},
    {"assess.part.growth.value", "hectares per day between the last two dated areas",
     "hectáreas por día entre las dos últimas superficies con fecha",
     "hectares par jour entre les deux dernières superficies datées"},
    {"assess.part.danger", "Fire danger", "Peligro de incendio", "Danger d'incendie"},
    {"assess.part.danger.value", "mean of the danger raster at the perimeter",
     "media del ráster de peligro en el perímetro", "moyenne du raster de danger au périmètre"},
    {"assess.part.size", "Size", "Tamaño", "Taille"},
    {"assess.part.size.value", "hectares", "hectáreas", "hectares"},
    {"assess.part.control", "Stage of control", "Estado de control", "Stade de maîtrise"},
    {"assess.part.control.value", "3 out of control, 2 being held, 1 under control, 0 out",
     "3 fuera de control, 2 contenido, 1 bajo control, 0 extinguido",
     "3 non maîtrisé, 2 contenu, 1 maîtrisé, 0 éteint"},
    {"assess.part.overlaps", "Other hazards", "Otros peligros", "Autres dangers"},
    {"assess.part.overlaps.value", "kinds of other hazard at the same place",
     "clases de otros peligros en el mismo lugar", "genres d'autres dangers au même endroit"},
    {"assess.part.access", "Access", "Acceso", "Accès"},
    {"assess.part.access.value", "kilometres by road from the nearest airport for passengers",
     "kilómetros por carretera desde el aeropuerto de pasajeros más cercano",
     "kilomètres par la route depuis l'aéroport de passagers le plus proche"},
    {"assess.part.severity", "Severity", "Gravedad", "Gravité"},
    {"assess.part.severity.value", "0 to 1, from magnitude, wind, alert or flooded area",
     "de 0 a 1, por magnitud, viento, alerta o superficie inundada",
     "de 0 à 1, selon magnitude, vent, alerte ou superficie inondée"},
    {"assess.part.unknown", "No data: the neutral score stands in.", "Sin datos: se usa el puntaje neutro.",
     "Pas de données : le score neutre en tient lieu."},

    // Inputs of the preparedness matrix.
    {"assess.risk.danger", "Agency fire danger", "Peligro de incendio en la agencia", "Danger d'incendie de l'agence"},
    {"assess.risk.fire_load", "Current fire load", "Carga actual de incendios", "Charge d'incendies actuelle"},
    {"assess.risk.anticipated_load", "Anticipated fire load, 7 days", "Carga de incendios prevista, 7 días",
     "Charge d'incendies prévue, 7 jours"},
    {"assess.risk.resource_level", "Agency resource levels", "Nivel de recursos de la agencia",
     "Niveau de ressources de l'agence"},
    {"assess.risk.ability_to_respond", "Ability to respond to requests", "Capacidad de atender solicitudes",
     "Capacité de répondre aux demandes"},
    {"assess.risk.hazard_floor", "Other hazards in its territory", "Otros peligros en su territorio",
     "Autres dangers sur son territoire"},
    {"assess.risk.level", "Level by the matrix", "Nivel según la matriz", "Niveau selon la matrice"},
    {"assess.risk.given", "The scenario gives level {given}; the matrix would give {computed}.",
     "El escenario da el nivel {given}; la matriz daría {computed}.",
     "Le scénario donne le niveau {given} ; la matrice donnerait {computed}."},
    {"assess.risk.no_data", "no data", "sin datos", "pas de données"},
    {"assess.class.1", "low", "bajo", "bas"},
    {"assess.class.2", "moderate", "moderado", "modéré"},
    {"assess.class.3", "high", "alto", "élevé"},
    {"assess.class.4", "very high", "muy alto", "très élevé"},
    {"assess.class.5", "extreme", "extremo", "extrême"},
    {"assess.resource.1", "adequate", "adecuado", "adéquat"},
    {"assess.resource.2", "adequate", "adecuado", "adéquat"},
    {"assess.resource.3", "some assistance", "alguna ayuda", "un peu d'aide"},
    {"assess.resource.4", "assistance required", "requiere ayuda", "aide requise"},
    {"assess.resource.5", "inadequate", "insuficiente", "insuffisant"},
    {"assess.ability.1", "excellent", "excelente", "excellente"},
    {"assess.ability.2", "good", "buena", "bonne"},
    {"assess.ability.3", "moderate", "moderada", "moyenne"},
    {"assess.ability.4", "poor", "escasa", "faible"},
    {"assess.ability.5", "none", "ninguna", "nulle"},

    // Remarks.
    {"input.assess.raster", "The raster cannot be placed on the Earth: {reason}.",
     "No se puede situar el ráster en la Tierra: {reason}.", "Le raster ne peut être situé sur la Terre : {reason}."},
    {"remedy.assess.raster", "Give it a coordinate system and import it again.",
     "Asígnele un sistema de coordenadas e impórtelo de nuevo.",
     "Donnez-lui un système de coordonnées et importez-le de nouveau."},
    {"input.assess.raster_date",
     "It is of {day}, {days} {days|day|days} from the planning date: too far for fire danger, and left out.",
     "Es del {day}, a {days} {days|día|días} de la fecha de planificación: demasiado lejos para el peligro de "
     "incendio; se omite.",
     "Il est du {day}, à {days} {days|jour|jours} de la date de planification : trop loin pour le danger d'incendie, "
     "et écarté."},
    {"remedy.assess.raster_date",
     "Import one of these days, or set policy.assessment.danger_days if it is meant to hold for longer.",
     "Importe uno de estos días, o cambie policy.assessment.danger_days si debe valer más tiempo.",
     "Importez-en un de ces jours, ou changez policy.assessment.danger_days s'il doit valoir plus longtemps."},
    {"input.assess.raster_undated", "It has no date, and counts as older than all others.",
     "No tiene fecha y cuenta como más antiguo que todos los demás.",
     "Il n'a pas de date et compte comme plus ancien que tous les autres."},
    {"remedy.assess.raster_undated", "Give its day with --as-of when you import it.",
     "Indique su día con --as-of al importarlo.", "Donnez son jour avec --as-of en l'important."},
    {"input.assess.no_incident",
     "The line asks for a priority from the assessment but names no incident: {priority} stands.",
     "La línea pide la prioridad de la evaluación pero no nombra ningún incidente: queda {priority}.",
     "La ligne demande la priorité de l'évaluation mais ne nomme aucun incident : {priority} reste."},
    {"remedy.assess.no_incident", "Name the incident, or write a priority from 1 to 5.",
     "Nombre el incidente o escriba una prioridad de 1 a 5.", "Nommez l'incident, ou écrivez une priorité de 1 à 5."},
    {"input.policy.weights", "The weights of the priority formula sum to {value}, not to 100.",
     "Los pesos de la fórmula de prioridad suman {value}, no 100.",
     "Les poids de la formule de priorité totalisent {value} et non 100."},
    {"remedy.policy.weights", "Change them so that they sum to 100.", "Cámbielos para que sumen 100.",
     "Changez-les pour qu'ils totalisent 100."},
};

}  // namespace

std::span<const Entry> assessment_messages() {
  return kAssessmentMessages;
}

}  // namespace relevo::text
