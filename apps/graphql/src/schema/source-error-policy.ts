import type { SourceErrorPolicy } from '@waybill/engine'
import { builder, type EnumType } from './builder.js'

export const SourceErrorPolicyType: EnumType<SourceErrorPolicy> = builder.enumType('SourceErrorPolicy', {
  description: 'What becomes of the answer when a source cannot be read.',
  values: {
    FAIL: { description: 'One failed source fails the answer.' },
    PARTIAL: { description: 'The others answer, and `sources` names the failed one and says why.' },
  },
})
