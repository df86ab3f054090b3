import { WaybillError } from '@waybill/core'
import type { ServerLimits } from '@waybill/runtime'
import type { AnswerMeter } from '../../schema/count-answer.js'
import type { Turn } from './turns.js'

/** Ends an operation that goes on too long, or whose answer grows too large, and one whose clients are gone. */
export interface OperationGuard extends AnswerMeter {
  /** Aborted when the operation has to end; its reason is the cause. */
  readonly signal: AbortSignal
  /** Adds a client that waits for the same operation; its signal is aborted when it goes away. */
  join(client: AbortSignal): void
  /** Runs the operation; rejects with the limit that ended it. */
  run<Result>(execute: () => Result | Promise<Result>): Promise<Result>
}

export interface OperationGuardOptions {
  readonly limits: Pick<ServerLimits, 'operationSeconds' | 'maxAnswerBytes'>
  /** Aborted when the client goes away. */
  readonly client: AbortSignal
  /** The operation begins when it has its turn; the time until then counts. */
  readonly turn: Turn
}

export function createOperationGuard({ limits, client, turn }: OperationGuardOptions): OperationGuard {
  const { operationSeconds, maxAnswerBytes } = limits
  const controller = new AbortController()
  let bytes = 0
  let clients = 0
  let failure: WaybillError | undefined

  function end(message: string): void {
    failure ??= new WaybillError('QUERY_TOO_EXPENSIVE', message)
    controller.abort(failure)
  }

  // Three times as fast as a signal made of several.
  function join(one: AbortSignal): void {
    clients += 1
    const leave = (): void => {
      clients -= 1
      if (clients === 0) controller.abort(one.reason)
    }
    if (one.aborted) leave()
    else one.addEventListener('abort', leave, { once: true })
  }
  join(client)

  const late = (): void =>
    end(
      `The operation took longer than ${operationSeconds} seconds (server.limits.operationSeconds). Ask for fewer messages or details, or for a shorter span of time.`,
    )

  return {
    signal: controller.signal,
    join,
    count: (more) => {
      bytes += more
      if (bytes <= maxAnswerBytes) return true
      end(
        `The answer has more than ${maxAnswerBytes} bytes (server.limits.maxAnswerBytes). Ask for fewer messages (\`first\`), or fewer fields.`,
      )
      return false
    },
    run: async (execute) => {
      const timer = setTimeout(late, operationSeconds * 1000)
      try {
        await turn.take()
        controller.signal.throwIfAborted()
        const result = await execute()
        if (failure !== undefined) throw failure
        return result
      } catch (error) {
        throw failure ?? error
      } finally {
        clearTimeout(timer)
        turn.giveBack()
      }
    },
  }
}
