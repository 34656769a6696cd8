export { beginTracing } from './begin-tracing.js';
export { flag, optionalText, type Setting, setting, type SettingsOf, text, whole } from './setting.js';
export { type ParsedSettings, parseSettings, settingsTable } from './parse-settings.js';
export { pharosSettings } from './pharos-settings.js';
export { type Configuration, describeConfiguration, readConfiguration } from './configuration.js';
export { createLogger, type Logger, nestLogger } from './logging.js';
export { createCloser } from './shutdown.js';
export { type EventLoopDelay, watchEventLoop } from './event-loop.js';
export { activeTraceparent, linksTo, requestSpan, type RequestSpan, traced } from './tracing.js';
