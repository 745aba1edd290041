// SPDX-License-Identifier: MIT
#include "planner/text/catalogue_parts.hpp"

namespace relevo::text {

namespace {

constexpr Entry kEntries[] = {
    {"report.title", "Deployment plan", "Plan de despliegue", "Plan d'affectation"},

    // Reading a plan.json back.
    {"report.read.not_json", "the file is not JSON", "el archivo no es JSON", "le fichier n'est pas du JSON"},
    {"report.read.not_json.remedy", "Give a plan.json as Relevo writes it (docs/plan-json.md).",
     "Indique un plan.json como los que escribe Relevo (docs/plan-json.md).",
     "Donnez un plan.json tel que Relevo l'écrit (docs/plan-json.md)."},
    {"report.read.version", "schema_version {value} is not known", "schema_version {value} no se conoce",
     "schema_version {value} est inconnue"},
    {"report.read.version.remedy", "This version of Relevo reads schema_version {known}.",
     "Esta versión de Relevo lee schema_version {known}.", "Cette version de Relevo lit schema_version {known}."},
    {"report.read.missing", "the key {path} is missing", "falta la clave {path}", "la clé {path} manque"},
    {"report.read.missing.remedy", "Add it (docs/plan-json.md).", "Agréguela (docs/plan-json.md).",
     "Ajoutez-la (docs/plan-json.md)."},
    {"report.read.type_object", "{path} is not an object", "{path} no es un objeto", "{path} n'est pas un objet"},
    {"report.read.type_list", "{path} is not a list", "{path} no es una lista", "{path} n'est pas une liste"},
    {"report.read.type_text", "{path} is not a text", "{path} no es un texto", "{path} n'est pas un texte"},
    {"report.read.type_whole", "{path}: {value} is not a whole number within range",
     "{path}: {value} no es un número entero admisible", "{path} : {value} n'est pas un nombre entier admissible"},
    {"report.read.type_number", "{path}: {value} is not a number", "{path}: {value} no es un número",
     "{path} : {value} n'est pas un nombre"},
    {"report.read.type_boolean", "{path}: {value} is neither true nor false", "{path}: {value} no es true ni false",
     "{path} : {value} n'est ni true ni false"},
    {"report.read.type_day", "{path}: {value} is not a date", "{path}: {value} no es una fecha",
     "{path} : {value} n'est pas une date"},
    {"report.read.type.remedy", "Dates are written \"2016-06-04\"; docs/plan-json.md gives the type of every key.",
     "Las fechas se escriben \"2016-06-04\"; docs/plan-json.md da el tipo de cada clave.",
     "Les dates s'écrivent « 2016-06-04 »; docs/plan-json.md donne le type de chaque clé."},
    {"report.read.word", "{path}: '{value}' is not a word in use here", "{path}: «{value}» no es una palabra admitida",
     "{path} : « {value} » n'est pas un mot admis"},
    {"report.read.word.remedy", "docs/plan-json.md lists the words of every key.",
     "docs/plan-json.md enumera las palabras de cada clave.", "docs/plan-json.md énumère les mots de chaque clé."},
    {"report.read.reference", "{path}: '{value}' is not in the scenario", "{path}: «{value}» no está en el escenario",
     "{path} : « {value} » n'est pas dans le scénario"},
    {"report.read.reference.remedy", "Check the plan against the scenario it was made for.",
     "Compruebe el plan con el escenario para el que se hizo.",
     "Vérifiez le plan avec le scénario pour lequel il a été établi."},
    {"report.read.suggestion", "Did you mean '{suggestion}'?", "¿Quiso decir «{suggestion}»?",
     "Vouliez-vous dire « {suggestion} »?"},
};

}  // namespace

std::span<const Entry> report_messages() {
  return kEntries;
}

}  // namespace relevo::text
