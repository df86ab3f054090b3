// The client.
export { createUpstreamClient, type GetOptions, type UpstreamClient } from './client.js'
export {
  currentRequest,
  currentTraceId,
  onBehalfOf,
  REQUEST_ID_HEADER,
  type RequestContext,
} from './exchange/request-context.js'
export type { UpstreamClientOptions, UpstreamFailure } from './options/client-options.js'
export { listEnvelope, messageEnvelope, type Envelope, type MessageNames } from './outcome/envelope.js'

// Reading a provider's options.
export { baseUrlSchema, credentialSchema, parseOptions } from './parse/options.js'
export { timeZoneSchema } from './parse/times.js'

// Reading an upstream's answers.
export { invalidResponse, parsePart, readPart, type PartReading } from './parse/read-part.js'
export { readFigures } from './parse/figures.js'
export { readRows, type RowReader, type Rows } from './parse/read-rows.js'
export { isRecordId, readWith, recordIdSchema } from './parse/schemas.js'
export { dateTimeSchema, dateTimeSchemaIn } from './parse/times.js'
export { describeValue, integerText, isNothing, listIn, optional, valueAt } from './parse/value.js'

// Texts that may hold secrets.
export { createRedactor, createSecretFinder, type Redact } from './text/redact.js'
