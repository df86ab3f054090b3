import { ConformanceFailure } from './conformance-failure.js'

/** @throws ConformanceFailure unless a call ended with the very reason that its signal was aborted with. */
export function expectReason(name: string, outcome: object, reason: Error): void {
  const found = 'error' in outcome ? outcome.error : outcome
  if (found !== reason) throw new ConformanceFailure(name, { expected: 'the reason of its signal', found })
}
