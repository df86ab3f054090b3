import { type OctopodsRow, plainOctopodsRow, plainWacrRow, type WacrRow } from '@waybill/emulators'

/** What became of one message that was, or was not, sent. */
export type Fate = 'arrived' | 'failed' | 'never-sent' | 'unlogged' | 'logged-twice'

export interface PlantedSend {
  readonly source: 'octo' | 'shop'
  readonly upstreamId: string
  readonly at: number
  readonly fate: Fate
  readonly byId: boolean
  readonly text: string
}

export interface PlantedEntry {
  readonly send: PlantedSend
  /** Whether the same message is logged before. */
  readonly isRepeated: boolean
}

/** A log, and what is sent upstream between three syncs. */
export interface PlantedWorld {
  readonly phases: readonly { readonly octo: readonly OctopodsRow[]; readonly shop: readonly WacrRow[] }[]
  readonly sends: readonly PlantedSend[]
  readonly entries: readonly PlantedEntry[]
  /** The log as a file, and the flags that it needs. */
  readonly log: string
  readonly flags: readonly string[]
  /** What was sent through Octopods and left its window before anybody saw it. */
  readonly lost: ReadonlySet<string>
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const WINDOW = 100
const NUMBER = '+493023125380'

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

/** Builds the world of a seed. All of it lies in the days before `now`. */
export function plantWorld(seed: number, now: number): PlantedWorld {
  const random = randomFrom(seed)
  const sends = plantSends(random, Math.floor(now / 1000) * 1000 - 3 * DAY)
  const phases = [0, 1, 2].map((phase) => {
    const own = sends.filter(
      ({ fate }, index) => fate !== 'never-sent' && phaseOf(index, sends.length) === phase,
    )
    return {
      octo: own.filter(({ source }) => source === 'octo').map(octopodsRow),
      shop: own.filter(({ source }) => source === 'shop').map(wacrRow),
    }
  })
  const entries = sends.flatMap((send): PlantedEntry[] => {
    if (send.fate === 'unlogged') return []
    const entry = { send, isRepeated: false }
    return send.fate === 'logged-twice' ? [entry, { send, isRepeated: true }] : [entry]
  })
  const order = random() < 0.5 ? entries : shuffled(entries, random)
  const first = new Set<PlantedSend>()
  const numbered = order.map(({ send }) => {
    const isRepeated = first.has(send)
    first.add(send)
    return { send, isRepeated }
  })
  return { phases, sends, entries: numbered, ...writeLog(numbered, random() < 0.5), lost: findLost(phases) }
}

function phaseOf(index: number, count: number): number {
  return index < count * 0.3 ? 0 : index < count * 0.8 ? 1 : 2
}

function plantSends(random: () => number, start: number): PlantedSend[] {
  const count = 260 + Math.floor(random() * 80)
  const burst = Math.floor(count * (0.35 + random() * 0.1))
  let at = start
  return Array.from({ length: count }, (_, index) => {
    const isBurst = index >= burst && index < burst + 130
    at += isBurst ? 1000 : 1000 * Math.floor(30 + random() * 400)
    const source = isBurst || random() < 0.6 ? 'octo' : 'shop'
    const fate = fateOf(random())
    return {
      source,
      upstreamId: String((source === 'octo' ? 900_000 : 0) + index + 1),
      at,
      fate,
      byId: source === 'shop' || fate === 'logged-twice' || random() < 0.4,
      text: `Order ${seedless(index)} is on its way`,
    }
  })
}

function seedless(index: number): string {
  return `A-${1000 + index}`
}

function fateOf(share: number): Fate {
  if (share < 0.7) return 'arrived'
  if (share < 0.76) return 'failed'
  if (share < 0.86) return 'never-sent'
  return share < 0.94 ? 'unlogged' : 'logged-twice'
}

function octopodsRow({ upstreamId, at, fate, text }: PlantedSend): OctopodsRow {
  return plainOctopodsRow(Number(upstreamId), {
    createdAt: at + 2000,
    phoneNumber: NUMBER,
    content: text,
    status: fate === 'failed' ? 'FAILED' : 'DELIVERED',
  })
}

function wacrRow({ upstreamId, at, fate, text }: PlantedSend): WacrRow {
  return plainWacrRow(Number(upstreamId), {
    createdAt: at + 2000,
    message: `<p>${text}</p>`,
    status: fate === 'failed' ? 'failed' : 'delivered',
  })
}

/** What no poll of the newest hundred has shown. */
function findLost(phases: PlantedWorld['phases']): Set<string> {
  const lost = new Set<string>()
  const sent: OctopodsRow[] = []
  const seen = new Set<number>()
  for (const { octo } of phases) {
    sent.push(...octo)
    for (const { messageId } of sent.toSorted((a, b) => b.createdAt - a.createdAt).slice(0, WINDOW))
      seen.add(messageId)
  }
  for (const { messageId } of sent) if (!seen.has(messageId)) lost.add(String(messageId))
  return lost
}

function writeLog(entries: readonly PlantedEntry[], isCsv: boolean): Pick<PlantedWorld, 'log' | 'flags'> {
  const rows = entries.map(({ send: { upstreamId, at, byId, text } }) => ({
    id: byId ? upstreamId : '',
    to: '030 23125380',
    text,
    at: new Date(at).toISOString(),
    status: 'delivered',
  }))
  if (!isCsv)
    return { log: rows.map((row) => JSON.stringify(row)).join('\n'), flags: ['--default-country', 'DE'] }
  // Local time in a zone without summer time.
  const cells = rows.map(({ id, to, text, at, status }) =>
    [id, to, text, new Date(Date.parse(at) + 5.5 * 60 * MINUTE).toISOString().slice(0, 19), status].join(';'),
  )
  return {
    log: `\uFEFF${['Id;Recipient;Body;Sent At;State', ...cells].join('\r\n')}`,
    flags: ['--default-country', 'DE', '--time-zone', 'Asia/Kolkata'],
  }
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
