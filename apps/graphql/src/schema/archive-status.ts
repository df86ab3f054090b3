import type { ArchiveStatus, ProvenRange, SyncError } from '@waybill/archive'
import type { TimeRange } from '@waybill/core'
import type { SourceReportError } from '@waybill/engine'
import { builder, type ObjectType } from './builder.js'

export const ArchiveStatusType: ObjectType<ArchiveStatus> = builder
  .objectRef<ArchiveStatus>('ArchiveStatus')
  .implement({
    description: 'What the archive holds of a source, and how well it keeps up.',
    fields: (t) => ({
      messageCount: t.exposeInt('messageCount', { description: 'How many messages it holds.' }),
      lastSyncedAt: t.expose('lastSyncedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it last caught up with the upstream; null before the first time.',
      }),
      coverage: t.expose('coverage', {
        type: [TimeRangeType],
        description:
          'Where the history is known to be complete, oldest first. `from` 1970-01-01T00:00:00.000Z means from its ' +
          'beginning: the upstream has nothing older.',
      }),
      gaps: t.expose('gaps', {
        type: [TimeRangeType],
        description: 'Where messages are missing or may be, oldest first.',
      }),
      pollIntervalSeconds: t.float({
        nullable: true,
        description: 'The current pause between two polls.',
        resolve: ({ pollIntervalMs }) => (pollIntervalMs === null ? null : pollIntervalMs / 1000),
      }),
      lastError: t.expose('lastError', {
        type: SourceErrorType,
        nullable: true,
        description: 'Why the last attempt failed; null if it succeeded.',
      }),
      proven: t.expose('proven', {
        type: [ProvenRangeType],
        description:
          'Where the archive was compared with the whole list, and when, oldest first: a change or a deletion at ' +
          'that time or later may not be seen yet. Empty for a source that lists only its newest messages.',
      }),
      rejectedCount: t.exposeInt('rejectedCount', {
        description: 'How many upstream rows cannot be read and are set aside.',
      }),
    }),
  })

export const SourceErrorType: ObjectType<SourceReportError | SyncError> = builder
  .objectRef<SourceReportError | SyncError>('SourceError')
  .implement({
    description: 'Why a source could not be read or synced.',
    fields: (t) => ({
      code: t.exposeString('code', {
        description: 'A stable code, as in `extensions.code` of an error.',
      }),
      message: t.exposeString('message', { description: 'What went wrong and what to do about it.' }),
      retryAfterSeconds: t.int({
        nullable: true,
        description: 'How long the upstream asked to wait.',
        resolve: ({ retryAfterSeconds }) =>
          retryAfterSeconds === null ? null : Math.ceil(retryAfterSeconds),
      }),
    }),
  })

const ProvenRangeType: ObjectType<ProvenRange> = builder.objectRef<ProvenRange>('ProvenRange').implement({
  description: 'A span of time in which the archive was compared with the whole list, both ends included.',
  fields: (t) => ({
    from: t.expose('from', {
      type: 'DateTime',
      description: 'Where it begins; 1970-01-01T00:00:00.000Z where that is the beginning of the history.',
    }),
    to: t.expose('to', { type: 'DateTime', description: 'Where it ends.' }),
    at: t.expose('at', {
      type: 'DateTime',
      description: 'When the comparison began. A later change may not be seen yet.',
    }),
  }),
})

export const TimeRangeType: ObjectType<TimeRange> = builder.objectRef<TimeRange>('TimeRange').implement({
  description: 'A span of time, both ends included.',
  fields: (t) => ({
    from: t.expose('from', {
      type: 'DateTime',
      description: 'Where it begins; 1970-01-01T00:00:00.000Z where that is the beginning of the history.',
    }),
    to: t.expose('to', { type: 'DateTime', description: 'Where it ends.' }),
  }),
})
