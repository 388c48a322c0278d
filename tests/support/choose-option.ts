import { expect, type Locator } from '@playwright/test';

/** Picks an option of a select, and waits until its list is gone: two lists may say the same words. */
export async function chooseOption(box: Locator, option: string): Promise<void> {
  const page = box.page();
  await box.click();
  await page.getByRole('option', { name: option, exact: true }).click();
  await expect(page.getByRole('listbox')).toHaveCount(0);
}
