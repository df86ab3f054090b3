import { Socket } from 'node:net'
import type { Client } from 'pg'

/** Something that a sync did, as other processes hear of it. */
export interface Change {
  readonly source: string
  readonly kind: string
}

/** Carries changes to whoever waits for them, in this process and, where the database can, in others. */
export interface ChangeFeed {
  /** Never throws: who misses a change looks for itself before long. */
  publish(change: Change): void
  /** @returns takes the listener away again */
  subscribe(listener: (change: Change) => void): () => void
  close(): Promise<void>
}

/** A feed within this process. */
export class LocalFeed implements ChangeFeed {
  readonly #listeners = new Set<(change: Change) => void>()

  publish(change: Change): void {
    for (const listener of this.#listeners) listener(change)
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#listeners.clear()
  }
}

const CHANNEL = 'waybill'
const RECONNECT_MS = 1000
/**
 * Longer than a server at work takes for what is asked of it here. One that says nothing any more, since its machine or
 * the network is gone, is not told from a slow one by TCP for hours, and everything to be said would wait behind it.
 */
const PATIENCE_MS = 3000

interface Connection {
  readonly client: Client
  readonly socket: Socket
}

/**
 * A feed through the database's LISTEN and NOTIFY. It holds one connection from its first use on, and makes a new one
 * when that breaks or does not answer; what was said meanwhile is heard by this process alone.
 */
export class PostgresFeed implements ChangeFeed {
  readonly #url: string
  readonly #local = new LocalFeed()
  /** The last one that was made. */
  #connection: Connection | null = null
  /** The same, once it can be used. */
  #ready: Connection | null = null
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
    const connection = this.#connection
    this.#connection = null
    this.#ready = null
    if (connection !== null) await end(connection)
    await this.#local.close()
  }

  #open(): void {
    if (this.#state !== 'unused') return
    this.#state = 'open'
    void this.#connect()
  }

  async #send(change: Change): Promise<void> {
    const connection = this.#ready
    try {
      if (connection === null) this.#local.publish(change)
      // It comes back to this process as well.
      else await connection.client.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(change)])
    } catch {
      this.#local.publish(change)
      if (connection !== null) this.#reconnect(connection)
    }
  }

  async #connect(): Promise<void> {
    // An archive in SQLite has no need of the driver.
    const { default: pg } = await import('pg')
    if (this.#state === 'closed') return
    const socket = new Socket()
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
      keepAlive: true,
      application_name: 'waybill changes',
      stream: () => socket,
    })
    const connection = { client, socket }
    this.#connection = connection
    client.on('error', () => this.#reconnect(connection))
    client.on('end', () => this.#reconnect(connection))
    client.on('notification', ({ payload }) => this.#hear(payload))
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
      if (this.#connection === connection) this.#ready = connection
    } catch {
      this.#reconnect(connection)
    }
  }

  /** Once for each connection. */
  #reconnect(connection: Connection): void {
    if (this.#connection !== connection) return
    this.#connection = null
    this.#ready = null
    void end(connection)
    this.#retry = setTimeout(() => void this.#connect(), RECONNECT_MS)
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

/** In good manners, or without the other side where that does not take part. */
async function end({ client, socket }: Connection): Promise<void> {
  const giveUp = setTimeout(() => socket.destroy(), PATIENCE_MS)
  await client.end().catch(() => undefined)
  clearTimeout(giveUp)
}
