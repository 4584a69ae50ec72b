"""The eighteen columns of a REDCap data dictionary, in their order."""

FORM, RECORD = "questionnaire", "record_id"
COLUMNS = {
    "name": "Variable / Field Name",
    "form": "Form Name",
    "section": "Section Header",
    "type": "Field Type",
    "label": "Field Label",
    "choices": "Choices, Calculations, OR Slider Labels",
    "note": "Field Note",
    "validation": "Text Validation Type OR Show Slider Number",
    "minimum": "Text Validation Min",
    "maximum": "Text Validation Max",
    "identifier": "Identifier?",
    "branching": "Branching Logic (Show field only if...)",
    "required": "Required Field?",
    "alignment": "Custom Alignment",
    "number": "Question Number (surveys only)",
    "matrix": "Matrix Group Name",
    "ranking": "Matrix Ranking?",
    "annotation": "Field Annotation",
}
# The names that REDCap's own interface for programs gives to the same columns.
OTHER_NAMES = {
    "field_name": "name", "form_name": "form", "section_header": "section", "field_type": "type",
    "field_label": "label", "select_choices_or_calculations": "choices", "field_note": "note",
    "text_validation_type_or_show_slider_number": "validation", "text_validation_min": "minimum",
    "text_validation_max": "maximum", "branching_logic": "branching", "required_field": "required",
    "matrix_group_name": "matrix", "matrix_ranking": "ranking", "field_annotation": "annotation",
}  # fmt: skip
