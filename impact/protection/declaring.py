"""How a column is declared: the words of the registry, as short as its lines."""

from impact.accounts.access import FieldClass
from impact.protection.records import Column, Table
from impact.protection.vocabulary import Basis, Kept, Purpose, Treatment

ID, SCHOOL, SOCIAL = FieldClass.IDENTITY, FieldClass.SCHOOL, FieldClass.SOCIAL
HEALTH, JUSTICE = FieldClass.HEALTH, FieldClass.JUSTICE
FOLLOW, DECIDE, AGREE, ACCOUNT = Purpose.FOLLOW, Purpose.DECIDE, Purpose.AGREE, Purpose.ACCOUNT
PROTECT, WORK, PROVE, ASK = Purpose.PROTECT, Purpose.WORK, Purpose.PROVE, Purpose.ASK
CONSENTED, MISSION, DUTY, INTEREST = Basis.AGREEMENT, Basis.MISSION, Basis.DUTY, Basis.INTEREST
FILE, MEMBER, LIFE, LOG = Kept.FILE, Kept.MEMBERSHIP, Kept.COMMUNITY, Kept.LOG


def given(
    name: str,
    label: str,
    field_class: FieldClass,
    *,
    optional: bool = False,
    together: tuple[str, ...] = (),
    located: bool = False,
    words: str = "",
) -> Column:
    """A field about the child: in the copy of the file."""
    return Column(name, Treatment.IN, label, field_class, optional, together, located, words)


def masked(name: str, label: str, field_class: FieldClass = ID, *, optional: bool = False) -> Column:
    """A field of the child's file about somebody else: masked in the copy."""
    return Column(name, Treatment.MASKED, label, field_class, optional)


def personal(name: str, label: str) -> Column:
    """A field about an adult of the community: in no child's copy."""
    return Column(name, Treatment.OUT, label)


def technical(names: str) -> tuple[Column, ...]:
    """Numbers of rows, versions, codes and words about no person in particular."""
    return tuple(Column(name, Treatment.OUT) for name in names.split())


def child(name: str, about: str, purpose: Purpose, basis: Basis, *columns: Column) -> Table:
    """A table of a child's file."""
    return Table(name, about, purpose, basis, FILE, columns)


def work(name: str, columns: str, *people: Column, about: str = "", purpose: Purpose = WORK) -> Table:
    """A table of the community's life, which holds nothing about a child."""
    return Table(name, about or "Vie de la communauté", purpose, INTEREST, LIFE, (*technical(columns), *people))
