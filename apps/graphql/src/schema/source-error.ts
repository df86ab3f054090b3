import type { SyncError } from '@waybill/archive'
import type { SourceReportError } from '@waybill/engine'
import { builder, type ObjectType } from './builder.js'

export const SourceErrorType: ObjectType<SourceReportError | SyncError> = builder
  .objectRef<SourceReportError | SyncError>('SourceError')
  .implement({
    description: 'Why a source could not be read, or its archive not be kept up to date.',
    fields: (t) => ({
      code: t.exposeString('code', {
        description: 'A stable code, one of those that `extensions.code` of an error can have.',
      }),
      message: t.exposeString('message', { description: 'What went wrong and what to do about it.' }),
      retryAfterSeconds: t.int({
        nullable: true,
        description: 'How long the upstream asked to be left alone.',
        resolve: ({ retryAfterSeconds }) =>
          retryAfterSeconds === null ? null : Math.ceil(retryAfterSeconds),
      }),
    }),
  })
