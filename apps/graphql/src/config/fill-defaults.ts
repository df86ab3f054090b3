import type { TrafficLimits } from '@waybill/core'
import type { Configuration, ServerConfiguration, SourceConfiguration } from './configuration.js'
import type { ConfigurationFile, ServerSection, SourceSection } from './configuration-file.js'

/** The configuration that a sound file means. */
export function fillDefaults(file: ConfigurationFile): Configuration {
  return { server: fillServer(file.server), sources: file.sources.map(fillSource) }
}

/** The source that a sound section means. */
export function fillSource(section: SourceSection): SourceConfiguration {
  return {
    id: section.id,
    label: section.label ?? section.id,
    provider: section.provider,
    read: section.read ?? 'live',
    options: section.options ?? {},
    rateLimit: section.rateLimit,
    limits: section.limits && inMilliseconds(section.limits),
    sync: section.sync,
  }
}

function fillServer({
  host = '127.0.0.1',
  port = 4000,
  auth = 'none',
}: ServerSection = {}): ServerConfiguration {
  return {
    host,
    port,
    auth: auth === 'none' ? { kind: 'none' } : { kind: 'bearer', tokens: auth.bearerTokens },
  }
}

function inMilliseconds(limits: NonNullable<SourceSection['limits']>): TrafficLimits {
  const { attemptTimeoutSeconds, totalTimeoutSeconds, ...others } = limits
  return {
    ...others,
    attemptTimeoutMs: milliseconds(attemptTimeoutSeconds),
    totalTimeoutMs: milliseconds(totalTimeoutSeconds),
  }
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.ceil(seconds * 1000)
}
