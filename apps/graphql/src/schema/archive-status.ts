import type { ArchiveStatus } from '@waybill/archive'
import { builder, type ObjectType } from './builder.js'
import { SourceErrorType } from './source-error.js'
import { ProvenRangeType } from './proven-range.js'
import { TimeRangeType } from './time-range.js'

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
        description: 'The pause between two looks for new messages, as it is now.',
        resolve: ({ pollIntervalMs }) => (pollIntervalMs === null ? null : pollIntervalMs / 1000),
      }),
      lastError: t.expose('lastError', {
        type: SourceErrorType,
        nullable: true,
        description: 'Why the last attempt failed; null after one that succeeded.',
      }),
      proven: t.expose('proven', {
        type: [ProvenRangeType],
        description:
          'Where the archive was compared with the whole list, and when, oldest first: a change or a deletion that is ' +
          'not older than that need not be seen yet. Empty for a source that lists only its newest messages.',
      }),
      rejectedCount: t.exposeInt('rejectedCount', {
        description: 'How many rows of the upstream cannot be read, and are set aside.',
      }),
    }),
  })
