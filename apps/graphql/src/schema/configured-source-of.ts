import type { ConfiguredSource } from '@waybill/runtime'

/** The source of the configuration that the engine speaks of. */
export function configuredSourceOf(
  sources: ReadonlyMap<string, ConfiguredSource>,
  id: string,
): ConfiguredSource {
  const source = sources.get(id)
  if (source === undefined) throw new Error(`The engine reads a source that is not configured: ${id}`)
  return source
}
