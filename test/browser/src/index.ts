export { browserPath, openBrowser, openReader, type Reader, signIn } from './open-browser.js';
