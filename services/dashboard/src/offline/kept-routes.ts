/**
 * Addresses as the worker tells them apart. Written out, because the worker is loaded before anything else and the contract is large; a test holds them against it.
 */
const SESSION = '/api/session';
const NEXT = '/api/practice/next';
/** The cache in which the worker keeps what the API answered. */
export const ANSWERS = 'pharos-answers';

/** Addresses that are not the page's: the worker leaves them alone. */
const notThePage = /^\/(api|xapi|roster|assets)(\/|$)/;

export const isPage = (pathname: string): boolean => !notThePage.test(pathname);
/** Signing in and out. */
export const isSession = (pathname: string): boolean => pathname === SESSION;
/** What is needed to go on practising, and nothing else. */
export const keepsAnswer = (pathname: string): boolean => pathname === SESSION || pathname === NEXT;
