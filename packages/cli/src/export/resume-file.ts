import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { ERROR_CODES, type ErrorCode, SOURCE_WARNING_CODES } from '@waybill/core'
import { COMPLETENESS_BY_GRAVITY, SOURCE_OUTCOMES, type SourceSummary } from '@waybill/export'
import { z } from 'zod'
import { UsageError } from '../command/context.js'

/** How far an export came. */
export interface ResumeState {
  readonly version: 1
  /** What was asked for; another query cannot go on here. */
  readonly query: string
  /** Where to go on; null where nothing came yet. */
  readonly cursor: string | null
  /** Whether it replaces the file of its name. */
  readonly overwrites: boolean
  /** How much of the output is sound. */
  readonly bytes: number
  readonly messages: number
  /** How many of them failed without a known reason. */
  readonly unexplained: number
  /** What was found out about the sources so far. */
  readonly reports: readonly SourceSummary[]
}

const time = z.int()

const report: z.ZodType<SourceSummary> = z.object({
  source: z.string(),
  outcome: z.enum(SOURCE_OUTCOMES),
  completeness: z.enum(COMPLETENESS_BY_GRAVITY),
  holds: z.array(z.enum(COMPLETENESS_BY_GRAVITY)),
  warnings: z.array(
    z.object({
      code: z.enum(SOURCE_WARNING_CODES),
      message: z.string(),
      field: z.string().nullable(),
      count: z.number().nullable(),
    }),
  ),
  reachesBackTo: time.nullable(),
  gaps: z.array(z.object({ from: time, to: time })),
  error: z
    .object({
      code: z.enum(Object.keys(ERROR_CODES) as ErrorCode[]),
      message: z.string(),
      retryAfterSeconds: z.number().nullable(),
    })
    .nullable(),
})

const schema: z.ZodType<ResumeState> = z.object({
  version: z.literal(1),
  query: z.string(),
  cursor: z.string().nullable(),
  overwrites: z.boolean(),
  bytes: z.int().nonnegative(),
  messages: z.int().nonnegative(),
  unexplained: z.int().nonnegative(),
  reports: z.array(report),
})

/** The file beside an output that says how far it came. It is gone once the export is done. */
export function resumeFileOf(output: string): string {
  return `${output}.resume.json`
}

/**
 * Reads how far an export came; null where none is unfinished.
 * @throws UsageError for a file that says something else.
 */
export async function readResumeState(file: string): Promise<ResumeState | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const state = schema.safeParse(parseJson(text))
  if (state.success) return state.data
  throw new UsageError([`${file} cannot be read. Remove it, and start again with --overwrite.`])
}

/** Writes it in one step: a reader finds the old state or the new one. */
export async function writeResumeState(file: string, state: ResumeState): Promise<void> {
  const beside = `${file}.new`
  await writeFile(beside, JSON.stringify(state), { flush: true })
  await rename(beside, file)
}

export async function removeResumeState(file: string): Promise<void> {
  await rm(file, { force: true })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
