"""A request for the copy of what is kept about a person of a cohort."""

from impact.protection.forms import CopyForm
from impact.protection.vocabulary import Requester
from surveys.rosters.records import PersonCopy


class PersonCopyForm(CopyForm):
    """The same questions as for a child's file."""

    def as_person_copy(self, person_id: int, asked_by: int) -> PersonCopy:
        """What was typed; read after validation."""
        checked = str(self.identity_checked.data)
        return PersonCopy(person_id, Requester(self.requester.data), checked, self.received_on.data, asked_by)
