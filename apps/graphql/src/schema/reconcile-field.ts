import { type MessageStatus, parsePhone, WaybillError } from '@waybill/core'
import { agreementOf, type LogEntry, type LogField, type Verdict, VERDICTS } from '@waybill/reconcile'
import { comparedSources, readReconcileFlags, reconcileSources } from '@waybill/runtime'
import { refuseLogContent } from '../access/log-content.js'
import { builder, type InputType } from './builder.js'
import type { OperationContext } from './context.js'
import { MessageStatusType } from './message-enums.js'
import { type FindingShape, VerdictType } from './reconcile-finding.js'
import { ReconciliationType, type ReconciliationShape } from './reconciliation.js'

/** Longer logs are for the command, and for `POST /reconcile`. */
const MOST_ENTRIES = 500

/** How many messages of the history are read for one answer. */
const MOST_MESSAGES = 10_000

/** How many requests each live source gets, unless the options allow another number. */
const USUAL_REQUESTS = 50

interface EntryArgument {
  readonly id?: string | null | undefined
  readonly whatsappId?: string | null | undefined
  readonly reference?: string | null | undefined
  readonly to?: string | null | undefined
  readonly at?: number | null | undefined
  readonly text?: string | null | undefined
  readonly status?: MessageStatus | null | undefined
}

interface OptionsArgument {
  readonly sources?: readonly string[] | null | undefined
  readonly window?: string | null | undefined
  readonly finalAfter?: string | null | undefined
  readonly since?: number | null | undefined
  readonly until?: number | null | undefined
  readonly live?: boolean | null | undefined
  readonly defaultCountry?: string | null | undefined
  readonly failOn?: readonly Verdict[] | null | undefined
  readonly maxUpstreamRequests?: number | null | undefined
}

const LogEntryInput: InputType<EntryArgument> = builder.inputRef<EntryArgument>('LogEntryInput').implement({
  description:
    'One entry of a send log: a message that your own system believes it has sent. ' +
    'It is matched by an identifier, or by number, text and time.',
  fields: (t) => ({
    id: t.id({ description: "The id in the upstream's own system." }),
    whatsappId: t.string({ description: "WhatsApp's own id (`wamid.…`)." }),
    reference: t.string({
      description: "A reference of your own, which is looked for in the message's `raw`.",
    }),
    to: t.string({ description: "The recipient's number, in any spelling." }),
    at: t.field({ type: 'DateTime', description: 'When it was sent.' }),
    text: t.string({ description: 'The text, with or without HTML.' }),
    status: t.field({ type: MessageStatusType, description: 'How far it got.' }),
  }),
})

const ReconcileOptionsInput: InputType<OptionsArgument> = builder
  .inputRef<OptionsArgument>('ReconcileOptionsInput')
  .implement({
    description: 'How a send log is compared.',
    fields: (t) => ({
      sources: t.idList({
        description: 'Only these sources, by their ids from the configuration; default: all.',
      }),
      window: t.string({
        description: 'How far a message may be from its entry in time; default: `-2m..10m`.',
      }),
      finalAfter: t.string({
        description:
          'The age at which the status of a message should be final: `90m`, `72h`, `7d`; default: `72h`.',
      }),
      since: t.field({ type: 'DateTime', description: 'Judges what was sent at this time or later.' }),
      until: t.field({ type: 'DateTime', description: 'Judges what was sent before this time.' }),
      live: t.boolean({ description: 'Reads the upstreams, and not the archive.' }),
      defaultCountry: t.string({
        description:
          'The country of national numbers, such as `DE`; default: `defaultCountry` of the configuration.',
      }),
      failOn: t.field({
        type: [VerdictType],
        description:
          'The verdicts that count as differences; default: all but MATCHED, PENDING, OUTSIDE and CANNOT_TELL.',
      }),
      maxUpstreamRequests: t.int({
        description: `How many requests may be sent to each source that is read live; default: ${USUAL_REQUESTS}.`,
      }),
    }),
  })

