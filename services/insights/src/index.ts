export { InsightsModule, type InsightsParts } from './insights.module.js';
export { type InsightsSettings } from './settings.js';
export { AlertPost, type AlertPostParts } from './delivery/alert-post.js';
export { type MailSettings, mailSender, type SendMail, type Sent, sendWebhook, type SendWebhook } from './delivery/senders.js';
export { isSignedBy, SIGNATURE, signatureOf } from './delivery/signature.js';
export { type SendStatement } from './practice/send-statement.js';
export { markOf } from './practice/grade-answer.js';
export { type Letters } from './letters/letters.js';
export { type StatementRead, type StatementReader } from './statements/statement-reader.js';
