import type { MessageStatus } from '../api/operations.js'

/** What the messages are divided into. */
export const FIGURES = ['pending', 'delivered', 'read', 'failed', 'other'] as const
export type Figure = (typeof FIGURES)[number]

/** How many messages of each kind there are. */
export type Figures = Readonly<Record<Figure, number>>

export const NO_FIGURES: Figures = { pending: 0, delivered: 0, read: 0, failed: 0, other: 0 }

/** The statuses of a figure, which a click filters by. Messages without a status cannot be filtered by it. */
export const STATUSES_OF: Readonly<Record<Figure, readonly MessageStatus[]>> = {
  pending: ['SENT', 'UNKNOWN'],
  delivered: ['DELIVERED'],
  read: ['READ'],
  failed: ['FAILED'],
  other: ['DELETED'],
}

/** The figure that a message is counted in: each in one, so that all of them add up to the total. */
export function figureOf(status: MessageStatus | null): Figure {
  return FIGURES.find((figure) => status !== null && STATUSES_OF[figure].includes(status)) ?? 'other'
}

export function addFigures(one: Figures, other: Figures): Figures {
  return {
    pending: one.pending + other.pending,
    delivered: one.delivered + other.delivered,
    read: one.read + other.read,
    failed: one.failed + other.failed,
    other: one.other + other.other,
  }
}

export function totalOf(figures: Figures): number {
  return FIGURES.reduce((sum, figure) => sum + figures[figure], 0)
}
