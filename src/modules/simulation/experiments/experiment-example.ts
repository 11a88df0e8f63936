/** A small experiment, for readers of the API. */
export const EXPERIMENT_EXAMPLE = `id: friction_small
title: Does a question before sharing slow reposts?
description: Two arms with four seeds each, to be read rather than believed.
scenario: metro_cdmx
ticks: 2
seeds: 4
control: as_it_is
arms:
  - name: as_it_is
  - name: friction
    changes:
      interventions: [{ kind: friction, content: { veracity: any }, share: 0.5 }]
outcomes:
  - { name: reposts, measure: totals.reposts }
  - { name: attention, at: ticks, measure: attention_gini, statistic: last }
preregistration:
  hypotheses:
    - { text: Fewer posts are passed on, arm: friction, outcome: reposts, direction: less }
  primary_outcome: reposts
  alpha: 0.05
  stopping: All four seeds of both arms; nothing is looked at before.
`;
