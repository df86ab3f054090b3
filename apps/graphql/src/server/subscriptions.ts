import {
  createSourceEventStream,
  executeSubscriptionEvent,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  mapSourceToResponseEvent,
  validateSubscriptionArgs,
} from 'graphql'
import type { ToClientError } from './client-error.js'

export interface SubscribeOptions {
  /**
   * Executes an event as an operation of its own, with a context of its own: what is kept for one operation must not grow with a
   * subscription's length.
   */
  readonly runEvent: (
    context: unknown,
    execute: (contextOfEvent: unknown) => Promise<ExecutionResult>,
  ) => Promise<ExecutionResult>
  /** Whether the client has gone away: what fails because of that is no error. */
  readonly hasLeft: (context: unknown) => boolean
  readonly toClientError: ToClientError
}

/**
 * Runs a subscription (GraphQL specification, section 6.2.3). What goes wrong after it has begun is its last result, so that the
 * client learns it, and the stream ends.
 */
export function createSubscribe({
  runEvent,
  hasLeft,
  toClientError,
}: SubscribeOptions): (
  args: ExecutionArgs,
) => Promise<AsyncGenerator<ExecutionResult, void, undefined> | ExecutionResult> {
  return async (args) => {
    const validated = validateSubscriptionArgs(args)
    if (!('schema' in validated)) return failed(validated)
    const source = await createSourceEventStream(validated)
    if (!(Symbol.asyncIterator in source)) return failed(source.errors ?? [])
    return results(
      mapSourceToResponseEvent(validated, source, (event) =>
        runEvent(args.contextValue, async (contextValue) =>
          executeSubscriptionEvent({ ...event, contextValue }),
        ),
      ),
      () => hasLeft(args.contextValue),
    )
  }

  async function* results(
    events: AsyncIterable<ExecutionResult>,
    isOver: () => boolean,
  ): AsyncGenerator<ExecutionResult, void, undefined> {
    try {
      for await (const result of events) {
        if (isOver()) return
        yield result.errors === undefined ? result : { ...result, ...failed(result.errors) }
      }
    } catch (error) {
      if (isOver()) return
      const originalError = error instanceof Error ? error : new Error('The events ended', { cause: error })
      yield failed([new GraphQLError('The events ended.', { originalError })])
    }
  }

  function failed(errors: readonly GraphQLError[]): ExecutionResult {
    return { errors: errors.map(toClientError) }
  }
}
