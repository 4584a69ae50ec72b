"""National figures to compare with: ANCT survey of 2022 on the year 2021 (530 PRE, 85 000 children)."""

SOURCE = "enquête nationale ANCT 2022 sur l’année 2021 (530 PRE, 85 000 enfants)"
CHILDREN, PROGRAMMES = 85_000, 530
BOYS = 0.582
AGE_SHARES = {"2-5": 0.146, "6-10": 0.524, "11-16": 0.315, "17+": 0.015}
SUPPORT_MONTHS = "12 à 19 mois en moyenne"
FIRST_MOTIVES = ("Résultats scolaires", "puis isolement social")
FIRST_ORIGIN = "L’école, le plus souvent"
