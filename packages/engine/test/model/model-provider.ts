import {
  type CallOptions,
  type ListRequest,
  type ListResult,
  type MessageProvider,
  UpstreamError,
} from '@waybill/core'
import { capabilitiesOf } from './model-capabilities.js'
import { select } from './model-select.js'
import type { ModelSettings } from './model-settings.js'

/** A provider straight over a table: the same translation as over HTTP, without the wire. */
export function modelProvider(settings: ModelSettings): MessageProvider {
  const { source } = settings
  return {
    name: 'model',
    capabilities: capabilitiesOf(settings.plan),
    async list(request: ListRequest, call?: CallOptions): Promise<ListResult> {
      call?.beforeAttempt?.()
      settings.requests += 1
      await Promise.resolve()
      const fault = settings.faults.shift()
      if (fault?.late === false) throw new UpstreamError(fault.code, 'The model failed.', { source })
      settings.onStage('request')
      const result = select(settings, request)
      settings.onStage('selected')
      if (fault !== undefined) throw new UpstreamError(fault.code, 'The answer was lost.', { source })
      return result
    },
  }
}
