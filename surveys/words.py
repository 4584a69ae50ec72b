"""What the respondent's page says around the questions."""

FRENCH: dict[str, str] = {
    "question": "Question {n} sur {count}",
    "only_if": "Seulement si vous avez répondu {answers} à la question {n}. Sinon, passez à la suivante.",
    "needed": "réponse nécessaire",
    "refused": "Je préfère ne pas répondre",
    "unknown": "Je ne sais pas, ou cela ne me concerne pas",
    "several": "Plusieurs réponses possibles.",
    "rank_help": "Donnez le rang 1 à ce qui compte le plus pour vous, puis 2, et ainsi de suite.",
    "no_rank": "Sans rang",
    "day_help": "Exemple : 05/09/2026",
    "number_help": "Un nombre entier entre {low} et {high}.",
    "required": "Répondez à cette question pour envoyer le questionnaire.",
    "one_or_unknown": "Gardez une réponse, ou « Je ne sais pas », mais pas les deux.",
    "rank_twice": "Ce rang est déjà donné plus haut : choisissez-en un autre.",
    "not_sent": "Vos réponses ne sont pas encore envoyées",
    "send": "Envoyer mes réponses",
}
