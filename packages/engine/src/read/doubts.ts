import type { SourceWarning } from '@waybill/core'

function doubt(code: SourceWarning['code'], message: string): SourceWarning {
  return { code, message, field: null, count: null }
}

/** Why rows may be missing or out of place all the same, as a client is told. */
export const DOUBTS: Readonly<Record<'ties' | 'unsettled' | 'unproven' | 'lost', SourceWarning>> = {
  ties: doubt(
    'TIES_UNPROVEN',
    'More messages share one time than two pages of the served size can have in common; if the source lists them in a changing order, some of them may be missing.',
  ),
  unsettled: doubt(
    'PLACE_LOST',
    'Messages around one place change their order so often that no two pages agree on it; some of them may be missing or repeated.',
  ),
  unproven: doubt(
    'PLACE_LOST',
    'Most messages around the place where the last page ended are gone; of others that may belong there it cannot be told whether they were read, so some may be missing or repeated.',
  ),
  lost: doubt(
    'PLACE_LOST',
    'All messages around the place where the last page ended are gone; their neighbours were found by time, so some may be missing or repeated.',
  ),
}
