import { plural } from './format.js'

const en = {
  on: 'Live',
  connecting: 'Connecting…',
  onExplain: 'Changes are shown as soon as the archive sees them.',
  show: (count: number): string => `Show ${plural(count, 'new message', 'new messages')}`,
  showMore: (count: number): string => `Show more than ${count} new messages`,
  showGaps: 'The known gaps have changed: show them',
}

const de: typeof en = {
  on: 'Live',
  connecting: 'Verbinden…',
  onExplain: 'Änderungen werden angezeigt, sobald das Archiv sie sieht.',
  show: (count) => `${plural(count, 'neue Nachricht', 'neue Nachrichten')} anzeigen`,
  showMore: (count) => `Mehr als ${count} neue Nachrichten anzeigen`,
  showGaps: 'Die bekannten Lücken haben sich geändert: anzeigen',
}

export const live = { en, de }
