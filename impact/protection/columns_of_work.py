"""Every column that is about no child: the adults of the community, and their work together.

A test compares these lines with the tables of the application. A new column must be added:
`given` (personal, in the copy of the file), `masked` (about another person), `personal` (about an adult, in no child's
copy), `technical` (nothing personal).
"""

from impact.protection.declaring import ASK, DUTY, INTEREST, LOG, MEMBER, PROVE, WORK, personal, technical, work
from impact.protection.records import Table

OTHERS: tuple[Table, ...] = (
    Table(
        "member",
        "Annuaire de la communauté",
        WORK,
        INTEREST,
        MEMBER,
        (
            *technical("id organisation_id version"),
            personal("identity_id", "Nom, adresse électronique et téléphone d’un membre"),
            personal("account_ref", "Compte d’un membre"),
            personal("joined_on", "Arrivée dans la communauté"),
            personal("left_on", "Départ de la communauté"),
        ),
    ),
    Table(
        "contact_consent",
        "Accord d’un membre pour montrer ses coordonnées",
        WORK,
        INTEREST,
        MEMBER,
        (personal("member_id", "Membre"), personal("agreed_on", "Accord du")),
    ),
    Table(
        "audit_entry",
        "Journal des accès",
        PROVE,
        DUTY,
        LOG,
        (
            *technical("id object_kind object_id fields mac"),
            personal("at", "Quand"),
            personal("actor_ref", "Qui"),
            personal("actor_role", "Dans quel rôle"),
            personal("deed", "Quel acte"),
        ),
    ),
)

# One line a table: what the community does together. Nothing here is about a child.
LIFE_OF_COMMUNITY: tuple[Table, ...] = (
    work("_sqlite_migrations", "id migration_set name applied_at", purpose=PROVE),
    work("action_age_band", "action_id band"),
    work("action_funding", "id action_id funder asked granted spent version"),
    work("action_partner", "action_id organisation_id"),
    work("agreement", "id kind title amends_id started_on version"),
    work(
        "amendment",
        "id agreement_id article_id proposed_on heading body reason state answer answered_on",
        personal("member_id", "Auteur d’un amendement"),
    ),
    work("answer", "response_id question level words", purpose=ASK),
    work("article", "id agreement_id"),
    work("article_comment", "id article_id said_on body", personal("member_id", "Auteur d’un commentaire")),
    work("attendance", "workshop_id", personal("member_id", "Présence à un atelier")),
    work("ballot", "id edition_id rule quorum electorate abstention opens_on closes_on outcome"),
    work("chain_box", "id chain_id stage label position target indicator category removed_on version"),
    work(
        "chain_link",
        "chain_id from_box to_box assumption state assessed_on evidence answer version",
        personal("assessed_by", "Membre qui a évalué un lien"),
    ),
    work("committee_meeting", "id kind held_on place agenda minutes decisions parents young_people version"),
    work("committee_presence", "meeting_id organisation_id people"),
    work("community", "id name kind territory starts_on ends_on hidden_tabs version"),
    work(
        "community_decision",
        "id decided_on wording decided_by disagreement disagreeing would_settle settled_on version",
    ),
    work(
        "condition_answer",
        "round_id condition level evidence",
        personal("member_id", "Membre qui répond sur les cinq conditions"),
    ),
    work("condition_measure", "round_id measure value base"),
    work("condition_round", "id opened_on closed_on"),
    work("cycle", "id name objective core_threshold version"),
    work("edition", "id agreement_id number state started_on settled_on"),
    work("entitled", "id ballot_id organisation_id reminded_on", personal("member_id", "Membre appelé à voter")),
    work("erased_count", "year measure category situations", purpose=PROVE),
    work("erased_file", "mark erased_on", purpose=PROVE),
    work("experience_sheet", "id title kind actor_kinds scale centre version"),
    work("experience_text", "sheet_id heading words"),
    work("field_switch", "field off_since", purpose=PROVE),
    work(
        "figure",
        "code category period audience unit value numerator denominator state reason computed_at",
        purpose=PROVE,
    ),
    work("joint_action", "id title summary state lead_id audience territory question_id starts_on ends_on version"),
    work("key_question", "id words proposed_on validated_on merged_into merged_on version"),
    work("link_declaration", "link_id declarer_id kind declared_on made_on"),
    work("link_round", "id held_on version"),
    work("meeting_presence", "meeting_id organisation_id presence"),
    work("organisation", "id name kind version"),
    work("organisation_level", "organisation_id level"),
    work("organisation_link", "id round_id first_id second_id question_id"),
    work("organisation_sheet", "organisation_id missions publics territory strengths obstacles offered sought version"),
    work("other_answer", "response_id question position choice amount day aside", purpose=ASK),
    work("own_questionnaire", "id code definition version", purpose=ASK),
    work("paragraph", "id edition_id article_id position heading body version"),
    work("questionnaire", "id code version title definition", purpose=ASK),
    work("reference_item", "id list code label position source valid_from valid_to"),
    work("release", "report_id code category period audience value numerator denominator masked", purpose=PROVE),
    work(
        "report",
        "id period kind audience state step steps message ordered_at issued_at product_version sha256 pdf",
        personal("ordered_by", "Qui a demandé un rapport"),
        purpose=PROVE,
    ),
    work(
        "report_remark",
        "report_id kind words written_on",
        personal("author", "Auteur d’une remarque"),
        personal("author_role", "Rôle de qui remarque"),
    ),
    work("response", "id wave_id received_on client_hash", purpose=ASK),
    work("retention_delay", "id months reason version", purpose=PROVE),
    work("roadmap_action", "id objective_id title version"),
    work("roadmap_objective", "id title version"),
    work("roadmap_partner", "step_id organisation_id"),
    work(
        "roadmap_step",
        "id action_id title starts_on due_on state closed_on drop_reason evidence version",
        personal("owner_id", "Responsable d’une étape"),
    ),
    work("sealed_text", "edition_id ordered_on failure text_sha256 sealed_at pdf pdf_sha256", purpose=PROVE),
    work("signature", "id edition_id organisation_id signed_on text_sha256", personal("member_id", "Signataire")),
    work("submission", "key at location", purpose=PROVE),
    work("support_meeting", "id held_on place next_on version"),
    work("value_chain", "id title version"),
    work(
        "vote",
        "entitled_id cast_on",
        personal("choice", "Vote"),
        personal("explanation", "Explication du vote"),
        personal("member_id", "Votant"),
    ),
    work(
        "wave",
        "id questionnaire_id title opens_on closes_on closed_on invited link_serial link_hash version",
        purpose=ASK,
    ),
    work("workshop", "id cycle_id title held_on place state head_count cancel_reason version"),
)
