import {
  type CallOptions,
  type ListRequest,
  type ListResult,
  type MessageProvider,
  UpstreamError,
} from '@waybill/core'
import { liesOf } from './lie.js'
import { capabilitiesOf } from './model-capabilities.js'
import { select } from './model-select.js'
import type { ModelSettings } from './model-settings.js'

/** A provider straight over a table: the same translation as over HTTP, without the wire. */
export function modelProvider(settings: ModelSettings): MessageProvider {
  const { source, plan } = settings
  const lasts = liesOf(plan.lies, 'lasting-error')
  return {
    name: 'model',
    capabilities: capabilitiesOf(plan),
    async list(request: ListRequest, call?: CallOptions): Promise<ListResult> {
      call?.beforeAttempt?.()
      settings.requests += 1
      await Promise.resolve()
      if (lasts.some(({ afterRequests }) => settings.requests > afterRequests))
        throw new UpstreamError('UPSTREAM_UNAVAILABLE', 'The model failed for good.', { source })
      const fault = settings.faults.shift()
      if (fault !== undefined) settings.passingFailures += 1
      if (fault?.late === false) throw new UpstreamError(fault.code, 'The model failed.', { source })
      settings.onStage('request')
      const result = select(settings, request)
      settings.onStage('selected')
      if (fault !== undefined) throw new UpstreamError(fault.code, 'The answer was lost.', { source })
      return result
    },
  }
}
