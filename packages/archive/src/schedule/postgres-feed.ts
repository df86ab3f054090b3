import pg from 'pg'
import { type Change, type ChangeFeed, LocalFeed } from './change-feed.js'

const CHANNEL = 'waybill'
const RECONNECT_MS = 1000

/**
 * A feed through the database's LISTEN and NOTIFY. It holds one connection from its first use on, and makes a new one
 * when that breaks; what was said meanwhile is missed.
 */
export class PostgresFeed implements ChangeFeed {
  readonly #url: string
  readonly #local = new LocalFeed()
  #client: pg.Client | null = null
  #sending: Promise<void> = Promise.resolve()
  #retry: NodeJS.Timeout | null = null
  #state: 'unused' | 'open' | 'closed' = 'unused'

  constructor(url: string) {
    this.#url = url
  }

  publish(change: Change): void {
    this.#open()
    // A connection carries out one statement at a time, and does not like to be handed others meanwhile.
    this.#sending = this.#sending.then(() => this.#send(change))
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.#open()
    return this.#local.subscribe(listener)
  }

  async close(): Promise<void> {
    this.#state = 'closed'
    if (this.#retry !== null) clearTimeout(this.#retry)
    const client = this.#client
    this.#client = null
    await client?.end().catch(() => undefined)
    await this.#local.close()
  }

  #open(): void {
    if (this.#state !== 'unused') return
    this.#state = 'open'
    void this.#connect()
  }

  async #send(change: Change): Promise<void> {
    try {
      if (this.#client === null) this.#local.publish(change)
      // It comes back to this process as well.
      else await this.#client.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(change)])
    } catch {
      this.#local.publish(change)
    }
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      keepAlive: true,
      application_name: 'waybill changes',
    })
    client.on('error', () => this.#reconnect(client))
    client.on('end', () => this.#reconnect(client))
    client.on('notification', ({ payload }) => this.#hear(payload))
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
      if (this.#state === 'closed') await client.end()
      else this.#client = client
    } catch {
      this.#reconnect(client)
    }
  }

  #reconnect(client: pg.Client): void {
    if (this.#client === client) this.#client = null
    if (this.#state === 'closed' || this.#retry !== null || this.#client !== null) return
    void client.end().catch(() => undefined)
    this.#retry = setTimeout(() => {
      this.#retry = null
      void this.#connect()
    }, RECONNECT_MS)
    this.#retry.unref()
  }

  /** Anybody with access to the database may say anything on the channel. */
  #hear(payload = ''): void {
    try {
      const told: unknown = JSON.parse(payload)
      if (isChange(told)) this.#local.publish(told)
    } catch {
      // What is no JSON is not ours.
    }
  }
}

function isChange(told: unknown): told is Change {
  if (typeof told !== 'object' || told === null) return false
  const { source, kind } = told as Partial<Record<keyof Change, unknown>>
  return typeof source === 'string' && typeof kind === 'string'
}
