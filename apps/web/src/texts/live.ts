import { plural } from './format.js'

const en = {
  on: 'Live',
  connecting: 'Connecting…',
  onExplain: 'Changes are shown as soon as the archive sees them.',
  show: (count: number): string => `Show ${plural(count, 'new message', 'new messages')}`,
}

const de: typeof en = {
  on: 'Live',
  connecting: 'Verbinden…',
  onExplain: 'Änderungen werden angezeigt, sobald das Archiv sie sieht.',
  show: (count) => `${plural(count, 'neue Nachricht', 'neue Nachrichten')} anzeigen`,
}

export const live = { en, de }
