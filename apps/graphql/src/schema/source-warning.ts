import { SOURCE_WARNING_CODES, type SourceWarning, type SourceWarningCode } from '@waybill/core'
import { builder, type EnumType, type ObjectType } from './builder.js'

const DESCRIPTIONS: Readonly<Record<SourceWarningCode, string>> = {
  FIELD_NOT_TOLD: 'A clause asks for a field that the source does not list, of all or of some messages.',
  FILTER_IGNORED: 'Messages came that the filter excludes. The filter is evaluated here from then on.',
  SORT_IGNORED: 'Messages came in another order than the one that was asked for.',
  DIRECTION_IGNORED: 'The source lists the same messages for both directions, so the direction is not known.',
  ORDER_BROKEN: 'Single messages stand further out of order than the declared skew allows.',
  TIES_UNPROVEN: 'More messages share one time than two pages can have in common.',
  TOTALS_DISAGREE: 'The figures that the source gives contradict each other, or what came.',
  ROWS_HIDDEN: 'The figures count messages that no page brings.',
  ROW_REJECTED: 'Messages that cannot be read were set aside.',
  PLACE_LOST: 'The messages around the place where reading went on are gone or keep changing their order.',
  ARCHIVE_LATE: 'The archive was not brought up to date when it should have been.',
}

const SourceWarningCodeType: EnumType<SourceWarningCode> = builder.enumType('SourceWarningCode', {
  description: 'What is wrong with what a source listed.',
  values: Object.fromEntries(
    SOURCE_WARNING_CODES.map((code) => [code, { description: DESCRIPTIONS[code] }]),
  ) as Record<SourceWarningCode, { description: string }>,
})

export const SourceWarningType: ObjectType<SourceWarning> = builder
  .objectRef<SourceWarning>('SourceWarning')
  .implement({
    description: 'One thing that is wrong with what a source listed.',
    fields: (t) => ({
      code: t.expose('code', { type: SourceWarningCodeType, description: 'What is wrong.' }),
      message: t.exposeString('message', { description: 'What was seen and what to do about it.' }),
      field: t.exposeString('field', {
        nullable: true,
        description: 'The field or parameter that it is about; null where it is about none.',
      }),
      count: t.exposeInt('count', {
        nullable: true,
        description: 'How many messages it is about; null where that is not known.',
      }),
    }),
  })
