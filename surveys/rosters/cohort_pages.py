"""The pages about cohorts: three modules, one blueprint, so that the tab stays marked on each."""

from surveys.rosters import cohort_views, copy_views, protection_views

(pages,) = {module.pages for module in (cohort_views, copy_views, protection_views)}
