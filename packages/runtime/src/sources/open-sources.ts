import type { ConfigurationIssue } from '@waybill/core'
import type { SourceConfiguration } from '../config/configuration.js'
import { valueAt } from '../config/json-path.js'
import { sectionToOpen } from '../config/section-to-open.js'
import type { UpstreamSource } from './configured-source.js'
import { openSource, type OpenOptions } from './open-source.js'

/** The sources of a configuration that can be opened, and what keeps the others from it. */
export interface OpenedSources {
  readonly sources: readonly UpstreamSource[]
  /** Paths from the root of the configuration. */
  readonly issues: readonly ConfigurationIssue[]
}

/** Opens the sources of a configuration that may have errors: every provider gets to see its options. */
export async function openSources(root: unknown, options: OpenOptions): Promise<OpenedSources> {
  const sections = valueAt(root, ['sources'])
  if (!Array.isArray(sections)) return { sources: [], issues: [] }
  const archived = valueAt(root, ['archive']) !== undefined
  const opened = await Promise.all(
    sections.map((section, index) => openSection(sectionToOpen(section, index, archived), index, options)),
  )
  return {
    sources: opened.flatMap(({ sources }) => sources),
    issues: opened.flatMap(({ issues }) => issues),
  }
}

async function openSection(
  configuration: SourceConfiguration | undefined,
  index: number,
  options: OpenOptions,
): Promise<OpenedSources> {
  if (configuration === undefined) return { sources: [], issues: [] }
  const opened = await openSource(configuration, options)
  if ('source' in opened) return { sources: [opened.source], issues: [] }
  return {
    sources: [],
    issues: opened.issues.map((issue) => ({ ...issue, path: ['sources', index, ...issue.path] })),
  }
}
