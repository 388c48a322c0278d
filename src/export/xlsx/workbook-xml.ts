import { xmlAttribute, xmlText } from './cell-text.ts';
import { filterRange } from './sheet-xml.ts';

/** A sheet that was written. */
export interface WrittenSheet {
  readonly name: string;
  readonly columns: number;
  readonly dataRows: number;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Where the sheet of a place (from 0) lies in the archive. */
export function sheetPath(index: number): string {
  return `xl/worksheets/sheet${index + 1}.xml`;
}

function contentTypes(sheets: readonly WrittenSheet[]): string {
  const parts = [
    ['/xl/workbook.xml', `${SPREADSHEET}.sheet.main+xml`],
    ['/xl/styles.xml', `${SPREADSHEET}.styles+xml`],
    ...sheets.map((_, index) => [`/${sheetPath(index)}`, `${SPREADSHEET}.worksheet+xml`]),
    ['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'],
  ];
  return [
    `${XML}<Types xmlns="${PACKAGE}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    ...parts.map(([name, type]) => `<Override PartName="${name}" ContentType="${type}"/>`),
    '</Types>',
  ].join('');
}

function relationship(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`;
}

function relationships(entries: readonly string[]): string {
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${entries.join('')}</Relationships>`;
}

function workbook(sheets: readonly WrittenSheet[]): string {
  const quoted = (name: string): string => `'${name.replaceAll("'", "''")}'`;
  return [
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONSHIPS}"><bookViews><workbookView/></bookViews><sheets>`,
    ...sheets.map(
      ({ name }, index) =>
        `<sheet name="${xmlAttribute(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
    ),
    '</sheets><definedNames>',
    // The name by which spreadsheets find a sheet's filter.
    ...sheets.map(
      ({ name, columns, dataRows }, index) =>
        `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${xmlText(quoted(name))}!${filterRange(columns, dataRows, '$')}</definedName>`,
    ),
    '</definedNames></workbook>',
  ].join('');
}

/** The parts of a workbook around its sheets, by path. The order of the sheets is that of the tabs. */
export function workbookParts(
  sheets: readonly WrittenSheet[],
  styles: string,
): readonly (readonly [string, string])[] {
  const properties = `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Handoff</dc:creator></cp:coreProperties>`;
  return [
    ['xl/styles.xml', styles],
    ['xl/workbook.xml', workbook(sheets)],
    [
      'xl/_rels/workbook.xml.rels',
      relationships([
        ...sheets.map((_, index) =>
          relationship(`rId${index + 1}`, `${RELATIONSHIPS}/worksheet`, `worksheets/sheet${index + 1}.xml`),
        ),
        relationship(`rId${sheets.length + 1}`, `${RELATIONSHIPS}/styles`, 'styles.xml'),
      ]),
    ],
    ['docProps/core.xml', properties],
    [
      '_rels/.rels',
      relationships([
        relationship('rId1', `${RELATIONSHIPS}/officeDocument`, 'xl/workbook.xml'),
        relationship('rId2', `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'),
      ]),
    ],
    ['[Content_Types].xml', contentTypes(sheets)],
  ];
}
