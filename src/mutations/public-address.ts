import { z } from 'zod';

/** Key of the setting that says where customers reach the workspace's pages. */
export const ADDRESS_KEY = 'publicAddress';

/** An origin that customers can open: `https://care.example.com`; no path, no credentials. */
export const address = z
  .string()
  .max(300)
  .regex(/^https?:\/\/(\[[0-9a-f:]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/);

/** Where customers reach the workspace, and who says so: an admin, or the host about itself. */
export interface PublicAddress {
  readonly url: string;
  readonly by: 'admin' | 'host';
}

const stored = z.strictObject({ url: address, by: z.enum(['admin', 'host']) });

/** The address that a setting's value holds; null when it holds none, or one that cannot be read. */
export function addressOfSetting(value: string | null): PublicAddress | null {
  if (value === null) return null;
  try {
    const parsed = stored.safeParse(JSON.parse(value));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The value of the setting that holds an address. */
export function addressSetting({ url, by }: PublicAddress): string {
  return JSON.stringify({ url, by });
}
