// The client.
export { createUpstreamClient, type GetOptions, type UpstreamClient } from './client.js'
export type { UpstreamClientOptions, UpstreamFailure } from './options/client-options.js'
export { listEnvelope, messageEnvelope, type Envelope, type MessageNames } from './verdict/envelope.js'

// Reading a provider's options.
export { baseUrlSchema, credentialSchema, parseOptions } from './edge/options.js'
export { timeZoneSchema } from './edge/times.js'

// Reading an upstream's answers.
export { invalidResponse, parsePart, readPart, type PartReading } from './edge/read-part.js'
export { readFigures } from './edge/figures.js'
export { readRows, type RowReader, type Rows } from './edge/read-rows.js'
export { isRecordId, readWith, recordIdSchema } from './edge/schemas.js'
export { dateTimeSchema, dateTimeSchemaIn } from './edge/times.js'
export { describeValue, integerText, isNothing, optional, valueAt } from './edge/value.js'

// Texts that may hold secrets.
export { createRedactor, type Redact } from './text/redact.js'