/** Declares `Query.reconcile`. */
export function declareReconcileField(): void {
  builder.queryField('reconcile', (t) =>
    t.field({
      type: ReconciliationType,
      description: `Compares a send log with the message history, entry by entry. At most ${MOST_MESSAGES} messages are read; entries that need more are CANNOT_TELL.`,
      args: {
        entries: t.arg({
          type: [LogEntryInput],
          required: true,
          description: `At most ${MOST_ENTRIES}. Longer logs: \`POST /reconcile\`, or \`waybill reconcile\`.`,
        }),
        options: t.arg({ type: ReconcileOptionsInput, description: 'How they are compared.' }),
      },
      resolve: (_, { entries, options }, context) => resolveReconcile(entries, options ?? {}, context),
    }),
  )
}

async function resolveReconcile(
  entries: readonly EntryArgument[],
  options: OptionsArgument,
  { sources, archive, phones = {}, seesContent, signal, allowance }: OperationContext,
): Promise<ReconciliationShape> {
  if (entries.length === 0 || entries.length > MOST_ENTRIES)
    throw invalid(
      `\`entries\` must be 1 to ${MOST_ENTRIES} entries, not ${entries.length}. Send a longer log to \`POST /reconcile\`.`,
    )
  if (!seesContent) refuseLogContent((field) => hasContent(entries, field))
  const errors: string[] = []
  const { settings, log } = readReconcileFlags(
    {
      map: [],
      window: options.window ?? undefined,
      finalAfter: options.finalAfter ?? undefined,
      since: timeFlag(options.since),
      until: timeFlag(options.until),
      defaultCountry: options.defaultCountry ?? undefined,
    },
    (flag) => `options.${flag}`,
    phones,
    errors,
  )
  const ids = options.sources ?? []
  errors.push(...ids.filter((id) => !sources.has(id)).map((id) => `options.sources: unknown source ${id}`))
  const requests = options.maxUpstreamRequests ?? USUAL_REQUESTS
  if (requests < 1) errors.push('options.maxUpstreamRequests: must be at least 1')
  if (errors.length > 0) throw invalid(`${errors.join('. ')}.`)
  const reconciliation = await reconcileSources({
    entries: entries.map((entry, index) => toEntry(entry, index, log.national)),
    sources: comparedSources([...sources.values()], archive, {
      ids,
      isLive: options.live ?? false,
      withContent: seesContent,
    }),
    settings,
    maxMessages: MOST_MESSAGES,
    maxUpstreamRequests: requests,
    allowance,
    // Somebody waits, and may ask again.
    maxRetries: 0,
    signal,
  })
  try {
    const { summary } = reconciliation
    const findings: FindingShape[] = []
    for await (const line of reconciliation.lines()) findings.push(JSON.parse(line) as FindingShape)
    const verdicts = VERDICTS.flatMap((verdict) => {
      const count = summary.verdicts[verdict] ?? 0
      return count === 0 ? [] : [{ verdict, count }]
    })
    return { ...summary, agreement: agreementOf(summary, options.failOn ?? undefined), verdicts, findings }
  } finally {
    reconciliation.close()
  }
}

function hasContent(entries: readonly EntryArgument[], field: LogField): boolean {
  return field !== 'at' && field !== 'timeOfDay' && entries.some((entry) => isFilled(entry[field]))
}

type NationalNumbers = ReturnType<typeof readReconcileFlags>['log']['national']

function toEntry(entry: EntryArgument, index: number, national: NationalNumbers): LogEntry {
  const { id, whatsappId, reference, to, at, text, status } = entry
  const isDescribed = isFilled(reference) || (isFilled(to) && isFilled(text))
  if (!isFilled(id) && !isFilled(whatsappId) && !(isDescribed && at !== null && at !== undefined))
    throw invalid(
      `entries[${index}]: give \`id\`, \`whatsappId\`, or \`at\` with either \`reference\` or \`to\` and \`text\`.`,
    )
  return {
    entry: index + 1,
    at: at ?? null,
    id,
    whatsappId,
    reference,
    to: isFilled(to) ? readNumber(to ?? '', index, national) : null,
    text,
    status,
  }
}

function readNumber(text: string, index: number, national: NationalNumbers): string {
  const reading = parsePhone(text, { national })
  if (reading.kind !== 'invalid') return reading.value
  throw invalid(`entries[${index}].to: ${reading.problem}`)
}

function isFilled(value: string | null | undefined): boolean {
  return (value?.trim() ?? '') !== ''
}

function timeFlag(time: number | null | undefined): string | undefined {
  return time === null || time === undefined ? undefined : new Date(time).toISOString()
}

function invalid(message: string): WaybillError {
  return new WaybillError('BAD_USER_INPUT', message)
}
