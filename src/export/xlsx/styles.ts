import type { WriterOptions } from '../table.ts';
import { xmlAttribute } from './cell-text.ts';

/** Numbers of the cell formats in `stylesXml`, in its order. */
export const STYLE = {
  general: 0,
  header: 1,
  key: 2,
  /** `@`: what is typed there stays text, also when it is edited. */
  text: 3,
  dateTime: 4,
  date: 5,
  duration: 6,
  integer: 7,
  share: 8,
} as const;

const FORMAT = { dateTime: 164, date: 165, duration: 166, share: 167, integer: 1, text: 49 } as const;

function xf(format: number, font: number, fill: number): string {
  return `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0"${
    format === 0 ? '' : ' applyNumberFormat="1"'
  }${font === 0 ? '' : ' applyFont="1"'}${fill === 0 ? '' : ' applyFill="1"'}/>`;
}

const font = (inner: string): string =>
  `<font>${inner}<sz val="11"/><name val="Calibri"/><family val="2"/></font>`;
const solid = (rgb: string): string =>
  `<fill><patternFill patternType="solid"><fgColor rgb="${rgb}"/><bgColor indexed="64"/></patternFill></fill>`;

/** `xl/styles.xml`: fonts, fills and the formats of `STYLE`. */
export function stylesXml({ dateFormat, dateTimeFormat }: WriterOptions): string {
  const formats = [
    [FORMAT.dateTime, dateTimeFormat],
    [FORMAT.date, dateFormat],
    [FORMAT.duration, '[h]:mm:ss'],
    [FORMAT.share, '0.0%'],
  ] as const;
  const cells = [
    xf(0, 0, 0),
    xf(FORMAT.text, 1, 2),
    xf(FORMAT.text, 2, 2),
    xf(FORMAT.text, 0, 0),
    xf(FORMAT.dateTime, 0, 0),
    xf(FORMAT.date, 0, 0),
    xf(FORMAT.duration, 0, 0),
    xf(FORMAT.integer, 0, 0),
    xf(FORMAT.share, 0, 0),
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    `<numFmts count="${formats.length}">`,
    ...formats.map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${xmlAttribute(code)}"/>`),
    '</numFmts>',
    `<fonts count="3">${font('')}${font('<b/>')}${font('<color rgb="FF6B6B76"/>')}</fonts>`,
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    `${solid('FFF2F2F5')}</fills>`,
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${cells.length}">${cells.join('')}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    '<dxfs count="0"/><tableStyles count="0"/></styleSheet>',
  ].join('');
}
