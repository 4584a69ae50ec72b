"""Pure statistics, one module per subject: counts, arrays or frames in, frozen results out, no word of French.

The product computes what its data hold: `choice.choose` says which method and why. What no page needs yet is kept, right
and proved by the reference cases, for an evaluator who works on an export, and for the design that would ask for it:

- two groups of different people, once a community has a comparison group: `fisher`, `boschloo_p`, `chi_square_p`,
  `newcombe_difference`, `mann_whitney`, `brunner_munzel_p`, `cliffs_delta`, `hodges_lehmann_shift`, `kruskal_wallis`,
  `welch`, `cohens_d`, `difference_in_differences`, `rate_ratio`, `log_rank`;
- a yes or no asked twice: `paired_table`, `mcnemar`, `newcombe_paired`, and `cochran_q` at three waves, `page` when an order was predicted; on two levels the
  sign-flip test that pages use gives McNemar's mid-p. Whole square tables, from 30 pairs: `stuart_maxwell`, `bhapkar`,
  `bowker`;
- other sights of a paired change: `sign_test_p`, `hodges_lehmann`, `ordered_interval`, `normal_null`, `common_language`,
  `expected_regression`, and `reliable_change`, refused without a published test-retest r;
- planning a study: `paired_power`, `pairs_needed`, `detectable_difference`;
- weighting, from 100 people: `rake`, `rake_weights`, `kish_effective`, `kish_deff`; losses by stratum:
  `weighted_follow_up`, `stabilised_weights`; multiple imputation: `rubin`. Pages give bounds, which assume nothing;
- several coders or judges beyond two: `fleiss_kappa`, `krippendorff_alpha`, `intraclass`;
- tables by two criteria, which no page publishes: `primary_cells`, `attacker_intervals`, `is_safe`, `suppress_two_way`;
  what leaves as a list is held by `reports.disclosure` and audited in `reports.deducing`; exported files: `anonymity`;
- segregation where classes, sectors or levels are known: `nested_contributions`, `sector_index`, `exposure_by_level`,
  `stay_rate`; diversity beside a target list: `representation`, `top_share`;
- the rest: `aapor` (the product knows who was invited, not why they did not answer), `mean_interval`,
  `dispersion_ratio`, `clopper_pearson`, `binomial_p`, `bonferroni`, `rejected`, `bootstrap`, `presence_summary`,
  `median_level`, `retention`.
"""
