"""Questionnaires that go to other tools and come back; what is left is told by line."""

import io
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from pyxform.xls2xform import convert

from impact.exceptions import Refused
from impact.sheets.reading import _read
from surveys.definitions import check, get_standard, library
from surveys.exchange.files import read_questionnaire
from surveys.exchange.redcap_out import to_redcap
from surveys.exchange.xlsform_out import left_out, to_xlsform
from surveys.languages.rules import places, with_words
from surveys.records import Choice, Condition, Question, Questionnaire
from surveys.vocabulary import QuestionKind

K = QuestionKind
DECIDING = (K.ONE, K.SEVERAL, K.LEVEL, K.SCALE)
# `_read` is what the child process of `read_sheets` does; a property would start hundreds of them.
words = st.text(
    st.characters(whitelist_categories=("L", "N"), whitelist_characters=" ’,;!?()%=+-@"), min_size=1, max_size=30
)
# As forms keep what is typed: composed, without doubled spaces.
texts = words.map(lambda text: " ".join(normalize("NFC", text).split())).filter(lambda text: text[:1].isalpha())


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Any questionnaire that the editor could make, with a translation of some of its texts."""
    questions: list[Question] = []
    for place in range(draw(st.integers(1, 7))):
        questions.append(draw(one_question(f"q{place}", questions)))
    questions.append(Question("last", K.WORDS, draw(texts)))
    made = Questionnaire(
        "essai", draw(st.integers(1, 9)), draw(texts), draw(texts), draw(texts), draw(st.integers(1, 60)), draw(texts),
        draw(texts), tuple(draw(st.lists(texts, min_size=5, max_size=5))), tuple(questions),
        (Choice("trust", draw(texts)),),
    )  # fmt: skip
    check(made)
    for language in draw(st.sampled_from([(), ("en",), ("ar", "fr-simple")])):
        some = draw(st.lists(st.sampled_from(list(places(made))), min_size=1, unique=True))
        made = with_words(made, language, {place: draw(texts) for place in some})
    return made


@st.composite
def one_question(draw: st.DrawFn, code: str, earlier: list[Question]) -> Question:
    kind = draw(st.sampled_from(list(K)))
    asked = kind not in (K.SECTION, K.INFORMATION)
    known: dict[str, object] = {"help": draw(st.one_of(st.just(""), texts))}
    if asked:
        known |= {
            "required": draw(st.booleans()),
            "aside": draw(st.booleans()),
            "use": draw(st.one_of(st.just(""), texts)),
        }
    if kind in (K.ONE, K.SEVERAL, K.RANKING, K.GRID):
        known["choices"] = tuple(Choice(f"c{n}", draw(texts)) for n in range(draw(st.integers(2, 4))))
    if kind in (K.LEVEL, K.GRID):
        known |= {"reversed": draw(st.booleans()), "dimension": draw(st.sampled_from(["", "trust"]))}
        known["levels"] = draw(st.one_of(st.just(()), st.tuples(texts, texts, texts, texts, texts)))
    if kind is K.SCALE:
        known["ends"] = draw(st.one_of(st.just(()), st.tuples(texts, texts)))
    if kind is K.NUMBER:
        low = draw(st.integers(-50, 50))
        known |= {"lowest": low, "highest": low + draw(st.integers(1, 10_000))}
    deciding = [each for each in earlier if each.kind in DECIDING]
    if deciding and draw(st.booleans()):
        before = draw(st.sampled_from(deciding))
        codes = [each.code for each in before.choices] or ["1", "2", "3", "4", "5"]
        known["shown_if"] = Condition(
            before.code, tuple(draw(st.lists(st.sampled_from(codes), min_size=1, max_size=2, unique=True)))
        )
    return Question(code, kind, draw(texts), **known)  # type: ignore[arg-type]


@pytest.mark.whole
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(questionnaires())
def test_an_xlsform_goes_through_pyxform_and_comes_back_equal(asked: Questionnaire) -> None:
    content = to_xlsform(asked)
    form = convert(io.BytesIO(content), file_type=".xlsx").xform
    assert all(f"/{question.code}" in form for question in asked.asked if question.kind is not K.GRID)
    taken = read_questionnaire(_read(content))
    assert taken.questionnaire == asked
    assert taken.left == ()


@pytest.mark.parametrize("asked", library(), ids=lambda each: each.code)
def test_the_library_survives_the_journey(asked: Questionnaire) -> None:
    content = to_xlsform(asked)
    convert(io.BytesIO(content), file_type=".xlsx")
    assert read_questionnaire(_read(content)).questionnaire == asked


def test_what_xlsform_cannot_say_is_told(whole: Questionnaire) -> None:
    messages = [each.message for each in left_out(whole)]
    assert any("les mots des deux bouts" in message for message in messages)
    assert any("Combien d’enfants" in message and "je ne sais pas" in message for message in messages)


def workbook(survey: list[list[str]], choices: list[list[str]] | None = None) -> bytes:
    book = Workbook()
    book.active.title = "survey"  # type: ignore[union-attr]
    for row in survey:
        book.active.append(row)  # type: ignore[union-attr]
    sheet = book.create_sheet("choices")
    for row in choices or [["list name", "name", "label"], ["yn", "Yes-1", "Oui"], ["yn", "0", "Non"]]:
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_form_of_somebody_else_is_taken_up_and_the_rest_is_told_by_line() -> None:
    survey = [
        [
            "type",
            "name",
            "label::English (en)",
            "label::Français (fr)",
            "relevant",
            "constraint",
            "required",
            "calculation",
        ],
        ["start", "start", "", "", "", "", "", ""],
        ["begin group", "Group", "Part", "Partie", "", "", "", ""],
        ["select_one yn", "Came", "Came?", "Venu ?", "", "", "yes", ""],
        ["integer", "how-many", "How many?", "Combien ?", "${Came} = 'Yes-1'", ". > 2 and . <= 9", "", ""],
        ["end group", "", "", "", "", "", "", ""],
        ["geopoint", "where", "Where?", "Où ?", "", "", "", ""],
        ["text", "why", "Why?", "Pourquoi ?", "${Came} = 'Yes-1' and ${where} != ''", "regex(., 'a')", "", ""],
        ["calculate", "twice", "", "", "", "", "", "1 + 1"],
        ["select_one missing", "lost", "Lost", "Perdue", "", "", "", ""],
        ["range", "note", "Mark", "Note", "", "", "", ""],
    ]
    taken = read_questionnaire(_read(workbook(survey)))
    asked = taken.questionnaire
    assert [(each.code, each.kind) for each in asked.questions] == [
        ("group", K.SECTION),
        ("came", K.ONE),
        ("how_many", K.NUMBER),
        ("why", K.LINE),
        ("note", K.NUMBER),
    ]
    many = asked.question("how_many")
    assert many is not None
    assert (many.text, many.lowest, many.highest, many.shown_if) == ("Combien ?", 3, 9, Condition("came", ("yes_1",)))
    assert dict(asked.translations[0].texts)["question/came"] == "Came?"
    told = {each.line: each.message for each in taken.left}
    assert "start" in told[2]
    assert "geopoint" in told[7]
    assert "Où ?" in told[7]
    lines = [each.line for each in taken.left]
    assert lines.count(8) == 2
    assert lines.count(9) == 2
    assert "missing" in told[10]


def test_a_list_with_another_answer_is_taken_up_without_it_and_that_is_told() -> None:
    survey = [["type", "name", "label"], ["select_one yn or_other", "came", "Venu ?"]]
    choices = [["list_name", "name", "label"], ["yn", "a", "Oui"], ["yn", "b", "Non"]]
    taken = read_questionnaire(_read(workbook(survey, choices)))
    assert [choice.text for choice in taken.questionnaire.questions[0].choices] == ["Oui", "Non"]
    assert [(each.line, each.message) for each in taken.left] == [
        (2, "la réponse « autre » n’est pas reprise : ajoutez-la à la liste.")
    ]


def test_sheets_columns_appearances_and_files_that_are_not_followed_are_told() -> None:
    survey = [
        ["type", "name", "label", "media::image", "appearance", "body::x"],
        ["select_one yn", "came", "Venu ?", "logo.png", "minimal", "3"],
    ]
    choices = [
        ["list_name", "name", "label", "audio", "region"],
        ["yn", "a", "Oui", "a.mp3", ""],
        ["yn", "b", "Non", "", "9"],
    ]
    content = workbook(survey, choices)
    told = [(each.line, each.message) for each in read_questionnaire([*_read(content), ("entities", [])]).left]
    assert told == [
        (0, "la feuille « entities » n’est pas lue."),
        (0, "la colonne « audio » n’est pas suivie (feuille « choices », ligne 2)."),
        (0, "la colonne « region » n’est pas suivie (feuille « choices », ligne 3)."),
        (2, "la colonne « image » n’est pas suivie."),
        (2, "la colonne « body » n’est pas suivie."),
        (2, "la présentation « minimal » n’est pas suivie."),
    ]


def test_a_redcap_dictionary_comes_back_with_the_same_questions(whole: Questionnaire) -> None:
    content = to_redcap(whole)
    assert content.decode("utf-8-sig").splitlines()[0].count(",") >= 17
    taken = read_questionnaire(_read(content)).questionnaire
    kinds = {each.code: each.kind for each in taken.asked}
    expected = {each.code: each.kind for each in whole.asked}
    expected |= {"mood": K.ONE, "advise": K.ONE}
    assert kinds == expected
    how, views, order = (taken.question(code) for code in ("how", "views", "order"))
    assert how is not None
    assert how.shown_if == Condition("came", ("yes",))
    assert how.aside
    assert views is not None
    assert views.levels == whole.levels
    assert [choice.code for choice in views.choices] == ["room", "time"]
    assert order is not None
    assert [choice.text for choice in order.choices] == ["Voir", "Parler", "Manger"]


LIMESURVEY = """id\trelated_id\tclass\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tvalidation\tmandatory\tother\tdefault
\t\tS\t\tsid\t\t12345\t\t\t\t\t\t
\t\tS\t\tlanguage\t\tfr\t\t\t\t\t\t
\t\tSL\t\tsurveyls_title\t\tVotre avis\t\tfr\t\t\t\t
\t\tG\t0\tPremière partie\t1\t\t\tfr\t\t\t\t
1\t\tQ\tL\tvenu\t1\t<p>Êtes-vous venu&nbsp;?</p>\t\tfr\t\tY\tN\t
\t\tA\t0\tA1\t\tOui\t\tfr\t\t\t\t
\t\tA\t0\tA2\t\tNon\t\tfr\t\t\t\t
2\t\tQ\tM\tquoi\tvenu.NAOK == "A1"\tQuoi ?\tPlusieurs\tfr\t\tN\tY\t
\t\tSQ\t\tSQ1\t1\tAtelier\t\tfr\t\t\t\t
\t\tSQ\t\tSQ2\t1\tRepas\t\tfr\t\t\t\t
3\t\tQ\tA\tnotes\t1\tNotez\t\tfr\t\tN\t\t
\t\tSQ\t\tS1\t1\tLa salle\t\tfr\t\t\t\t
4\t\tQ\t|\tfichier\t1\tUn fichier ?\t\tfr\t\tN\t\t
5\t\tQ\tN\tage\tvenu.NAOK > 3\tQuel âge ?\t\tfr\t\tN\t\t
"""


def test_a_limesurvey_export_is_taken_up() -> None:
    taken = read_questionnaire(_read(LIMESURVEY.encode()))
    asked = taken.questionnaire
    assert asked.title == "Votre avis"
    assert [(each.kind, each.text) for each in asked.questions] == [
        (K.SECTION, "Première partie"),
        (K.ONE, "Êtes-vous venu ?"),
        (K.SEVERAL, "Quoi ?"),
        (K.GRID, "Notez"),
        (K.NUMBER, "Quel âge ?"),
    ]
    what = asked.question("quoi")
    assert what is not None
    assert what.shown_if == Condition("venu", ("a1",))
    assert [each.line for each in taken.left] == [9, 14, 15]
    assert "autre" in taken.left[0].message


@pytest.mark.parametrize("content", [b"a;b\n1;2\n", b"class,name\n", workbook([["type", "name", "label"]])])
def test_something_else_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read_questionnaire(_read(content))


def test_the_satisfaction_questionnaire_keeps_its_translations() -> None:
    asked = get_standard("satisfaction-parents")
    assert read_questionnaire(_read(to_xlsform(asked))).questionnaire.translations == asked.translations
