const DAY = 86_400_000;
/** 1970-01-01 as a day of the spreadsheet's calendar. */
const EPOCH_DAY = 25_569;
/** The calendar has a 29 February 1900 that never was: days before 1 March 1900 are off by one, so they are no dates here. */
const FIRST_DAY = 61;
/** The day after 9999-12-31. */
const END_DAY = 2_958_466;

/**
 * A wall time (milliseconds since 1970-01-01T00:00 of the wall) as a spreadsheet's day with its fraction; null outside
 * 1900-03-01 to 9999-12-31, which is then written as text.
 */
export function serialOfWall(wall: number): number | null {
  const serial = wall / DAY + EPOCH_DAY;
  return serial >= FIRST_DAY && serial < END_DAY ? serial : null;
}

/** The wall time of a serial, to the millisecond: the way back. */
export function wallOfSerial(serial: number): number {
  return Math.round((serial - EPOCH_DAY) * DAY);
}

/** A length in milliseconds as days: what `[h]:mm:ss` shows. */
export function serialOfLength(length: number): number {
  return length / DAY;
}

const FULL_DATE = /^\d{4,}-\d\d-\d\d$/;

/** A date as a spreadsheet's day; null for one without a year, and outside the calendar: those are written as text. */
export function serialOfDate(date: string): number | null {
  if (!FULL_DATE.test(date)) return null;
  const wall = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(wall) ? null : serialOfWall(wall);
}
