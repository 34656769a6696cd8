import { KNOWN_EXTENSIONS } from '@pharos/xapi';

const HOME = 'https://pharos.dev/xapi/extensions';

/** How many interactions a statement stands for, in `result.extensions`: platforms that report clicks by the row send it. */
export const AMOUNT_EXTENSION = `${HOME}/amount`;

/** True in `result.extensions` where a mark was carried over from an earlier attempt. */
export const BANKED_EXTENSION = `${HOME}/banked`;

/** Extensions that may stand in the log unsealed, with the shape that makes them harmless. */
export const ALLOWED_EXTENSIONS: typeof KNOWN_EXTENSIONS = new Map([
  ...KNOWN_EXTENSIONS,
  [AMOUNT_EXTENSION, 'number'],
  [BANKED_EXTENSION, 'boolean'],
]);
