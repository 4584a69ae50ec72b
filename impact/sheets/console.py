"""`impact import`: the same import without pages."""

from argparse import Namespace

from impact.audit import SYSTEM
from impact.commands import tell
from impact.exceptions import Unusable
from impact.instance import Instance
from impact.periods import local_today
from impact.sheets import importing
from impact.sheets.matching_rules import LEXICONS
from impact.sheets.reading import read_sheets
from impact.sheets.staging_storage import forget_import, get_import, save_plan, stage
from impact.sheets.vocabulary import Subject
from impact.wording import join_words, plural

_ENTRIES = {Subject.SITUATIONS: "situation", Subject.NOTES: "note"}
_PRESENT = {
    Subject.SITUATIONS: ("ligne déjà suivie", "lignes déjà suivies"),
    Subject.NOTES: ("note déjà là", "notes déjà là"),
}


def import_table(place: Instance, arguments: Namespace) -> int:
    """Tell every refusal and warning, then write what remains, unless it is only tried; status 1 when rows are refused."""
    try:
        sheets = read_sheets(arguments.file.read_bytes())
    except OSError:
        raise Unusable(f"Le fichier {arguments.file} ne peut pas être lu.") from None
    if arguments.community not in place.slugs():
        raise Unusable(f"Aucune communauté ne s’appelle {arguments.community}.")
    db, today, subject = place.community(arguments.community), local_today(), Subject(arguments.what)
    try:
        staged = get_import(db, stage(db, SYSTEM, arguments.file.name, sheets, subject=subject))
        plan = importing.propose(db, staged, importing.propose_place(staged.sheets, today, subject), today)
        missing = LEXICONS[subject].missing([*plan.columns.values()])
        if missing:
            forget_import(db, SYSTEM, staged.id)
            raise Unusable(f"Aucune colonne de {arguments.file.name} ne dit : {join_words(missing)}.")
        batch = importing.prepare(db, staged, plan, {}, today)
        for remark in [remark for row in batch.rows for remark in row.remarks]:
            tell(f"{'Refus' if remark.refuses else 'Attention'} : {remark.said}")
        for pair in batch.pairs:
            tell(f"{pair.likeness.label} : lignes {', '.join(map(str, pair.lines))} ({' ; '.join(pair.names)})")
        told = [plural(len(batch.entries), _ENTRIES[subject]), plural(batch.children, "enfant")]
        told += [plural(len(batch.refused), "ligne refusée", "lignes refusées")]
        told += [plural(len(batch.present), *_PRESENT[subject])]
        if arguments.dry_run:
            tell(f"Rien n’est écrit. L’import ferait : {', '.join(told)}.")
        else:
            save_plan(db, SYSTEM, staged.id, plan, staged.version)
            importing.carry_out(db, SYSTEM, staged.id, today)
            tell(f"Importé : {', '.join(told)}.")
        forget_import(db, SYSTEM, staged.id)
    finally:
        db.close()
    return int(bool(batch.refused))
