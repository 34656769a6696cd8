/** Run as a thread by `pattern-pool.ts`, never imported: a request's thread has no seconds to give. */
export { workOutPattern as default } from './work-out-pattern.js';
