import type { ConfigurationIssue } from '@waybill/core'
import { valueAt } from '../config/json-path.js'
import { sectionToOpen } from '../config/section-to-open.js'
import type { ConfiguredSource } from './configured-source.js'
import { openSource, type OpenOptions } from './open-source.js'

/** The sources of a configuration that can be opened, and what keeps the others from it. */
export interface OpenedSources {
  readonly sources: readonly ConfiguredSource[]
  /** Paths from the root of the configuration. */
  readonly issues: readonly ConfigurationIssue[]
}

/** Opens the sources of a configuration that may have errors: every provider gets to see its options. */
export async function openSources(root: unknown, options: OpenOptions): Promise<OpenedSources> {
  const sections = valueAt(root, ['sources'])
  if (!Array.isArray(sections)) return { sources: [], issues: [] }
  const opened = await Promise.all(sections.map((section, index) => openSection(section, index, options)))
  return {
    sources: opened.flatMap(({ sources }) => sources),
    issues: opened.flatMap(({ issues }) => issues),
  }
}

async function openSection(section: unknown, index: number, options: OpenOptions): Promise<OpenedSources> {
  const configuration = sectionToOpen(section, index)
  if (configuration === undefined) return { sources: [], issues: [] }
  const opened = await openSource(configuration, options)
  if ('source' in opened) return { sources: [opened.source], issues: [] }
  return {
    sources: [],
    issues: opened.issues.map((issue) => ({ ...issue, path: ['sources', index, ...issue.path] })),
  }
}
