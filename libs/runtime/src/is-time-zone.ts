/** Whether a calendar knows a time zone of this name. @example isTimeZone('America/Chicago') // => true */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
