const LONGEST = 4_096;
/** What a mail link may bring besides its address. No attachments, no headers. */
const MAIL_FIELDS = ['subject', 'body', 'cc'] as const;

/**
 * The address to hand to the system for a link on a page, or null when it goes nowhere: only https and mailto leave the
 * app, and never as they were written but as they were understood.
 */
export function externalAddress(link: string): string | null {
  if (link.length > LONGEST) return null;
  const url = URL.parse(link);
  if (url === null) return null;
  if (url.protocol === 'https:') return webAddress(url);
  return url.protocol === 'mailto:' ? mailAddress(url) : null;
}

function webAddress(url: URL): string | null {
  if (url.hostname === '' || url.username !== '' || url.password !== '') return null;
  return url.href;
}

function mailAddress(url: URL): string | null {
  if (!/^[A-Za-z0-9][A-Za-z0-9._+=~-]{0,63}@[A-Za-z0-9.-]{1,255}$/.test(url.pathname)) return null;
  const fields = MAIL_FIELDS.flatMap((name) => {
    const value = url.searchParams.get(name);
    return value === null ? [] : [`${name}=${encodeURIComponent(value)}`];
  });
  return `mailto:${url.pathname}${fields.length === 0 ? '' : `?${fields.join('&')}`}`;
}
