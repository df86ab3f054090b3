import type { Fault } from './fault.js'
import type { RequestRecord } from './request-record.js'

/** Which faults happen to which requests. Every request meets the oldest fault that is due for it, at most one. */
export interface Faults {
  /** The next `times` requests (default 1) meet the fault. */
  next(fault: Fault, times?: number): void
  /** The next `times` requests (default: all) that the predicate accepts meet the fault. */
  when(predicate: (record: RequestRecord) => boolean, fault: Fault, times?: number): void
  /** Forgets all that is still to come. */
  clear(): void
}

/** {@link Faults} as the server sees them. */
export interface FaultScript extends Faults {
  /** The fault that this request meets, used up once. */
  take(record: RequestRecord): Fault | null
}

interface Rule {
  readonly predicate: (record: RequestRecord) => boolean
  readonly fault: Fault
  remaining: number
}

export function createFaultScript(): FaultScript {
  let rules: Rule[] = []
  const when: Faults['when'] = (predicate, fault, times = Infinity) => {
    rules.push({ predicate, fault, remaining: times })
  }
  return {
    when,
    next: (fault, times = 1) => when(() => true, fault, times),
    clear: () => {
      rules = []
    },
    take: (record) => {
      rules = rules.filter((rule) => rule.remaining > 0)
      const rule = rules.find(({ predicate }) => predicate(record))
      if (rule === undefined) return null
      rule.remaining--
      return rule.fault
    },
  }
}
