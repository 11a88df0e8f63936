import { rolePermissionsValues } from '@azt3knet/client/schema';
import type { Option } from 'commander';
import { choices } from '../../../core/cli/index.js';

export type Permission = (typeof rolePermissionsValues)[number];

/** An option that takes permissions: some with commas between, as often as one likes. Its flags end in `<list>`. */
export function permissionsOption(flags: string, description: string): Option {
  const option = choices(flags, description, rolePermissionsValues);
  const read = option.parseArg as unknown as (text: string) => Permission[];
  return option.argParser((text, before: Permission[] | undefined) => [...(before ?? []), ...read(text)]);
}
