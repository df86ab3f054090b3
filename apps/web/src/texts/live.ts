import { plural } from './format.js'

const en = {
  on: 'Live',
  connecting: 'Connecting…',
  onExplain: 'Changes are shown as they are seen.',
  show: (count: number): string => `Show ${plural(count, 'new message', 'new messages')}`,
}

const de: typeof en = {
  on: 'Live',
  connecting: 'Verbindet…',
  onExplain: 'Änderungen werden gezeigt, sobald sie bemerkt werden.',
  show: (count) => `${plural(count, 'neue Nachricht', 'neue Nachrichten')} zeigen`,
}

export const live = { en, de }
