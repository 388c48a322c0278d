import { placeOfLink } from '../../src/protocol/shell/links.ts';
import { APP_ORIGIN, LINK_SCHEME } from '../../src/protocol/shell/names.ts';

/** The place named by a link among a program's arguments: how Windows and Linux hand links over. Null for none. */
export function placeInArguments(args: readonly string[]): string | null {
  for (const argument of args) {
    const place = argument.toLowerCase().startsWith(`${LINK_SCHEME}:`) ? placeOfLink(argument) : null;
    if (place !== null) return place;
  }
  return null;
}

/** The page's address, showing a place (`#/c/…`, `#/view/…`, `#/list/…`) or what it showed before. */
export function pageAddress(place: string | null): string {
  return `${APP_ORIGIN}/${place ?? ''}`;
}
