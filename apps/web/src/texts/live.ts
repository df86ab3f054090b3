import { plural } from './format.js'

const en = {
  on: 'Live',
  connecting: 'Connecting…',
  onExplain: 'Changes are shown as they are seen.',
  show: (count: number): string => `Show ${plural(count, 'new message', 'new messages')}`,
  showMore: (count: number): string => `Show more than ${count} new messages`,
  showGaps: 'The known gaps have changed: show them',
}

const de: typeof en = {
  on: 'Live',
  connecting: 'Verbindet…',
  onExplain: 'Änderungen werden gezeigt, sobald sie bemerkt werden.',
  show: (count) => `${plural(count, 'neue Nachricht', 'neue Nachrichten')} zeigen`,
  showMore: (count) => `Mehr als ${count} neue Nachrichten zeigen`,
  showGaps: 'Die bekannten Lücken haben sich geändert: zeigen',
}

export const live = { en, de }
