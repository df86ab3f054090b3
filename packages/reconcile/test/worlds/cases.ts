import type { Send, WorldPlan } from './plan.js'

const SEND: Send = {
  timing: 'near',
  pauseMs: 0,
  delayMs: 1000,
  number: 0,
  text: 0,
  fate: 'arrived',
  loggedBy: 'text',
  source: 0,
  status: 'DELIVERED',
  loggedStatus: null,
  spelling: 0,
}

const LISTS_ALL = { listsNumber: true, listsWhatsappId: true }

function world(...sends: readonly Partial<Send>[]): WorldPlan {
  return {
    sends: sends.map((send) => ({ ...SEND, ...send })),
    doubts: [],
    sources: [LISTS_ALL, LISTS_ALL],
    ageMs: 3_600_000,
    interruptedAt: 0.5,
  }
}

/** Worlds that are rare among random ones. */
export const CASES: readonly WorldPlan[] = [
  // An entry that names an id which is nowhere, beside an equal message that nobody logged.
  world({ fate: 'never-sent', loggedBy: 'id' }, { pauseMs: 5000, fate: 'unlogged' }),
  // One message right between two equal entries.
  world({ delayMs: 10_000 }, { pauseMs: 20_000, fate: 'never-sent' }),
  // Equal messages, and the first one is lost.
  world({ fate: 'never-sent' }, { pauseMs: 30_000 }, { pauseMs: 30_000 }),
  // Equal messages, and the last one is lost.
  world({}, { pauseMs: 30_000 }, { pauseMs: 30_000, fate: 'never-sent' }),
  // Two entries whose nearest message is the same, and another message for one of them.
  world({ delayMs: 25_000 }, { pauseMs: 30_000, delayMs: 300_000 }),
  // A message is lost in a gap, and its entry is nearer to the message of the next one, whose window does not touch the gap.
  {
    ...world({ pauseMs: 300_000, delayMs: -100_000 }, { pauseMs: 60_000, delayMs: -50_000 }),
    doubts: [{ from: 255 / 2760, length: 10 / 2760, source: 0, because: 'GAP', hides: true }],
  },
]
