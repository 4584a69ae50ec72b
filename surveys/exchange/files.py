"""Which tool a file of questions comes from, told by its content."""

from impact.exceptions import Refused
from impact.sheets.reading import Sheets
from surveys.exchange.limesurvey_in import from_limesurvey
from surveys.exchange.records import Taken
from surveys.exchange.redcap_in import from_redcap
from surveys.exchange.xlsform_in import from_xlsform


def read_questionnaire(sheets: Sheets) -> Taken:
    """An XLSForm workbook, a REDCap dictionary or LimeSurvey's « .txt »; raises Refused on anything else."""
    names = {name.strip().lower() for name, _ in sheets}
    if "survey" in names:
        return from_xlsform(sheets)
    headings = {str(cell or "").strip().lower() for cell in (sheets[0][1][0] if sheets and sheets[0][1] else [])}
    if headings & {"variable / field name", "field_name"}:
        return from_redcap(sheets)
    if {"class", "type/scale"} <= headings:
        return from_limesurvey(sheets)
    raise Refused(
        "Ce fichier n’est ni un XLSForm, ni un dictionnaire REDCap, ni un export « .txt » de LimeSurvey.", "file"
    )
