/** The end of a connection between two processes that is in this one. */
export interface Port {
  /** @returns whether the other end is still there */
  send(message: Question | Answer): boolean
  receive(listener: (message: unknown) => void): void
  /** Called once when the other end has gone. */
  gone(listener: () => void): void
}

/** What an end answers, by the name of the question. Questions and answers are JSON. */
export type Answers = Readonly<Record<string, (value: unknown) => unknown>>

/** Questions between two processes, in both directions. */
export interface Channel {
  /**
   * @throws Error with the message and the code of what failed at the other end; ChannelClosed when it has gone
   */
  ask(question: string, value?: unknown): Promise<unknown>
}

/** The process at the other end has gone. */
class ChannelClosed extends Error {
  constructor() {
    super('The other process has ended.')
    this.name = 'ChannelClosed'
  }
}

/** Sent to be answered. */
export interface Question {
  readonly kind: 'question'
  readonly id: number
  readonly question: string
  readonly value: unknown
}

/** Sent back. */
export interface Answer {
  readonly kind: 'answer'
  readonly id: number
  readonly value?: unknown
  /** What failed, instead. */
  readonly error?: Failure
}

/** What is passed on of an error: what the operator's messages are made from. */
interface Failure {
  readonly message: string
  readonly code?: string | undefined
  readonly syscall?: string | undefined
  readonly address?: string | undefined
  readonly port?: number | undefined
}

/** Asks and answers over a connection. Messages of another form are not ours, and are passed over. */
export function openChannel(port: Port, answers: Answers): Channel {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let last = 0
  let isGone = false

  const answer = async ({ id, question, value }: Question): Promise<void> => {
    try {
      port.send({ kind: 'answer', id, value: await answers[question]?.(value) } satisfies Answer)
    } catch (error) {
      port.send({ kind: 'answer', id, error: failureOf(error) } satisfies Answer)
    }
  }
  port.receive((message) => {
    if (isOfKind<Question>(message, 'question')) void answer(message)
    if (!isOfKind<Answer>(message, 'answer')) return
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.error === undefined) asked?.resolve(message.value)
    else asked?.reject(Object.assign(new Error(message.error.message), message.error))
  })
  port.gone(() => {
    isGone = true
    for (const asked of waiting.values()) asked.reject(new ChannelClosed())
    waiting.clear()
  })

  return {
    ask: async (question, value) => {
      if (isGone) throw new ChannelClosed()
      last += 1
      const asked = Promise.withResolvers<unknown>()
      waiting.set(last, asked)
      if (!port.send({ kind: 'question', id: last, question, value } satisfies Question)) {
        waiting.delete(last)
        throw new ChannelClosed()
      }
      return asked.promise
    },
  }
}

function isOfKind<Message extends Question | Answer>(
  message: unknown,
  kind: Message['kind'],
): message is Message {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === kind
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error) }
  const { message, code, syscall, address, port }: Failure = error
  return { message, code, syscall, address, port }
}
