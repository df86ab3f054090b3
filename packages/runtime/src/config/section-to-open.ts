import type { SourceConfiguration } from './configuration.js'
import { fillSource } from './fill-defaults.js'
import { isRecord } from './json-path.js'
import { isPackageName, sourceSchema } from './schema/source-schema.js'

/**
 * The source that a section means. One with errors elsewhere keeps its provider and options, so that the provider can
 * report what is wrong with them at the same time; undefined where not even that is possible.
 */
export function sectionToOpen(
  section: unknown,
  index: number,
  archived: boolean,
): SourceConfiguration | undefined {
  const sound = sourceSchema.safeParse(section)
  if (sound.success) return fillSource(sound.data, archived)
  if (!isRecord(section) || !isPackageName(section['provider'])) return undefined
  const { provider, options = {} } = section
  return isRecord(options) ? fillSource({ id: `sources[${index}]`, provider, options }, archived) : undefined
}
