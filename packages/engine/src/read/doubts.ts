/** Why rows may be missing or out of place all the same, as a client is told. */
export const DOUBTS = {
  ties: 'More messages share one time than two pages of the served size can have in common; if the source lists them in a changing order, some of them may be missing.',
  unsettled:
    'Messages around one place change their order so often that no two pages agree on it; some of them may be missing or repeated.',
  unproven:
    'Most messages around the place where the last page ended are gone; of others that may belong there it cannot be told whether they were read, so some may be missing or repeated.',
  lost: 'All messages around the place where the last page ended are gone; their neighbours were found by time, so some may be missing or repeated.',
} as const
