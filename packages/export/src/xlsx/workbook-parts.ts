import { XML_DECLARATION } from './cell-text.js'

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** A sheet, in the order in which the workbook shows them. */
export interface SheetPart {
  readonly name: string
  /** Inside the file. */
  readonly path: string
}

/** `_rels/.rels`: where the workbook is. */
export const ROOT_RELATIONSHIPS: string =
  `${XML_DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">` +
  `<Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

/** `xl/workbook.xml` */
export function workbookPart(sheets: readonly SheetPart[]): string {
  const entries = sheets.map(({ name }, index) => {
    const number = index + 1
    return `<sheet name="${name}" sheetId="${number}" r:id="rId${number}"/>`
  })
  return (
    `${XML_DECLARATION}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${OFFICE}">` +
    `<sheets>${entries.join('')}</sheets></workbook>`
  )
}

/** `xl/_rels/workbook.xml.rels` */
export function workbookRelationships(sheets: readonly SheetPart[]): string {
  const entries = sheets.map(({ path }, index) => relationship(index + 1, 'worksheet', path))
  const styles = relationship(sheets.length + 1, 'styles', 'xl/styles.xml')
  return `${XML_DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${entries.join('')}${styles}</Relationships>`
}

function relationship(number: number, type: string, path: string): string {
  return `<Relationship Id="rId${number}" Type="${OFFICE}/${type}" Target="/${path}"/>`
}

/** `[Content_Types].xml` */
export function contentTypes(sheets: readonly SheetPart[]): string {
  const entries = sheets.map(({ path }) => override(path, 'worksheet'))
  return (
    `${XML_DECLARATION}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    override('xl/workbook.xml', 'sheet.main') +
    override('xl/styles.xml', 'styles') +
    `${entries.join('')}</Types>`
  )
}

function override(path: string, type: string): string {
  return `<Override PartName="/${path}" ContentType="${SPREADSHEET}.${type}+xml"/>`
}
